"""Write prose of a case file, answers and marked gaps as WordprocessingML."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from markupsafe import Markup

from generator.case.markup import Block, BlockKind, StyledText, part_sentences, read_blocks
from generator.papers.card import Answer

OWN_LISTS = 9000
"""Numbers of lists from here on are given out while rendering; `finish` makes each a list that starts at 1."""

_BEFORE_BRACKET = re.compile(r"(?<=\[)(?=\[)")
_STYLES = {BlockKind.PARAGRAPH: "BodyText", BlockKind.BULLET: "ListBullet", BlockKind.NUMBER: "ListNumber"}

_LANGUAGES = {
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


class ParagraphMaker:
    """Turns text into paragraphs for one paper, with a numbering for each of its lists.

    With `one_idea_a_line`, each sentence is a paragraph of its own, as easy reading asks.
    """

    def __init__(self, *, one_idea_a_line: bool = False) -> None:
        self._one_idea_a_line = one_idea_a_line
        self._lists = itertools.count(OWN_LISTS)
        self._list = OWN_LISTS
        self._goes_on = False
        self._speech = ""

    def prose(self, text: Any, language: Any = None) -> Markup:
        """Return the paragraphs of a text in our small subset of Markdown; none for an empty text.

        `language` is the English name of its language, where that is not English.
        """
        self._goes_on = False
        self._speech = _write_language(_find_language(str(language))) if language else ""
        return Markup("".join(self._block(block) for block in self._read(str(text)))) if text else Markup("")  # noqa: S704 - every text is escaped below

    def answer(self, answer: Answer) -> Markup:
        """The answer to a card's question as paragraphs, or the question as a marked gap with its source."""
        if answer.text is not None:
            return self.prose(answer.text)
        asks = f"{_run(StyledText('Not yet written. ', bold=True))}{_run(StyledText(answer.asks))}"
        source = _run(StyledText(answer.source))
        return Markup(_paragraph("Gap", asks) + _paragraph("GapSource", source))  # noqa: S704 - every text is escaped

    def _read(self, text: str) -> Iterator[Block]:
        for block in read_blocks(text):
            parted = self._one_idea_a_line and block.kind is BlockKind.PARAGRAPH
            yield from part_sentences(block) if parted else (block,)

    def _block(self, block: Block) -> str:
        numbering, style = "", _STYLES[block.kind]
        if block.kind is BlockKind.NUMBER:
            if block.starts_list and (block.level == 0 or not self._goes_on):
                self._list = next(self._lists)
            numbering = f'<w:numPr><w:ilvl w:val="{block.level}"/><w:numId w:val="{self._list}"/></w:numPr>'
        elif block.level:
            style = "ListBullet2"
        self._goes_on = block.kind is BlockKind.NUMBER or (self._goes_on and block.kind is BlockKind.BULLET)
        return _paragraph(style, "".join(_run(run, self._speech) for run in block.runs), numbering)


def _paragraph(style: str, runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _find_language(name: str) -> str | None:
    """Return the code of a language by its English name, “Polish” or “Kurdish (Sorani)”; None for an unknown one."""
    words = name.casefold().replace("(", " ").replace(")", " ").split()
    return next((_LANGUAGES[part] for part in (" ".join(words), *reversed(words)) if part in _LANGUAGES), None)


def _write_language(code: str | None) -> str:
    return f'<w:lang w:val="{code}" w:eastAsia="{code}" w:bidi="{code}"/>' if code else ""


def _run(run: StyledText, speech: str = "") -> str:
    style = f"{'<w:b/>' if run.bold else ''}{'<w:i/>' if run.italic else ''}{speech}"
    # `finish` looks for citations in every text; brackets that are only words must not look like one there.
    parts = [run.text] if run.cites else _BEFORE_BRACKET.split(run.text)
    return "".join(f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in parts)


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are of a script written from right to left.

    The first letter does not decide: an English sentence may begin with an Arabic name.
    """
    directions = [*_directions(text)]
    return 2 * sum(direction != "L" for direction in directions) > len(directions)


def has_right_to_left(text: str) -> bool:
    """Whether any letter of a text is of a script written from right to left."""
    return any(direction in ("R", "AL") for direction in _directions(text))


def _directions(text: str) -> Iterator[str]:
    return (found for letter in text if (found := unicodedata.bidirectional(letter)) in ("L", "R", "AL"))
