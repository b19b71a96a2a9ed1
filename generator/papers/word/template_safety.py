"""Check a Word template before anything opens it: its content goes into every paper made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.base.errors import TemplateError
from generator.base.word_package import (
    DamagedPackageError,
    Hazard,
    Package,
    PackageLimits,
    declares_entities,
    is_other_file,
    is_xml,
    open_package,
)

_LIMITS = PackageLimits(parts=500, part_bytes=20 << 20, all_bytes=50 << 20)
_RELATION = re.compile(rb"<[^<]*Relationship\b[^<]*")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_IS_LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_TAKES_IN = re.compile(rb"""Type\s*=\s*["'][^"']*/(?:aFChunk|subDocument)["']""")
_FETCHES = re.compile(rb"\b(?:INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK)\b", re.IGNORECASE)
_NUMBERED = re.compile(rb"&#(x?)([0-9A-Fa-f]{1,6});")
_BEGINS = re.compile(rb"""\bfldCharType\s*=\s*["']begin["']""")
_FIELD = re.compile(rb"""<\w+:instrText[^<>]*>([^<>]*)<|<\w+:fldSimple[^<]*\binstr\s*=\s*["']([^"']*)["']""")
_REVISED = re.compile(
    rb"<w:(?:ins|del|moveFrom|moveTo|cell(?:Ins|Del|Merge)|(?:[rp]Pr|sectPr|t[rc]Pr|tbl(?:Pr|PrEx|Grid))Change)[\s/>]"
)
_TAG_SIGNS = ((b"{{", b"}}"), (b"{%", b"%}"), (b"{#", b"#}"))
_MOST_OPEN = 200
"""Each beginning without an end is looked for through the whole part: fifty thousand would take hours."""
_MACROS = ("vbaproject.bin", "vbadata.xml")
_HAZARDS = {
    Hazard.TWO_OF_ONE_NAME: "holds two parts of one name, so programs would read different papers. "
    "Save it again in Word",
    Hazard.OUTSIDE_ITS_FOLDER: "holds a part with a place outside the file. Save it again in Word",
}


def check_template(content: bytes, name: str) -> None:
    """Raises TemplateError, naming the template and the way out, for a file that no paper may be made of."""
    try:
        with open_package(content) as package:
            refuse_excess(package, name)
            found = _find_in_names(package) or next(
                (said for part in package.parts if (said := _find_in_part(part.filename.lower(), package.read(part)))),
                None,
            )
    except DamagedPackageError:
        raise TemplateError(f"The template {name} is not a Word file. Save it in Word as .docx") from None
    if found:
        raise TemplateError(f"The template {name} {found}")


def refuse_excess(package: Package, name: str) -> None:
    """Raises TemplateError for a file that would fill the memory when it is unpacked."""
    if package.find_hazard(_LIMITS) is Hazard.TOO_LARGE:
        raise TemplateError(f"The template {name} unpacks to far more than a template needs: make its pictures smaller")


def _find_in_names(package: Package) -> str | None:
    if hazard := package.find_hazard(_LIMITS):
        return _HAZARDS.get(hazard)  # a locked part cannot be read, and is refused there
    if any(name.lower().endswith(_MACROS) for name in package.names):
        return "holds macros, which would go into every paper. Save it in Word as .docx, without macros"
    if any(map(is_other_file, package.names)):
        return "holds other files inside it, which would go into every paper. Take them out in Word"
    return None


def _find_in_part(name: str, content: bytes) -> str | None:
    if not is_xml(name):
        return None
    if b"\0" in content or declares_entities(content):
        return "declares things that Word never writes. Save it again in Word"
    if name == "word/document.xml" and b"<w:document" not in content:
        return "is not written the way Word writes. Save it again in Word"
    content = _NUMBERED.sub(_resolve, content)
    if name.endswith(".rels"):
        relations = _RELATION.findall(content)
        if any(_TAKES_IN.search(one) for one in relations):
            return "takes in other documents whole. Copy their words into it"
        if any(_EXTERNAL.search(one) and not _IS_LINK.search(one) for one in relations):
            return (
                "points to pictures, templates or objects elsewhere, which would be looked for wherever a paper is "
                "opened. Put pictures into the file, and detach the template"
            )
    if any(content.count(opens, content.rfind(closes) + 1) > _MOST_OPEN for opens, closes in _TAG_SIGNS):
        return "has hundreds of tags that begin and never end. Take them out"
    if _REVISED.search(content):
        return "has tracked changes. Accept or reject them in Word, and save it again"
    if any(_FETCHES.search(code) for code in _list_codes(content)):
        return "has fields that fetch other files. Replace them by their text"
    return None


def _resolve(reference: re.Match[bytes]) -> bytes:
    """Return a letter that is written as a number, as programs read it; a sign of XML stays a number."""
    number = int(reference[2], 16 if reference[1] else 10)
    return chr(number).encode() if 32 <= number < 127 and chr(number) not in "<>&\"'" else reference[0]


def _list_codes(content: bytes) -> Iterator[bytes]:
    """Yield the codes of fields, in pieces and joined: Word may cut a code anywhere, and reads it whole."""
    for field in _BEGINS.split(content):
        codes = [b"".join(one) for one in _FIELD.findall(field)]
        yield from codes
        yield b"".join(codes)
