"""Lay an authority's house style over a Word template: its styles by name, its lists, its page, header and footer."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from lxml import etree

from generator.base.errors import TemplateError
from generator.papers.card import Card
from generator.papers.render.packageparts import copy_part, find_part, open_document
from generator.papers.render.page import take_page
from generator.papers.render.sizes import choose_reading, set_for_reading
from generator.papers.render.stylesheet import take_styles


def lay_over(paper: bytes, house: bytes, card: Card, *, paper_name: str, house_name: str) -> bytes:
    """Return the template `paper` in the look of `house`, in the size that the card's reader needs.

    From the house style come the styles, by name; the formats of its lists; fonts and colours of its theme; paper size
    and margins; header and footer with their pictures. Its own text and its properties are left out, and so are the
    paper's own header and footer. Where its header and footer do not say DRAFT and who may have the paper, these are
    added. Raises TemplateError, by name, for a file that is no Word file, or whose margins hold more than text,
    pictures and links.
    """
    target, source = open_document(paper, paper_name), _open_house(house, house_name)
    out = io.BytesIO()
    try:
        take_styles(target, source)
        _take_theme(target, source)
        take_page(target, source, house_name)
        set_for_reading(target, choose_reading(card))
        target.save(out)
    except (AttributeError, KeyError, TypeError, ValueError, etree.XMLSyntaxError):
        # Numbers that are none, parts that lead nowhere: Word writes no such file.
        raise TemplateError(
            f"The house style {house_name} cannot be laid over {paper_name}: one of them is damaged. "
            "Open both in Word and save them again"
        ) from None
    return out.getvalue()


@lru_cache(maxsize=2)
def _open_house(house: bytes, name: str) -> Any:
    # Nothing is changed in it, so that one serves for all papers.
    return open_document(house, name)


def _take_theme(paper: Any, house: Any) -> None:
    """Copy the fonts and colours to which styles refer by role, such as heading font or accent 1."""
    theme = find_part(house, RT.THEME)
    if theme is None:
        return
    copied = copy_part(theme, paper.part.package, PackURI("/word/theme/theme1.xml"), CT.OFC_THEME, "its theme")
    for key in [key for key, relation in paper.part.rels.items() if relation.reltype == RT.THEME]:
        del paper.part.rels[key]
    paper.part.relate_to(copied, RT.THEME)
