"""The fonts of this computer, and text set in them for pictures, in any script and broken into lines."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from PIL import ImageDraw, ImageFont

_BOLD_OF = {
    "LiberationSans-Regular.ttf": "LiberationSans-Bold.ttf",
    "arial.ttf": "arialbd.ttf",
    "Arial.ttf": "Arial Bold.ttf",
    "Arimo-Regular.ttf": "Arimo-Bold.ttf",
    "DejaVuSans.ttf": "DejaVuSans-Bold.ttf",
    "NotoSans-Regular.ttf": "NotoSans-Bold.ttf",
}
"""The files of the fonts to set words in, best first, each with its bold. The first four have the same widths."""

# Each of these covers scripts that the fonts above do not.
_OTHERS = re.compile(
    r"(DejaVuSans|Noto(?!.*(Mono|Serif|Emoji)).*-Regular|Droid.*|wqy.*|segoeui|msyh|Nirmala.*|Arial Unicode)\.\w+"
)
_NOBODYS_CHARACTER = "\U0010ffff"
_PROBE = 24  # the size in which fonts are opened, to see which letters they have

Font: TypeAlias = ImageFont.FreeTypeFont | ImageFont.ImageFont


def list_font_folders() -> tuple[Path, ...]:
    """List the folders where this system keeps fonts, the user's own last. They need not exist."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() raises where there is no home
    if sys.platform == "win32":
        windows = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"))
        return (windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return (
            Path("/System/Library/Fonts/Supplemental"),
            Path("/System/Library/Fonts"),
            Path("/Library/Fonts"),
            Path("/Applications/LibreOffice.app/Contents/Resources/fonts/truetype"),
            home / "Library/Fonts",
        )
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/opt/libreoffice/share/fonts/truetype"),
        home / ".local/share/fonts",
        home / ".fonts",
    )


@cache
def list_font_files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """List every font file in folders and their subfolders, in a fixed order; of several with one name, the first."""
    found: dict[str, Path] = {}
    for folder in folders:
        for root, inner, names in os.walk(folder):
            inner.sort()
            for name in sorted(names):
                if name.lower().endswith((".ttf", ".otf", ".ttc", ".otc")):
                    found.setdefault(name, Path(root, name))
    return tuple(found.values())


@cache
def list_families(folders: tuple[Path, ...]) -> frozenset[str]:
    """Return the names of the font families in folders, in lower case. Unreadable files are skipped."""
    families = set()
    for file in list_font_files(folders):
        try:
            families.add((ImageFont.truetype(str(file), _PROBE).getname()[0] or "").casefold())
        except OSError:
            continue
    return frozenset(families - {""})


