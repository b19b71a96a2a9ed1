"""Digests of everything papers are made from: case file, product, templates, procedures, programs and fonts."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator import __version__
from generator.base import resources
from generator.base.digests import digest_of, digest_texts
from generator.base.resources import NO_OWN_FOLDERS, SearchPath

_SURROUNDINGS = ("PERMANENCE_SOFFICE", "PATH", "HOME", "XDG_DATA_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
"""What in the environment decides which converter is found, and which fonts it finds."""


@dataclass(frozen=True, slots=True)
class BuildQuestion:
    """What a build is asked for. Days are ISO dates: the one that is taken for today, and the one on the clock.

    `search_path` names an authority's own folders.
    """

    file: Path
    on: str
    today: str
    codes: tuple[str, ...] = ()
    word_only: bool = False
    search_path: SearchPath = NO_OWN_FOLDERS


def digest_ingredients(asked: BuildQuestion) -> dict[str, str]:
    """Return digests of everything a build uses except the files its case names. Call it before reading anything.

    Files that people edit are read whole; for Python libraries the time of the last installation is enough. Raises
    OSError where something is not there.
    """
    surroundings = [os.environ.get(name) for name in _SURROUNDINGS]
    question = [asked.on, asked.today, asked.codes, asked.word_only, surroundings]
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages")) and os.path.isdir(path)]
    changed = [f"{path} {os.stat(path).st_mtime_ns}" for path in libraries]
    return {
        "asked": digest_texts(json.dumps(question)),
        "case": digest_of(asked.file),
        "product": identify_product(),
        "templates": _digest_folders(asked.search_path.template_folders),
        "procedures": _digest_folders(asked.search_path.procedure_folders),
        "sources": digest_of(resources.SOURCES),
        "libraries": digest_texts(sys.version, *changed),
    }


@cache
def identify_product() -> str:
    """Return the version with a digest of the code, which changes in a checkout without a new version."""
    digest = hashlib.sha256()
    for path in _walk(resources.PROGRAM):
        if path.endswith(".py"):
            content = Path(path).read_bytes()
            digest.update(f"{os.path.relpath(path, resources.PROGRAM)} {len(content)}\n".encode())
            digest.update(content)
    return f"{__version__} {digest.hexdigest()[:16]}"


def digest_names(folder: Path) -> str:
    """Return a digest of the names and kinds in a folder and the targets of links, not of the content of files."""
    with os.scandir(folder) as entries:
        found = sorted(
            (one.name, one.is_file(), os.path.realpath(one.path) if one.is_symlink() else "") for one in entries
        )
    return digest_texts(os.path.realpath(folder), json.dumps(found))


def digest_state(places: Iterable[Path]) -> str:
    """Return a digest of the sizes and times of files, and of all files in folders; missing ones count too.

    Where the places are does not count, so that two people with the same fonts have the same digest.
    """
    lines = []
    for number, place in enumerate(places):
        for path in _walk(place) if place.is_dir() else [str(place)]:
            named = f"{number} {path[len(str(place)) :]}"
            try:
                found = os.stat(path)
                lines.append(f"{named} {found.st_size} {found.st_mtime_ns}")
            except OSError:
                lines.append(f"{named} is not there")
    return digest_texts(*lines)


def _digest_folders(folders: Iterable[Path]) -> str:
    """Return one digest of all templates, cards and procedures in folders, in the order in which they are searched."""
    found = []
    for folder in folders:
        names = sorted(name for name in os.listdir(folder) if name.endswith((".yaml", ".docx")))
        found.append([(name, digest_of(folder / name)) for name in names if (folder / name).is_file()])
    return digest_texts(json.dumps(found))


def _walk(folder: Path) -> Iterator[str]:
    for root, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        yield from (os.path.join(root, name) for name in sorted(names))
