"""Fonts for names in any script, and text broken into lines."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

from PIL import ImageFont

from generator.dates import say_short_date
from generator.familytree.relatives import Relative

TEXT_SIZE = 35
LINE_HEIGHT = 42
TEXT_WIDTH = 288
_FIRST_CHOICE = ("LiberationSans-Regular.ttf", "arial.ttf", "DejaVuSans.ttf", "NotoSans-Regular.ttf")
# Each of these covers scripts that the first choice does not.
_OTHERS = re.compile(
    r"(DejaVuSans|Noto(?!.*(Mono|Serif|Emoji)).*-Regular|Droid.*|wqy.*|segoeui|msyh|Nirmala.*|Arial Unicode)\.\w+"
)
_NOBODYS_CHARACTER = "\U0010ffff"

Font: TypeAlias = ImageFont.FreeTypeFont | ImageFont.ImageFont


def label(relative: Relative) -> list[str]:
    """The lines that stand under a symbol: name, kinship, born, died."""
    lives = (("born", relative.born_on), ("died", relative.died_on))
    parts = [relative.name, relative.kinship, *(f"{word} {say_short_date(day)}" for word, day in lives if day)]
    return [line for part in parts if part for line in wrap(part, TEXT_WIDTH)]


def wrap(text: str, width: int) -> list[str]:
    """Text in lines no wider than `width` pixels, broken at spaces and after hyphens, in a word only if it must be."""
    font = choose_font(text)
    lines = [""]
    for word in re.findall(r"[^\s-]*-|[^\s-]+|\s+", text):
        if font.getlength((lines[-1] + word).rstrip()) <= width:
            lines[-1] += word
            continue
        lines.append("")
        for letter in word.strip():
            if lines[-1] and font.getlength(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return [line.strip() for line in lines if line.strip()]


@cache
def choose_font(text: str) -> Font:
    """The first font that has every letter of a text, or the one that lacks fewest."""
    best, fewest = _main_font(), _count_missing(_main_font(), text)
    for font in _other_fonts() if fewest else ():
        missing = _count_missing(font, text)
        if missing < fewest:
            best, fewest = font, missing
        if not missing:
            break
    return best


def _count_missing(font: Font, text: str) -> int:
    if not isinstance(font, ImageFont.FreeTypeFont):
        return sum(ord(letter) > 255 for letter in text)
    return sum(not _has_letter(font, letter) for letter in set(text) if unicodedata.category(letter)[0] not in "CMZ")


def _has_letter(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    # A letter that a font lacks is drawn as the box that stands for no character at all.
    return _look(font, letter) != _look(font, _NOBODYS_CHARACTER)


@cache
def _look(font: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)


@cache
def _main_font() -> Font:
    found = {file.name.lower(): file for file in reversed(_font_files())}
    for name in _FIRST_CHOICE:
        if (file := found.get(name.lower())) and (font := _open(file)):
            return font
    return ImageFont.load_default(TEXT_SIZE)


@cache
def _other_fonts() -> tuple[ImageFont.FreeTypeFont, ...]:
    return tuple(font for file in _font_files() if _OTHERS.fullmatch(file.name) and (font := _open(file)))


def _open(file: Path) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(file, TEXT_SIZE)
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
