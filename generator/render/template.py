"""The one place that knows docxtpl: strict, sandboxed, cached, and the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import re
import traceback
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
from docx.opc.pkgwriter import _ContentTypesItem
from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from lxml import etree

from generator.errors import TemplateError, UnsafeToDiscloseError
from generator.expressions import compile_template, make_environment, refusing
from generator.expressions.sandbox import limited_work
from generator.render.finish import finish_body

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_STRICT = etree.XMLParser(recover=False, resolve_entities=False, no_network=True, huge_tree=True)
_REVISIONS = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_TEXT = 60_000_000
"""LibreOffice needs more than a minute for more."""
_PARAGRAPH, _ELEMENT = re.compile(r"<w:p([ >])"), re.compile(r"<[^<>]*>")
_MOST_WORDS = 70
_MEDIA = (".png", ".jpg", ".jpeg")

ENVIRONMENT = make_environment(autoescape=True)


@lru_cache(maxsize=512)
def _compile(source: str) -> Template:
    return compile_template(ENVIRONMENT, source)


class PaperTemplate(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """A Word template whose damage is an error. `name` is for messages."""

    _patched: dict[str, str] = {}  # noqa: RUF012 - shared on purpose: templates are the same for all papers

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(io.BytesIO(content))
        self._name = name
        try:
            self.init_docx()
        except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
            raise TemplateError(f"The template {name} is not a Word file. Save it in Word as .docx") from None

    def patch_xml(self, src_xml: str) -> str:
        """A part of the template with its tags cleaned, from memory where it was cleaned before."""
        # docxtpl cleans a template with regular expressions; that is a third of the work, and the same every time.
        if src_xml not in self._patched:
            self._refuse_revisions(src_xml)
            self._patched[src_xml] = super().patch_xml(src_xml)
        return self._patched[src_xml]

    def _refuse_revisions(self, xml: str) -> None:
        if any(f"<{tag} " in xml for tag in _REVISIONS):
            raise TemplateError(
                f"The template {self._name} has tracked changes. Accept or reject them in Word, and save it again"
            )

    def render_xml_part(self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Any = None) -> str:  # noqa: ARG002 - docxtpl passes it
        """One part of the file, filled in. Broken XML is an error here: docxtpl would mend it by deleting text."""
        self.current_rendering_part = part
        with self._naming_place(src_xml, context), refusing(f"The template {self._name}"):
            filled = str(self.resolve_listing(_compile(src_xml).render(context)))
            if len(filled) > _MOST_TEXT:
                raise SecurityError("it makes more text than a Word file can hold")
            content = filled.encode()
        try:
            tree = etree.fromstring(content, parser=_STRICT)
        except etree.XMLSyntaxError:
            raise TemplateError(f"The template {self._name} gives a damaged {part.partname}: check its tags") from None
        if any(_stands_in_a_line(paragraph) for paragraph in tree.iter(f"{_W}p")):
            raise TemplateError(f"The template {self._name} puts paragraphs inside a line: write {{{{p …}}}} for prose")
        return filled

    @contextmanager
    def _naming_place(self, source: str, context: Mapping[str, Any]) -> Iterator[None]:
        """Where a tag of this part cannot be filled in, the error ends with the words of its paragraph."""
        try:
            yield
        except TemplateError as error:
            words = _find_words(source, context)
            raise TemplateError(f"{error.summary}, near “{words}”" if words else error.summary) from None

    def list_sources(self) -> Iterator[tuple[str, str]]:
        """Every part that is filled in, by its name, as text with clean tags."""
        yield "text", self.patch_xml(self.get_xml())
        for name, kind in (("header", self.HEADER_URI), ("footer", self.FOOTER_URI)):
            for _, part in self.get_headers_footers(kind):
                yield name, self.patch_xml(self.get_part_xml(part))

    def render_properties(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """Properties are set by `fill`, from facts and not from tags."""

    def fill(self, context: Mapping[str, Any], *, title: str, author: str, subject: str, alt: str = "") -> bytes:
        """The finished Word file: `context` filled in, citations said in words, properties and picture described."""
        self.render(context, ENVIRONMENT)
        document = self.docx
        numbering = document.part.numbering_part.element if _has_numbering(document) else None
        finish_body(document.element.body, numbering, context["cited"])
        for picture in document.element.body.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
        ):
            picture.set("descr", alt)
            picture.set("name", "Picture")
        properties = document.core_properties
        properties.title, properties.author, properties.subject = (_shorten(one) for one in (title, author, subject))
        properties.language, properties.last_modified_by, properties.comments = "en-GB", properties.author, ""
        properties.created = properties.modified = _NO_DATE
        properties.revision = 1
        return _write_package(document.part.package)


def _find_words(source: str, context: Mapping[str, Any]) -> str | None:
    """The words of the paragraph at whose tags the filling-in of a part fails; None where that cannot be told."""
    # Jinja tells lines, and a part has few: here each paragraph is given a line of its own.
    lines = _PARAGRAPH.sub(r"\n<w:p\1", source)
    line = None
    try:
        with limited_work():
            ENVIRONMENT.from_string(lines).render(context)
    except TemplateSyntaxError as error:
        line = error.lineno
    except UnsafeToDiscloseError:
        return None
    except Exception as error:  # noqa: BLE001 - whatever it was is being told already; only its place is wanted
        frames = traceback.extract_tb(error.__traceback__)
        line = next((one.lineno for one in reversed(frames) if one.filename == "<template>"), None)
    written = lines.splitlines()
    words = " ".join(_ELEMENT.sub("", written[line - 1]).split()) if line and line <= len(written) else ""
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1]}…"


def _stands_in_a_line(paragraph: Any) -> bool:
    around = {element.tag for element in paragraph.iterancestors()}
    return not around.isdisjoint({f"{_W}p", f"{_W}r"}) and f"{_W}txbxContent" not in around


def _shorten(text: str) -> str:
    """A property of a Word file has 255 letters at most."""
    return text if len(text) <= 255 else f"{text[:254]}…"


def _has_numbering(document: Any) -> bool:
    return any(relation.reltype.endswith("/numbering") for relation in document.part.rels.values())


def _write_package(package: Any) -> bytes:
    """The package as a zip file in which nothing depends on the time or the machine."""
    out = io.BytesIO()
    parts = list(package.iter_parts())
    with zipfile.ZipFile(out, "w") as archive:
        _write(archive, CONTENT_TYPES_URI, _ContentTypesItem.from_parts(parts).blob)  # type: ignore[no-untyped-call] # python-docx
        _write(archive, PACKAGE_URI.rels_uri, package.rels.xml)
        for part in parts:
            _write(archive, part.partname, part.blob)
            if len(part.rels):
                _write(archive, part.partname.rels_uri, part.rels.xml)
    return out.getvalue()


def _write(archive: zipfile.ZipFile, uri: Any, blob: Any) -> None:
    name = str(uri.membername)
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = 0
    stored = name.lower().endswith(_MEDIA)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    archive.writestr(entry, blob, compresslevel=None if stored else 1)
