"""What one file of the corpus is, the facts of the family that are leaked, and what the makers share."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document

Make = Callable[[Path], None]

NAME, TELEPHONE, ADDRESS, EMAIL = "name", "telephone", "address", "e-mail"
SCHOOL, BORN, ADOPTED, NUMBER = "nursery or school", "date of birth", "adoptive name", "identity number"
ADVICE, HEALTH, LIFE, PRIVATE = "legal advice", "health", "life of the other parent", "private"

ZOE, MAREK, JILLY = "Zoë Field", "Marek Ostrowski-Lund", "Gillian Hart"
STREET, COTTAGE, POSTCODE = "27 Tollgate Road", "Wren Cottage", "ZZ99 7CF"
LANDLINE, MOBILE, MAIL = "01632 960233", "07700 900233", "zoe.field@post.example"
ADOPTER, ADOPTERS_HOME, ADOPTIVE = "Anneliese Quarrie", "Larkspur House", "Casper Winterbourne"
MOTHERS_STREET, MOTHERS_MOBILE = "41 Sailmaker Street", "07700 900211"
GARETHS_STREET, GARETHS_MOBILE, GARETHS_BIRTH = "12 Kiln Street", "07700 900222", "17 May 1996"
WORKERS_MOBILE, NHS = "07700 900271", "999 000 2271"
COUNSEL = "Counsel advises that the threshold on neglect is weak before February 2026."
CLEFT = "Jonah is to see the cleft clinic again about his palate before the winter."
MARLPIT = "He was treated for alcohol dependence at the Marlpit Clinic in the spring of 2021."
OPENS_POST = "Only at the office; her brother opens the post"


@dataclass(frozen=True, slots=True)
class Leak:
    """A file that tells `reader` the protected `value`, spelled `spelled`; `where` is how its place may be called."""

    name: str
    about: str
    make: Make
    value: str
    kind: str = NAME
    reader: str = "mother"
    where: str = ""
    spelled: str = ""

    def write(self, folder: Path) -> Path:
        """The file, in that folder. A name that is itself the leak stands in a folder of its own."""
        return _write(self.make, folder, self.name)


@dataclass(frozen=True, slots=True)
class Clean:
    """A file in which `reader` may read everything. `unsearched`: it holds a picture, which must be named."""

    name: str
    about: str
    make: Make
    reader: str = "mother"
    unsearched: bool = False

    def write(self, folder: Path) -> Path:
        """The file, in that folder."""
        return _write(self.make, folder, self.name)


def _write(make: Make, folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path)
    return path


def slug(text: str) -> str:
    """A plain file name out of words about a file."""
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text).split())


@cache
def _blank() -> dict[str, bytes]:
    """The parts of a Word letter, with MARK where its words go."""
    held = io.BytesIO()
    document = Document()
    document.add_paragraph("Dear Sir or Madam")
    document.add_paragraph("MARK")
    document.save(held)
    with zipfile.ZipFile(held) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def letter(text: str) -> Make:
    """A Word letter that says this; a line break in the text is one in the letter."""

    def make(path: Path) -> None:
        words = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        parts = dict(_blank())
        whole = parts["word/document.xml"].replace(b"<w:t>MARK", f'<w:t xml:space="preserve">{words}'.encode())
        path.write_bytes(packed(parts | {"word/document.xml": whole}))

    return make


def plain(text: str, encoding: str = "utf-8") -> Make:
    """A file of text."""
    return lambda path: (path.write_bytes(text.encode(encoding)), None)[1]


def packed(members: Mapping[str, str | bytes], comment: bytes = b"") -> bytes:
    """A zip file of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return held.getvalue()


def packing(members: Mapping[str, str | bytes], comment: bytes = b"") -> Make:
    """A maker of a zip file."""
    return lambda path: (path.write_bytes(packed(members, comment)), None)[1]


def content_of(make: Make, suffix: str = ".docx") -> bytes:
    """What a maker writes, to be put inside another file."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"inner{suffix}"
        make(path)
        return path.read_bytes()
