"""Check a Word file before any program opens it: zip bombs, entities, foreign parts, tracked changes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.base.word_package import (
    DamagedPackageError,
    Hazard,
    Package,
    PackageLimits,
    declares_entities,
    is_other_file,
    is_xml,
    open_package,
    rewrite_package,
)
from generator.base.word_xml import parse_outside_xml, write_xml
from generator.evidence.results import CannotAdmit, Findings, MustNotFile, Removed
from generator.evidence.wordfields import freeze_fields, local_name

LIMITS = PackageLimits(parts=2000, part_bytes=50 << 20, all_bytes=200 << 20, most_packed=100)
_ASK_AGAIN = "ask for the file again, or save it as PDF in Word"
_PRINT = "open it in Word on a computer kept for that, and save it as PDF"
_HAZARDS = {
    Hazard.TOO_LARGE: ("The Word file unpacks to far more than a document needs", _PRINT),
    Hazard.TWO_OF_ONE_NAME: (
        "The Word file holds two parts of one name, so readers could see different documents",
        _PRINT,
    ),
    Hazard.OUTSIDE_ITS_FOLDER: ("The Word file holds a part that would be written outside its folder", _PRINT),
    Hazard.LOCKED: ("The Word file needs a password", "save it in Word without a password"),
}
_STORIES = frozenset({"document", "hdr", "ftr", "footnotes", "endnotes", "comments"})
"""The parts of a Word file whose words are printed, by the name of their first element, and the comments on them."""
_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"})
_CALLED = {
    "comments": "comments in the margin",
    "hidden_text": "pieces of hidden text",
    "tracked_changes": "tracked changes",
}
_PRINTED = {
    "comments": "The Word file has comments. They are not printed, and are not in the bundle",
    "hidden_text": "The Word file has hidden text. It is not printed, and is not in the bundle",
    "tracked_changes": "The Word file has tracked changes. What was struck out is printed, struck through and in "
    "colour, and what was added is underlined: everybody who has the bundle can read both",
}
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']')
_LINK = re.compile(rb'<[^>]*hyperlink[^>]*TargetMode\s*=\s*["\']External["\'][^>]*>')


def check_word(source: Path, target: Path, may_stay: frozenset[str] = frozenset()) -> Findings:
    """Look through a Word file that is to be converted.

    Where some of its fields change by themselves, a copy with their last results is written to `target`. Raises
    CannotAdmit for a file that no program may open, and MustNotFile for tracked changes, comments and hidden text that
    are not named in `may_stay`.
    """
    found = Findings(pages=0)
    try:
        with open_package(source) as package:
            _refuse_hazards(package)
            changed = _read_parts(package, found, may_stay)
        if changed:
            target.write_bytes(rewrite_package(source, changed))
    except DamagedPackageError:
        raise CannotAdmit("The Word file is cut off or damaged", _ASK_AGAIN) from None
    return found


def _refuse_hazards(package: Package) -> None:
    if not {"[Content_Types].xml", "word/document.xml"} <= {*package.names}:
        raise CannotAdmit(
            "The file is an Office file or an archive, but not a Word document",
            "open it in its program and save it as PDF",
        )
    if hazard := package.find_hazard(LIMITS):
        raise CannotAdmit(*_HAZARDS[hazard])


@dataclass(slots=True)
class _Held:
    """Counts of what the printed parts of a Word file hold."""

    stays: Counter[str] = field(default_factory=Counter)
    frozen: int = 0
    empty: int = 0


def _read_parts(package: Package, found: Findings, may_stay: frozenset[str]) -> dict[str, bytes]:
    told: dict[str, None] = {}
    changed: dict[str, bytes] = {}
    held = _Held()
    for part in package.parts:
        content, name = package.read(part), part.filename.lower()
        if is_xml(name) and declares_entities(content):
            raise CannotAdmit("The Word file declares things that Word never writes", _PRINT)
        if name.endswith(".rels"):
            # Links in the text become links of the PDF, and are counted there.
            if len(_EXTERNAL.findall(content)) > len(_LINK.findall(content)):
                told["The Word file points to pictures or templates elsewhere; they are not fetched"] = None
            if b"/aFChunk" in content:
                raise CannotAdmit("The Word file takes in other documents whole", _ASK_AGAIN)
        if name.endswith("vbaproject.bin"):
            told["The Word file holds macros; they are not run"] = None
            found.removed[Removed.SCRIPTS] += 1
        if is_other_file(name):
            told["The Word file holds other files inside it; they are not shown in the bundle"] = None
            found.removed[Removed.ATTACHMENTS] += 1
        if name.endswith(".xml") and (written := _read_written(content, held)):
            changed[part.filename] = written
    _refuse_what_stays(held.stays, may_stay)
    told.update(dict.fromkeys(_PRINTED[what] for what in sorted(held.stays)))
    if held.frozen:
        told["Fields that change by themselves (a date, a time, a file name) say what they said when it was saved"] = (
            None
        )
    if held.empty:
        told[f"{held.empty} of these fields had nothing saved in them, so they are blank"] = None
    found.warnings += told
    return changed


def _read_written(content: bytes, held: _Held) -> bytes | None:
    """Look through a part that is printed or commented on; return its new content where fields were frozen."""
    # Other parts (styles, properties) are not printed; the first bytes of a part say which it is.
    root = parse_outside_xml(content)
    if local_name(root) not in _STORIES:
        return None
    for element in root.iter():
        name = local_name(element)
        if name in _TRACKED:
            held.stays["tracked_changes"] += 1
        elif name == "comment":
            held.stays["comments"] += 1
        elif name == "vanish" and _is_on(element) and _hides_words(element):
            held.stays["hidden_text"] += 1
    frozen, empty = freeze_fields(root)
    held.frozen += frozen
    held.empty += empty
    return write_xml(root) if frozen else None


def _is_on(element: Any) -> bool:
    said = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "1")
    return said.lower() not in ("0", "false", "off", "none")


def _hides_words(element: Any) -> bool:
    """Whether the run that is hidden has words: Word also hides the marks at the end of paragraphs, which have none."""
    run = element.getparent().getparent()
    return run is not None and local_name(run) == "r" and any(local_name(one) in ("t", "delText") for one in run)


def _refuse_what_stays(stays: Counter[str], may_stay: frozenset[str]) -> None:
    wrong = [what for what in sorted(stays) if what not in may_stay]
    if wrong:
        said = " and ".join(f"{_CALLED[what]} ({stays[what]})" for what in wrong)
        raise MustNotFile(
            f"The Word file has {said}",
            "settle them in Word (Review, then accept or reject and delete; File, Info, Inspect Document) and save it, "
            f"or name them under may_stay ({', '.join(wrong)})",
        )
