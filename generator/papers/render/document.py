"""Write the Word file of a planned paper."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.shared import Cm, Twips
from docxtpl import InlineImage

from generator.base.errors import TemplateError, UnsafeToDiscloseError
from generator.papers.card import Card, PaperTemplate, PlannedDocument, RenderedDocument
from generator.papers.lint.traps import refuse_losses
from generator.papers.render.housestyle import lay_over
from generator.papers.render.page import measure_text
from generator.papers.render.paragraphs import ParagraphMaker
from generator.papers.render.template import ENVIRONMENT, WordTemplate
from generator.papers.word.template_safety import check_template
from generator.rules.expressions.sandbox import meter_text

if TYPE_CHECKING:
    from generator.papers.pictures.kit import DescribedPicture

_PICTURE_WIDTH = Cm(16.6)
"""As wide as a picture may be; less where the text is narrower."""


@lru_cache(maxsize=64)
def _read_template(word: Path, _digest: str, house_style: Path | None, card: Card) -> bytes:
    """Read a template and lay the house style over it. The digest makes a changed file be read again."""
    content = word.read_bytes()
    check_template(content, word.name)
    refuse_losses(content, word.name)
    if house_style is None:
        return content
    house = house_style.read_bytes()
    check_template(house, house_style.name)
    return lay_over(content, house, card, paper_name=word.name, house_name=house_style.name)


def _open_template(template: PaperTemplate) -> WordTemplate:
    house_style = template.house_style
    content = _read_template(template.word, template.digest, house_style, template.card)
    return WordTemplate(content, template.word.name, margins=house_style.name if house_style else "")


def list_sources(template: PaperTemplate) -> tuple[tuple[str, str], ...]:
    """The text with tags of every part of a template that is filled in, by the part's name. Raises TemplateError."""
    return tuple(_open_template(template).list_sources())


def render_document(
    planned: PlannedDocument,
    folder: Path,
    *,
    pictures: Mapping[str, DescribedPicture | tuple[DescribedPicture, ...]] | None = None,
) -> RenderedDocument:
    """Write the paper as a Word file in `folder`. `pictures` are those it shows, by their names in the template.

    Raises TemplateError for a template that cannot be filled in, UnsafeToDiscloseError for one that asks for what its
    reader may not see.
    """
    template = planned.template
    paper = _open_template(template)
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
    alts: dict[bytes, str] = {}

    width = min(_PICTURE_WIDTH, Twips(measure_text(paper.docx.element.body.sectPr)) or _PICTURE_WIDTH)

    def show(picture: DescribedPicture) -> InlineImage:
        alts[picture.png] = picture.alt
        return InlineImage(paper, io.BytesIO(picture.png), width=width)

    for name, drawn in (pictures or {}).items():
        facts[name] = [show(one) for one in drawn] if isinstance(drawn, tuple) else show(drawn)
    authority = str(planned.facts["authority"]["name"])
    reference = str(planned.facts["case"]["reference"])
    try:
        content = paper.fill(facts, title=planned.title, author=authority, subject=reference, alts=alts)
    except UnsafeToDiscloseError as error:
        raise UnsafeToDiscloseError(f"The paper {planned.name} is withheld. {error.summary}") from None
    word = folder / planned.word_name
    word.write_bytes(content)
    return RenderedDocument(planned, word)
