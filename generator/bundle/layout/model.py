"""The rows of a layout, and the layout that holds them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from generator.base.english import count_of
from generator.base.errors import Level
from generator.bundle.layout.checks import Check, DocumentLimitCheck, KindsLeftOutCheck, PageLimitCheck, PlainCheck
from generator.bundle.layout.values import Count, Key, LayoutRow, Line
from generator.case.facts import Day, Yes
from generator.case.words import EvidenceKind


class Sure(StrEnum):
    """How well a rule is known."""

    PRIMARY = "primary text"
    TWO_SECONDARY = "two secondary sources"
    ONE_SECONDARY = "one secondary source"
    CARRIED_OVER = "carried over from the old text"
    NOT_FOUND = "not found in the new text"


class LatePages(StrEnum):
    """Where a page goes that is filed after the others: they keep their numbers in either case."""

    LETTERED = "lettered"
    """After the page it belongs to, as B12a."""
    AT_THE_END = "at_the_end"
    """At the end of its section, with the next number."""


def _read_check(value: Any) -> Any:
    """A check without numbers may be written as its name alone."""
    return {"name": value} if isinstance(value, str) else value


class Sourced(LayoutRow):
    """A row of the layout with where it comes from. `fallback` marks what a person must still confirm.

    `source` and `checked_on` are those of the file where the row names none of its own.
    """

    sure: Sure
    paragraph: Line | None = None
    fallback: Yes = False
    source: Line | None = None
    checked_on: Day | None = None
    level: Level | None = None

    @model_validator(mode="after")
    def _mark_what_is_unsure(self) -> Sourced:
        if self.fallback != (self.sure in (Sure.CARRIED_OVER, Sure.NOT_FOUND)):
            raise ValueError("must say fallback: yes exactly where the new text does not say so")
        if self.fallback and self.level is Level.MUST:
            raise ValueError("may not be level: must where the new text does not say so")
        return self

    @property
    def binding(self) -> Level:
        """How binding it is: must where its text was read or two sources agree, unless the row says otherwise."""
        if self.level:
            return self.level
        return Level.MUST if self.sure in (Sure.PRIMARY, Sure.TWO_SECONDARY) else Level.SHOULD


class LayoutSection(Sourced):
    """One section: the letter before its page numbers, and its title in the index."""

    id: Key
    letter: Annotated[str, StringConstraints(pattern="^[A-Z]$")]
    title: Line


class LayoutRule(Sourced):
    """One rule, said in a sentence, and what a program looks at to see whether it is kept."""

    id: Key
    says: Line
    check: Annotated[Check, Field(discriminator="name")] | None = Field(default=None)

    @model_validator(mode="before")
    @classmethod
    def _spell_out_check(cls, row: Any) -> Any:
        if isinstance(row, dict) and "check" in row:
            return {**row, "check": _read_check(row["check"])}
        return row


class LayoutNumbering(Sourced):
    """How pages are numbered."""

    id: Key = "numbering"
    style: Literal["restarts in each section"]
    says: Line


class LayoutPageLimit(Sourced):
    """How many pages the bundle may have without the court's permission."""

    id: Key = "page-limit"
    pages: Count
    says: Line


class LeftOut(Sourced):
    """What may not be in the bundle unless the court directs otherwise."""

    id: Key
    says: Line
    kinds: tuple[EvidenceKind, ...] = ()
    words: tuple[Line, ...] = ()


class DocumentLimit(Sourced):
    """How many pages one kind of paper may have."""

    id: Key
    pages: Count
    says: Line
    kinds: tuple[EvidenceKind, ...] = ()
    words: tuple[Line, ...] = ()


class BundleLayout(LayoutRow):
    """A whole layout, with that of the layouts it extends."""

    extends: Key | None = None
    title: Line
    source: Line
    in_force_from: Day
    checked_on: Day
    late_pages: LatePages = LatePages.LETTERED
    sections_left_out: tuple[Key, ...] = ()
    sections: tuple[LayoutSection, ...]
    numbering: LayoutNumbering
    page_limit: LayoutPageLimit
    rules: tuple[LayoutRule, ...] = ()
    never_included: tuple[LeftOut, ...] = ()
    document_limits: tuple[DocumentLimit, ...] = ()

    def list_rules(self) -> tuple[LayoutRule, ...]:
        """Every rule of the layout in one form: numbering, page limit, rules, what is left out, how long papers are."""
        numbering, limit = self.numbering, self.page_limit
        return (
            _make_rule(numbering, numbering.id, numbering.says, PlainCheck(name="numbering")),
            _make_rule(limit, limit.id, limit.says, PageLimitCheck(pages=limit.pages)),
            *self.rules,
            *(
                _make_rule(
                    row,
                    row.id,
                    f"Not in the bundle unless the court directs otherwise: {row.says}",
                    KindsLeftOutCheck(kinds=row.kinds, words=row.words) if row.kinds else None,
                )
                for row in self.never_included
            ),
            *(
                _make_rule(
                    row,
                    f"{row.id}-length",
                    f"{row.says}: at most {count_of(row.pages, 'page')}",
                    DocumentLimitCheck(kinds=row.kinds, pages=row.pages, words=row.words) if row.kinds else None,
                )
                for row in self.document_limits
            ),
        )


def _make_rule(row: Sourced, named: str, says: str, check: Check | None) -> LayoutRule:
    # model_construct would skip the checks of a rule; the row has passed them already, and lines may grow longer.
    return LayoutRule.model_construct(
        id=named,
        says=says,
        check=check,
        sure=row.sure,
        paragraph=row.paragraph,
        fallback=row.fallback,
        source=row.source,
        checked_on=row.checked_on,
        level=row.level,
    )
