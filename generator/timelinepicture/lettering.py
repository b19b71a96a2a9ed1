"""Fonts for words in any script, in several sizes, and text broken into lines."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from PIL import ImageFont

_FIRST_CHOICE = {
    "LiberationSans-Regular.ttf": "LiberationSans-Bold.ttf",
    "arial.ttf": "arialbd.ttf",
    "Arial.ttf": "Arial Bold.ttf",
    "DejaVuSans.ttf": "DejaVuSans-Bold.ttf",
    "NotoSans-Regular.ttf": "NotoSans-Bold.ttf",
}
# Each of these covers scripts that the first choice does not.
_OTHERS = re.compile(
    r"(DejaVuSans|Noto(?!.*(Mono|Serif|Emoji)).*-Regular|Droid.*|wqy.*|segoeui|msyh|Nirmala.*|Arial Unicode)\.\w+"
)
_NOBODYS_CHARACTER = "\U0010ffff"
_PROBE = 24

Font: TypeAlias = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Letters:
    """A size and weight of text, with the height of its lines and how far below their top the letters stand."""

    size: int
    bold: bool = False

    @property
    def line_height(self) -> int:
        """From one line of text to the next."""
        return round(self.size * 1.27)

    @property
    def baseline(self) -> int:
        """From the top of a line to the foot of its letters."""
        return round(self.size * 0.97)

    def runs(self, text: str, whole: str = "") -> list[tuple[str, Font]]:
        """A text in parts, each with the font to set it in: one part where one font has every letter.

        `whole` is the text that this is a line of, so that all its lines look alike.
        """
        return [(part, _at_size(font, self.size)) for part, font in _split(text, _choose(whole or text, self.bold))]

    def width(self, text: str, whole: str = "") -> float:
        """How wide a text is, in pixels."""
        return sum(font.getlength(part) for part, font in self.runs(text, whole))

    def wrap(self, text: str, width: int) -> list[str]:
        """Text in lines no wider than `width`, broken at spaces and after hyphens, in a word only if it must be."""
        lines = [""]
        for word in re.findall(r"[^\s-]*-|[^\s-]+|\s+", text):
            if self.width((lines[-1] + word).rstrip(), text) <= width:
                lines[-1] += word
                continue
            lines.append("")
            for letter in _split_letters(word.strip()):
                if lines[-1] and self.width(lines[-1] + letter, text) > width:
                    lines.append("")
                lines[-1] += letter
        return [line.strip() for line in lines if line.strip()]


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
    """The one font that has every letter of a text, or the several that have them between them, the main one first."""
    missing = {letter for letter in text if not _has_letter(_main_font(bold), letter)}
    if not missing:
        return (_main_font(bold),)
    for font in _other_fonts():
        if all(_has_letter(font, letter) for letter in set(text)):
            return (font,)
    others = []
    for font in _other_fonts():
        if found := {letter for letter in missing if _has_letter(font, letter)}:
            others.append(font)
            missing -= found
    return (_main_font(bold), *others)


def _split(text: str, fonts: tuple[Font, ...]) -> list[tuple[str, Font]]:
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
        font = next((font for font in fonts if _has_letter(font, letter)), fonts[0])
        if before and unicodedata.category(letter)[0] != "L" and _has_letter(before, letter):
            font = before
        if font is before:
            parts[-1] = (parts[-1][0] + space + letter, font)
        else:
            # A space at the end of words that run from right to left would be drawn at their left.
            parts += [(space, fonts[0]), (letter, font)] if space else [(letter, font)]
        space = ""
    return [*parts, (space, fonts[0])] if space else parts


@cache
def _has_letter(font: Font, letter: str) -> bool:
    if unicodedata.category(letter)[0] in "CZ":
        return True
    if not isinstance(font, ImageFont.FreeTypeFont):
        return ord(letter) < 256
    # A letter that a font lacks is drawn as the box that stands for no character at all.
    return _look(font, letter) != _look(font, _NOBODYS_CHARACTER)


def _look(font: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)


@cache
def _main_font(bold: bool) -> Font:
    found = {file.name: file for file in reversed(_font_files())}
    for regular, heavy in _FIRST_CHOICE.items():
        for name in (heavy, regular) if bold else (regular,):
            if (file := found.get(name)) and (font := _open(file)):
                return font
    return ImageFont.load_default(_PROBE)


@cache
def _other_fonts() -> tuple[ImageFont.FreeTypeFont, ...]:
    return tuple(font for file in _font_files() if _OTHERS.fullmatch(file.name) and (font := _open(file)))


def _open(file: Path) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(file, _PROBE)
    except OSError:
        return None


@cache
def _font_files() -> tuple[Path, ...]:
    return tuple(file for folder in _font_folders() for file in sorted(folder.rglob("*.[tToO][tT][fFcC]")))


def _font_folders() -> Iterator[Path]:
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() raises where there is no home
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/Library/Fonts"), Path("/System/Library/Fonts"), home / "Library/Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
        yield from (home / ".local/share/fonts", home / ".fonts")
