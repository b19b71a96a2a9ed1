"""Fill in Word templates with docxtpl: strict, sandboxed, cached, and with the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template
from jinja2.exceptions import SecurityError
from lxml import etree

from generator.base.errors import TemplateError
from generator.base.word_package import DamagedPackageError, save_document
from generator.base.word_xml import NAMESPACE, PICTURE, W, parse_xml
from generator.papers.render.finish import finish_body
from generator.papers.render.source import prepare, quote_line, read_as_typed, restore, soften_spaces
from generator.rules.expressions.language import compile_template, make_environment, refusing

_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_IN_A_LINE = etree.XPath(
    "//w:p[ancestor::*[self::w:p or self::w:r]][not(ancestor::w:txbxContent)]", namespaces={"w": NAMESPACE}
)
"""Paragraphs that stand inside another or inside a run; text boxes may."""
_MOST_TEXT = 60_000_000
"""LibreOffice needs more than a minute for more."""
_BREAKS = re.compile("[\t\n\a\f]")
_COMMENTS = re.compile(r"/(?:comments\w*|people)$")

ENVIRONMENT = make_environment(autoescape=True)


@lru_cache(maxsize=512)
def _compile(source: str) -> Template:
    return compile_template(ENVIRONMENT, source)


class WordTemplate(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """A Word template whose damage is an error.

    `name` is for messages, and so is `margins`, the file that header and footer came from.
    """

    _patched: dict[str, str] = {}  # noqa: RUF012 - shared on purpose: templates are the same for all papers

    def __init__(self, content: bytes, name: str, *, margins: str = "") -> None:
        super().__init__(io.BytesIO(content))
        self._name = name
        self._margins = margins or name
        try:
            self.init_docx()
        except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
            raise TemplateError(f"The template {name} is not a Word file. Save it in Word as .docx") from None

    def patch_xml(self, src_xml: str) -> str:
        """Return a part of the template with its tags cleaned, from a cache."""
        # docxtpl cleans a template with regular expressions; that is a third of the work, and the same every time.
        if src_xml not in self._patched:
            self._patched[src_xml] = read_as_typed(super().patch_xml(soften_spaces(src_xml)))
        return self._patched[src_xml]

    def render_xml_part(self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Any = None) -> str:  # noqa: ARG002 - docxtpl passes it
        """One part of the file, filled in. Broken XML is an error here: docxtpl would mend it by deleting text."""
        self.current_rendering_part = part
        name = self._name if part.partname == self.docx.part.partname else self._margins
        source = prepare(src_xml, is_body=part is self.docx.part)
        with refusing(f"The template {name}", lambda line: quote_line(source, line)):
            filled = restore(_compile(source).render(context))
            if _BREAKS.search(filled, filled.find("?>") + 3):
                # Only texts with line breaks and tabs need this slow work.
                filled = str(self.resolve_listing(filled))
            if len(filled) > _MOST_TEXT:
                raise SecurityError("it makes more text than a Word file can hold")
            content = filled.encode()
        try:
            tree = parse_xml(content)
        except DamagedPackageError:
            raise TemplateError(f"The template {name} gives a damaged {part.partname}: check its tags") from None
        if _IN_A_LINE(tree):
            raise TemplateError(f"The template {name} puts paragraphs inside a line: write {{{{p …}}}} for prose")
        return filled

    def _find_picture(self, described: Any) -> bytes:
        """The bytes of the picture that an element describes; none where it is a drawing of another sort."""
        blips = described.getparent().iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
        parts = self.docx.part.related_parts
        found = (parts.get(blip.get(_EMBED)) for blip in blips)
        return next((part.blob for part in found if part is not None), b"")

    def list_sources(self) -> Iterator[tuple[str, str]]:
        """Every part that is filled in, by its name, as text with clean tags."""
        yield "text", self.patch_xml(self.get_xml())
        for name, kind in (("header", self.HEADER_URI), ("footer", self.FOOTER_URI)):
            for _, part in self.get_headers_footers(kind):
                yield name, self.patch_xml(self.get_part_xml(part))

    def render_properties(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """Properties are set by `fill`, from facts and not from tags."""

    def fill(
        self, context: Mapping[str, Any], *, title: str, author: str, subject: str, alts: Mapping[bytes, str]
    ) -> bytes:
        """Return the finished Word file: `context` filled in, citations in words, properties and pictures described.

        `alts` are the alternative texts of pictures, by their bytes.
        """
        self.render(context, ENVIRONMENT)
        document = self.docx
        numbering = document.part.numbering_part.element if _has_numbering(document) else None
        finish_body(document.element.body, document.styles.element, numbering, context["cited"])
        for picture in document.element.body.iter(PICTURE):
            if alt := alts.get(self._find_picture(picture)):
                picture.set("descr", alt)
                picture.set("name", "Picture")
        _take_out_comments(document)
        properties = document.core_properties
        properties.title, properties.author, properties.subject = (_shorten(one) for one in (title, author, subject))
        properties.language, properties.last_modified_by, properties.comments = "en-GB", properties.author, ""
        properties.created = properties.modified = _NO_DATE
        properties.revision = 1
        return save_document(document, fast=True)


def _take_out_comments(document: Any) -> None:
    """Remove what authors of a template wrote to each other in comments."""
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in list(document.element.body.iter(f"{W}{tag}")):
            mark.getparent().remove(mark)
    relations = document.part.rels
    for key in [key for key, one in relations.items() if _COMMENTS.search(one.reltype)]:
        del relations[key]


def _shorten(text: str) -> str:
    """Cut a text to 255 letters, the most a property of a Word file may have."""
    return text if len(text) <= 255 else f"{text[:254]}…"


def _has_numbering(document: Any) -> bool:
    return any(relation.reltype.endswith("/numbering") for relation in document.part.rels.values())