def list_truetype(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Return the TrueType files in folders, which can be embedded in a PDF, by name."""
    return {file.name: file for file in list_font_files(folders) if file.suffix.lower() == ".ttf"}


def list_pairs(folders: tuple[Path, ...]) -> Iterator[tuple[Path, Path | None]]:
    """List the preferred fonts for a PDF that are installed, best first, each with its bold or None."""
    found = list_truetype(folders)
    for regular, bold in _BOLD_OF.items():
        if regular in found:
            yield found[regular], found.get(bold)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A size and weight of text. Sizes are pixels."""

    size: int
    bold: bool = False

    @property
    def line_height(self) -> int:
        """The distance from one line of text to the next, in pixels."""
        return round(self.size * 1.27)

    @property
    def baseline(self) -> int:
        """The distance from the top of a line to its baseline, in pixels."""
        return round(self.size * 0.97)

    def line(self, text: str) -> TextLine:
        """Set a text in one line, however wide."""
        return self._set(text, _choose(text, self.bold))

    def wrap(self, text: str, width: int) -> list[TextLine]:
        """Set a text in lines of at most `width` pixels, broken at spaces and hyphens, in a word only if needed.

        Returns no lines for a text of spaces alone.
        """
        # One choice for the whole text, so that a line does not look unlike the next for the letters it happens to get.
        fonts = _choose(text, self.bold)
        lines = [""]
        for word in re.findall(r"[^\s-]*-|[^\s-]+|\s+", text):
            if self._set((lines[-1] + word).rstrip(), fonts).width <= width:
                lines[-1] += word
                continue
            lines.append("")
            for letter in _split_letters(word.strip()):
                if lines[-1] and self._set(lines[-1] + letter, fonts).width > width:
                    lines.append("")
                lines[-1] += letter
        return [self._set(line.strip(), fonts) for line in lines if line.strip()]

    def _set(self, text: str, fonts: Sequence[Font]) -> TextLine:
        return TextLine(self, tuple((part, _at_size(font, self.size)) for part, font in _split(text, fonts)))


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in parts, each with its font: one part where one font has every letter."""

    style: TextStyle
    parts: tuple[tuple[str, Font], ...]

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(part for part, _ in self.parts)

    @property
    def width(self) -> float:
        """How wide it is, in pixels."""
        return sum(font.getlength(part) for part, font in self.parts)

    def draw(self, pen: ImageDraw.ImageDraw, x: float, y: float, colour: str) -> None:
        """Draw it with its left edge at `x` and its top at `y`."""
        for part, font in self.parts:
            # Fonts differ in how far their letters rise, so all stand on one line instead of hanging from one.
            pen.text((round(x), round(y) + self.style.baseline), part, colour, font, anchor="ls")
            x += font.getlength(part)


def _split_letters(word: str) -> list[str]:
    """The letters of a word, each with the marks that belong over and under it."""
    letters: list[str] = []
    for one in word:
        if letters and (unicodedata.category(one)[0] in "CM" or unicodedata.category(letters[-1][-1])[0] == "C"):
            letters[-1] += one
        else:
            letters.append(one)
    return letters


@cache
def _at_size(font: Font, size: int) -> Font:
    return font.font_variant(size=size) if isinstance(font, ImageFont.FreeTypeFont) else font


@cache
def _choose(text: str, bold: bool) -> tuple[Font, ...]:
    """Return the one font with every letter of a text, or the main font and those with the letters it lacks."""
    main = _main_font(bold)
    missing = {letter for letter in text if not has_letter(main, letter)}
    if not missing:
        return (main,)
    for font in _other_fonts():
        if all(has_letter(font, letter) for letter in set(text)):
            return (font,)
    others = []
    for font in _other_fonts():
        if found := {letter for letter in missing if has_letter(font, letter)}:
            others.append(font)
            missing -= found
    return (main, *others)


def _split(text: str, fonts: Sequence[Font]) -> list[tuple[str, Font]]:
    """A text in parts of one font each. Figures, points and marks stay with the letters before them."""
    if len(fonts) == 1:
        return [(text, fonts[0])]
    parts: list[tuple[str, Font]] = []
    space = ""
    for letter in text:
        if letter.isspace():
            space += letter
            continue
        before = parts[-1][1] if parts else None
        font = next((font for font in fonts if has_letter(font, letter)), fonts[0])
        if before and unicodedata.category(letter)[0] != "L" and has_letter(before, letter):
            font = before
        if font is before:
            parts[-1] = (parts[-1][0] + space + letter, font)
        else:
            # A space at the end of words that run from right to left would be drawn at their left.
            parts += [(space, fonts[0]), (letter, font)] if space else [(letter, font)]
        space = ""
    return [*parts, (space, fonts[0])] if space else parts


@cache
def has_letter(font: Font, letter: str) -> bool:
    """Whether a font can draw a letter. Spaces and invisible characters need no letter."""
    if unicodedata.category(letter)[0] in "CZ":
        return True
    if not isinstance(font, ImageFont.FreeTypeFont):
        return ord(letter) < 256
    # A letter that a font lacks is drawn as the box that stands for no character at all.
    return _look(font, letter) != _look(font, _NOBODYS_CHARACTER)


def find_uncovered(letters: Iterable[str]) -> tuple[str, ...]:
    """Return the letters, sorted and without repeats, that no font of this computer can draw."""
    wanted = sorted({letter for letter in letters if not any(has_letter(font, letter) for font in _usual_fonts())})
    # Every font there is, one after the other: opening all takes a second, and is seldom needed.
    for file in list_font_files(list_font_folders()) if wanted else ():
        if font := _open(file):
            wanted = [letter for letter in wanted if not has_letter(font, letter)]
        if not wanted:
            break
    return tuple(wanted)


def _usual_fonts() -> tuple[Font, ...]:
    return (_main_font(bold=False), *_other_fonts())


@cache
def _look(font: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)


@cache
def _main_font(bold: bool) -> Font:
    found = {file.name: file for file in list_font_files(list_font_folders())}
    for regular, heavy in _BOLD_OF.items():
        for name in (heavy, regular) if bold else (regular,):
            if (file := found.get(name)) and (font := _open(file)):
                return font
    return ImageFont.load_default(_PROBE)


@cache
def _other_fonts() -> tuple[ImageFont.FreeTypeFont, ...]:
    files = list_font_files(list_font_folders())
    return tuple(font for file in files if _OTHERS.fullmatch(file.name) and (font := _open(file)))


def _open(file: Path) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(file, _PROBE)
    except OSError:
        return None
