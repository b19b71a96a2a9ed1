"""Make elements of a Word file, and put properties of a paragraph where Word looks for them."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def make_element(name: str, *children: Any, text: str | None = None, **values: str) -> Any:
    """An element of WordprocessingML with attributes of the same namespace: `make_element("pStyle", val="Gap")`.

    Spaces at the ends of a `text` count.
    """
    made: Any = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    if text is not None:
        made.set(qn("xml:space"), "preserve")
        made.text = text
    made.extend(children)
    return made
