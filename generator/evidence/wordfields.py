"""Replace fields of a Word file that change by themselves by what they said when the file was last saved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

CHANGING = frozenset(
    {
        "CREATEDATE",
        "DATE",
        "DDE",
        "DDEAUTO",
        "EDITTIME",
        "FILENAME",
        "FILESIZE",
        "INCLUDETEXT",
        "LASTSAVEDBY",
        "PRINTDATE",
        "SAVEDATE",
        "TIME",
        "USERADDRESS",
        "USERINITIALS",
        "USERNAME",
    }
)
"""Fields whose words depend on the day, on the computer or on other files."""
_TODAY = frozenset({"dayLong", "dayShort", "monthLong", "monthShort", "yearLong", "yearShort"})
"""Parts of today's date, as very old versions of Word wrote them."""
_FIRST_WORD = re.compile(r"\s*\"?\s*(\w+)")


@dataclass(slots=True)
class _ReadField:
    """A field while it is read: its elements and instructions, and whether its result has begun."""

    signs: list[Any] = field(default_factory=list)
    words: str = ""
    has_result: bool = False
    result: str = ""


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def freeze_fields(root: Any) -> tuple[int, int]:
    """Replace changing fields in one part of a Word file by their last results.

    Returns how many there were, and how many of them have no result to put in their place.
    """
    frozen, empty = 0, 0
    opened: list[_ReadField] = []
    doomed: list[Any] = []
    for element in [*root.iter()]:
        name = local_name(element)
        if name == "fldSimple":
            if _is_changing(_attribute(element, "instr")):
                frozen += 1
                empty += not "".join(element.itertext()).strip()
                _unwrap(element)
        elif name in _TODAY:
            frozen, empty = frozen + 1, empty + 1
            doomed.append(element)
        elif name == "fldChar":
            kind = _attribute(element, "fldCharType")
            if kind == "begin":
                opened.append(_ReadField([element]))
            elif opened:
                opened[-1].signs.append(element)
                opened[-1].has_result = opened[-1].has_result or kind == "separate"
                if kind == "end":
                    ended = opened.pop()
                    if _is_changing(ended.words):
                        frozen, empty = frozen + 1, empty + (not ended.result.strip())
                        doomed += ended.signs
        elif opened and not opened[-1].has_result:
            if name == "instrText":
                opened[-1].words += element.text or ""
                opened[-1].signs.append(element)
        elif opened and name == "t":
            opened[-1].result += element.text or ""
    for element in doomed:
        element.getparent().remove(element)
    return frozen, empty


def _is_changing(words: str) -> bool:
    first = _FIRST_WORD.match(words)
    return first is not None and first[1].upper() in CHANGING


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    at = parent.index(element)
    for child in reversed([*element]):
        parent.insert(at + 1, child)
    parent.remove(element)
