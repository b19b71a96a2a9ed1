"""Office files as packages: zip archives of parts, checked before they are read and written with the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive can hold: no date of ours depends on when a file was made."""
_MEDIA = (".png", ".jpg", ".jpeg")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError, RuntimeError, OSError)
"""What reading a damaged archive raises: there is no common parent."""


class DamagedPackageError(ValueError):
    """A file is not an Office package, or it is cut off, locked or damaged."""


class Hazard(Enum):
    """Why a package may not be unpacked, or not be handed to a program."""

    TOO_LARGE = auto()
    TWO_OF_ONE_NAME = auto()
    OUTSIDE_ITS_FOLDER = auto()
    LOCKED = auto()


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """How many parts a package may have and to how many bytes they may unpack: each part, all parts, all XML parts.

    `most_packed` is how many times larger than in the archive a part of more than a megabyte may be. A limit of 0 is
    none.
    """

    parts: int = 0
    part_bytes: int = 0
    all_bytes: int = 0
    xml_bytes: int = 0
    most_packed: int = 0


class Package:
    """An Office file that is open for reading."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: Sequence[zipfile.ZipInfo] = archive.infolist()

    @property
    def names(self) -> list[str]:
        """The names of all parts, in the order of the archive."""
        return [part.filename for part in self.parts]

    @property
    def is_word(self) -> bool:
        """Whether it has the outer shape of a Word file."""
        return any(name.startswith("word/") for name in self.names)

    @property
    def comment(self) -> bytes:
        """What is written beside the parts."""
        return self._archive.comment

    def read(self, part: str | zipfile.ZipInfo) -> bytes:
        """The content of a part. Raises KeyError where there is none of that name."""
        # zipfile unpacks no more of a part than the size it declares, and then finds its check sum wrong.
        return self._archive.read(part)

    def read_all(self) -> dict[str, bytes]:
        """The content of every part by its name."""
        return {part.filename: self.read(part) for part in self.parts}

    def find_hazard(self, limits: PackageLimits) -> Hazard | None:
        """The first reason not to unpack this package; None where there is none. Nothing is unpacked to tell."""
        names = self.names
        if _exceed(self.parts, limits):
            return Hazard.TOO_LARGE
        if len(set(map(str.casefold, names))) < len(names):
            # Programs differ in which of two parts of one name they read.
            return Hazard.TWO_OF_ONE_NAME
        if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name for name in names):
            return Hazard.OUTSIDE_ITS_FOLDER
        return Hazard.LOCKED if any(part.flag_bits & 1 for part in self.parts) else None


def _exceed(parts: Sequence[zipfile.ZipInfo], limits: PackageLimits) -> bool:
    sizes = [part.file_size for part in parts]
    xml = sum(part.file_size for part in parts if is_xml(part.filename))
    found = ((len(parts), limits.parts), (max(sizes, default=0), limits.part_bytes), (sum(sizes), limits.all_bytes))
    return any(limit and size > limit for size, limit in (*found, (xml, limits.xml_bytes))) or any(
        limits.most_packed
        and part.file_size > 1 << 20
        and part.file_size > limits.most_packed * max(part.compress_size, 1)
        for part in parts
    )


@contextmanager
def open_package(source: Path | bytes) -> Iterator[Package]:
    """An Office file, open for reading. Raises OSError where there is no such file.

    Everything that reading a damaged archive raises, here or in the block, becomes DamagedPackageError.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                yield Package(archive)
        except _DAMAGE:
            raise DamagedPackageError("the file is not an Office file, or is damaged") from None


def is_xml(name: str) -> bool:
    """Whether a part of this name holds XML."""
    return name.lower().endswith((".xml", ".rels"))


def is_other_file(name: str) -> bool:
    """Whether a part of this name is a file of another program inside the package."""
    return any(folder in name.lower() for folder in ("/embeddings/", "/activex/", "/oleobject"))


def declares_entities(content: bytes) -> bool:
    """Whether an XML part has a document type or entities, which no Office program writes. Any encoding is seen."""
    return _DECLARES.search(content.replace(b"\0", b"")) is not None


def write_package(parts: Iterable[tuple[str, bytes]], *, fast: bool = False, packs_pictures: bool = False) -> bytes:
    """A package of these parts, in this order, in which nothing depends on the time or the machine.

    `fast` packs less well, in a third of the time. Pictures are packed already, and are stored as they are unless
    `packs_pictures` says otherwise.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = 0
            is_packed = not packs_pictures and name.lower().endswith(_MEDIA)
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=1 if fast and not is_packed else None)
    return out.getvalue()


def rewrite_package(
    source: Path | bytes, changed: Mapping[str, bytes], *, fast: bool = False, packs_pictures: bool = False
) -> bytes:
    """The same package with these parts in the place of those of the same name, new ones at the end.

    Raises DamagedPackageError for a file that cannot be read.
    """
    with open_package(source) as package:
        kept = ((name, changed[name] if name in changed else package.read(name)) for name in package.names)
        added = ((name, content) for name, content in changed.items() if name not in package.names)
        return write_package((*kept, *added), fast=fast, packs_pictures=packs_pictures)


def save_document(document: Any, *, fast: bool = False) -> bytes:
    """A document of python-docx as a Word file, with the same bytes for the same document."""
    from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
    from docx.opc.pkgwriter import _ContentTypesItem

    package = document.part.package
    parts = list(package.iter_parts())

    def list_parts() -> Iterator[tuple[str, bytes]]:
        yield CONTENT_TYPES_URI.membername, _ContentTypesItem.from_parts(parts).blob  # type: ignore[no-untyped-call] # python-docx
        yield PACKAGE_URI.rels_uri.membername, package.rels.xml
        for part in parts:
            yield part.partname.membername, part.blob
            if len(part.rels):
                yield part.partname.rels_uri.membername, part.rels.xml

    return write_package(list_parts(), fast=fast)
