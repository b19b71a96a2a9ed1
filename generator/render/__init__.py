"""Write the Word file of a planned paper, and put bundle pages in the place of its citations."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from docx.shared import Cm
from docxtpl import InlineImage

from generator.document import PaperTemplate as DocumentTemplate
from generator.document import PlannedDocument, RenderedDocument
from generator.errors import TemplateError, UnsafeToDiscloseError
from generator.expressions import meter_text
from generator.render.labels import label_citations, list_citations
from generator.render.paragraphs import ParagraphMaker
from generator.render.template import ENVIRONMENT, PaperTemplate
from generator.render.wordfile import check_template

__all__ = ["label_citations", "list_citations", "list_sources", "render_document"]

_PICTURE_WIDTH = Cm(16.6)


@lru_cache(maxsize=64)
def _read_template(word: Path, _digest: str) -> bytes:
    # The digest stands in the key so that a template changed meanwhile is read again.
    content = word.read_bytes()
    check_template(content, word.name)
    return content


def list_sources(template: DocumentTemplate) -> tuple[tuple[str, str], ...]:
    """The text with tags of every part of a template that is filled in, by the part's name. Raises TemplateError."""
    content = _read_template(template.word, template.digest)
    return tuple(PaperTemplate(content, template.word.name).list_sources())


def render_document(
    planned: PlannedDocument, folder: Path, *, picture: tuple[bytes, str] | None = None
) -> RenderedDocument:
    """The paper as a Word file in `folder`. `picture` is a PNG with its alternative text, for papers that show one.

    Raises TemplateError for a template that cannot be filled in, UnsafeToDiscloseError for one that asks for what its
    reader may not see.
    """
    template = planned.template
    paper = PaperTemplate(_read_template(template.word, template.digest), template.word.name)
    maker = ParagraphMaker(one_idea_a_line=template.card.easy_read)
    ENVIRONMENT.filters["prose"] = meter_text(maker.prose)
    facts: dict[str, Any] = {**planned.facts}
    facts["answers"] = {key: maker.answer(found) for (key, item), found in planned.answers.items() if item is None}

    def ask(question: str, item: str) -> Any:
        if (question, item) not in planned.answers:
            raise TemplateError(
                f"The template {template.word.name} asks {question} of an item that its card does not list"
            )
        return maker.answer(planned.answers[question, item])

    facts["ask"] = ask
    if picture:
        import io

        facts["family_tree"] = InlineImage(paper, io.BytesIO(picture[0]), width=_PICTURE_WIDTH)
    authority = str(planned.facts["authority"]["name"])
    reference = str(planned.facts["case"]["reference"])
    alt = picture[1] if picture else ""
    try:
        content = paper.fill(facts, title=planned.title, author=authority, subject=reference, alt=alt)
    except UnsafeToDiscloseError as error:
        raise UnsafeToDiscloseError(f"The paper {planned.name} is withheld. {error.summary}") from None
    word = folder / planned.word_name
    word.write_bytes(content)
    return RenderedDocument(planned, word)
