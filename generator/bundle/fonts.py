"""Fonts for the pages that the bundle adds: found on this computer, embedded, with others for letters they lack."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.base.errors import BundleError, ProgramMissingError
from generator.base.fonts import list_font_folders, list_pairs, list_truetype

_FALLBACKS = (
    "DejaVuSans.ttf",
    "Arial Unicode.ttf",
    "arialuni.ttf",
    "segoeui.ttf",
    "seguisym.ttf",
    "Nirmala.ttf",
    "ebrima.ttf",
)
_BRACKETS = r"()\[\]{}<>«»‹›"
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_MARK = "\u034f"  # an invisible character that always stays beside the one before it
_ANY_OTHER = ("Noto", "DejaVu", "Lohit", "wqy", "malgun", "simhei")


@dataclass(frozen=True, slots=True)
class FontFiles:
    """TrueType files: the two that everything is set in, and those asked for letters which the two do not have."""

    regular: Path
    bold: Path
    fallbacks: tuple[Path, ...] = ()


def find_fonts(folders: Sequence[Path] | None = None) -> FontFiles:
    """The fonts for cover, index and page numbers: Liberation Sans or Arial, whose letters have the same widths.

    Raises ProgramMissingError when none of the known fonts is installed.
    """
    return _find_fonts(tuple(list_font_folders() if folders is None else folders))


@functools.lru_cache(maxsize=8)
def _find_fonts(folders: tuple[Path, ...]) -> FontFiles:
    regular, bold = next(list_pairs(folders), (None, None))
    if regular is None:
        raise ProgramMissingError(
            "No font was found for the cover and the page numbers. Install Liberation Sans "
            "(on Debian or Ubuntu: apt install fonts-liberation), or any program that brings Arial"
        )
    found = list_truetype(folders)
    preferred = [found[other] for other in _FALLBACKS if other in found and other != regular.name]
    others = [file for other, file in sorted(found.items()) if other.startswith(_ANY_OTHER) and file not in preferred]
    # Upright fonts of ordinary weight come first; the rest only so that a letter is printed at all.
    others.sort(key=lambda file: not file.stem.endswith(("-Regular", "Sans")))
    return FontFiles(regular, bold or regular, (*preferred, *others))


@dataclass(frozen=True, slots=True)
class FontRun:
    """A stretch of text that one font can print."""

    text: str
    font: str


class Typesetter:
    """Splits text into runs, measures it and breaks it into lines. Holds no words, only open fonts."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self.regular = _open_font(files.regular)
        self.bold = _open_font(files.bold)
        if self.regular is None or self.bold is None:
            raise BundleError("The font for the cover and the index cannot be read. Install Liberation Sans again")
        self._fallbacks: list[Any] | None = None
        self._choice: dict[tuple[str, bool], Any] = {}

    @property
    def font_file_name(self) -> str:
        """The name that the bold font gives itself, and that a PDF says after the tag of the subset."""
        return str(self.bold.face.name.decode("ascii", "replace"))

    def runs(self, text: str, *, bold: bool = False) -> list[FontRun]:
        """A line of text as it is drawn from left to right, cut where the font must change.

        Raises BundleError that names letters which no font has.
        """
        own = self.bold if bold else self.regular
        text = self._put_in_order(text)
        if all(map(own.face.charToGlyph.__contains__, map(ord, text))):
            return [FontRun(text, own.fontName)]
        runs: list[FontRun] = []
        missing: list[str] = []
        for letter in text:
            font = self._font_for(letter, bold=bold)
            if font is None:
                missing.append(letter)
            elif runs and runs[-1].font == font.fontName:
                runs[-1] = FontRun(runs[-1].text + letter, font.fontName)
            else:
                runs.append(FontRun(letter, font.fontName))
        if missing:
            named = ", ".join(map(_name_letter, dict.fromkeys(missing)))
            raise BundleError(
                f"No installed font has these letters of the cover or the index: {named}. "
                "Install a Noto font for their script"
            )
        return runs

    def _put_in_order(self, text: str) -> str:
        """A line whose words run from right to left as a pen draws it: letters joined, in the order of the page.

        The line itself runs from left to right, as the English around such words does.
        """
        if not _runs_from_the_right(text):
            return text
        from arabic_reshaper import reshape  # type: ignore[import-untyped]
        from bidi import get_display  # type: ignore[import-untyped]

        joined = reshape(text)
        if any(self._font_for(letter, bold=False) is None for letter in joined):
            joined = text
        # A mark after each bracket tells on which side it is in the result: before it, where the words were turned,
        # and there the bracket has to open the other way.
        turned = get_display(re.sub(rf"[{_BRACKETS}]", rf"\g<0>{_MARK}", joined), base_dir="L")
        return re.sub(
            rf"(?P<kept>[{_BRACKETS}]){_MARK}|{_MARK}(?P<turned>[{_BRACKETS}])",
            lambda found: found["kept"] or found["turned"].translate(_MIRRORED),
            turned,
        )

    def _font_for(self, letter: str, *, bold: bool) -> Any:
        key = (letter, bold)
        if key not in self._choice:
            own = self.bold if bold else self.regular
            self._choice[key] = own if ord(letter) in own.face.charToGlyph else self._search_fallbacks(ord(letter))
        return self._choice[key]

    def _search_fallbacks(self, code: int) -> Any:
        # Opened one after another, and only when a letter asks for them: most bundles need none.
        for file in self._files.fallbacks:
            font = _open_font(file)
            if font is not None and code in font.face.charToGlyph:
                return font
        return None

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide the text prints, in points."""
        from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]

        return float(sum(pdfmetrics.stringWidth(run.text, run.font, size) for run in self.runs(text, bold=bold)))

    def wrap(self, text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
        """The lines of a text in the room given, broken at spaces; inside a word only when it is wider than a line."""
        if self.width(text, size, bold=bold) <= room:
            return [text]
        lines: list[str] = []
        line = ""
        for word in text.split(" "):
            tried = f"{line} {word}" if line else word
            if self.width(tried, size, bold=bold) <= room:
                line = tried
                continue
            if line:
                lines.append(line)
            line = word
            while self.width(line, size, bold=bold) > room and len(line) > 1:
                cut = len(line) - 1
                while cut > 1 and self.width(line[:cut], size, bold=bold) > room:
                    cut -= 1
                lines.append(line[:cut])
                line = line[cut:]
        return [*lines, line]


def clean_text(text: str) -> str:
    """Text as it can be printed on one line: composed letters, single spaces, no control or invisible characters."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(letter for letter in composed if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))


def _name_letter(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, 'without a name')}"


def _runs_from_the_right(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def needs_joining(text: str) -> bool:
    """Whether the script puts signs before, above or around its letters, as those of India do.

    Nothing here does that: Arabic letters are joined and turned round, others stand one after another.
    """
    return any(unicodedata.category(letter) == "Mc" for letter in text)


@functools.lru_cache(maxsize=64)
def _open_font(file: Path) -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont  # type: ignore[import-untyped]

    try:
        # ASCII keeps its codes in the first subset: the page numbers are written with the same embedded font.
        font = TTFont(f"bundle-{file}", str(file), asciiReadable=1, shapable=False)
    except (TTFError, OSError):
        return None
    pdfmetrics.registerFont(font)
    return font
