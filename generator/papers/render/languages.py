"""The codes of languages, by which a screen reader chooses its voice and Word its dictionary."""

from __future__ import annotations

_CODES = {
    "akan": "ak-GH", "albanian": "sq-AL", "amharic": "am-ET", "arabic": "ar-SA", "armenian": "hy-AM",
    "bengali": "bn-BD", "british sign language": "en-GB", "bulgarian": "bg-BG", "cantonese": "zh-HK",
    "chinese": "zh-CN", "croatian": "hr-HR", "czech": "cs-CZ", "danish": "da-DK", "dari": "prs-AF", "dutch": "nl-NL",
    "english": "en-GB", "estonian": "et-EE", "farsi": "fa-IR", "finnish": "fi-FI", "french": "fr-FR",
    "gaelic": "gd-GB", "german": "de-DE", "greek": "el-GR", "gujarati": "gu-IN", "hausa": "ha-NG", "hebrew": "he-IL",
    "hindi": "hi-IN", "hungarian": "hu-HU", "igbo": "ig-NG", "irish": "ga-IE", "italian": "it-IT",
    "japanese": "ja-JP", "korean": "ko-KR", "kurdish": "ckb-IQ", "latvian": "lv-LV", "lithuanian": "lt-LT",
    "malayalam": "ml-IN", "mandarin": "zh-CN", "nepali": "ne-NP", "norwegian": "nb-NO", "panjabi": "pa-IN",
    "pashto": "ps-AF", "persian": "fa-IR", "polish": "pl-PL", "portuguese": "pt-PT", "punjabi": "pa-IN",
    "romanian": "ro-RO", "russian": "ru-RU", "scottish gaelic": "gd-GB", "serbian": "sr-RS", "sinhala": "si-LK",
    "slovak": "sk-SK", "slovenian": "sl-SI", "somali": "so-SO", "sorani": "ckb-IQ", "spanish": "es-ES",
    "swahili": "sw-KE", "swedish": "sv-SE", "sylheti": "bn-BD", "tagalog": "fil-PH", "tamil": "ta-IN",
    "telugu": "te-IN", "thai": "th-TH", "tigrinya": "ti-ER", "turkish": "tr-TR", "twi": "ak-GH",
    "ukrainian": "uk-UA", "urdu": "ur-PK", "vietnamese": "vi-VN", "welsh": "cy-GB", "yoruba": "yo-NG",
    "zulu": "zu-ZA",
}  # fmt: skip
"""English names of languages spoken by families in Britain; BCP 47 codes with the place that Word expects."""


def code_of_language(name: str) -> str | None:
    """The code of a language by its English name, "Polish" or "Kurdish (Sorani)"; None for one that is not known."""
    words = name.casefold().replace("(", " ").replace(")", " ").split()
    return next((_CODES[part] for part in (" ".join(words), *reversed(words)) if part in _CODES), None)
