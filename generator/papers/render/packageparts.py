"""Open a Word file with python-docx; find its parts and copy them into another one."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from generator.base.errors import TemplateError


def open_document(content: bytes, name: str) -> Any:
    """Open a Word file with python-docx. Raises TemplateError, by name, where it is none."""
    try:
        document = Document(io.BytesIO(content))
        _ = document.styles, document.settings
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, etree.XMLSyntaxError):
        raise TemplateError(f"The template {name} is not a Word file. Save it in Word as .docx") from None
    if document.element.body is None:
        raise TemplateError(f"The template {name} is not a Word file. Save it in Word as .docx")
    return document


def find_part(document: Any, kind: str) -> Any | None:
    """Return the part of a kind that the document refers to, such as its theme or numbering; else None."""
    return next((relation.target_part for relation in document.part.rels.values() if relation.reltype == kind), None)


def copy_part(part: Any, package: Any, name: PackURI, content_type: str, called: str) -> Part:
    """A copy of a part under a new name, with the pictures it shows and the web addresses it links to.

    `called` is what messages call it. Raises TemplateError where it refers to anything else: a chart, another file.
    """
    copied = Part(name, content_type, part.blob, package)
    stem = name.split("/")[-1].split(".")[0]
    for place, (key, relation) in enumerate(sorted(part.rels.items()), 1):
        if relation.is_external and relation.reltype == RT.HYPERLINK:
            copied.rels.add_relationship(relation.reltype, relation.target_ref, key, is_external=True)
        elif not relation.is_external and relation.reltype == RT.IMAGE:
            shown = relation.target_part
            picture = PackURI(f"/word/media/{stem}-{place}.{shown.partname.ext}")
            copied.rels.add_relationship(
                relation.reltype, Part(picture, shown.content_type, shown.blob, package), key, is_external=False
            )
        else:
            raise TemplateError(f"The house style has something in {called} that is no text, picture or link")
    return copied
