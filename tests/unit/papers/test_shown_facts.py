"""A worked-out fact has one declaration: what a template is given and what is said of it are made from that."""

from __future__ import annotations

import datetime as dt
from typing import NoReturn

import pytest

from generator.base import resources
from generator.base.dates import SpokenDate
from generator.base.resources import SearchPath
from generator.case.audience import Audience
from generator.case.facts import Disclosure
from generator.case.load import load_case
from generator.case.words import PlanKind
from generator.disclosure.lens import Lens, Withheld
from generator.papers.facts.declare import Shown, shown
from generator.papers.facts.describe import PaperKind, describe_group
from generator.papers.facts.types import DateType, HiddenType, LeftOutType, TextType
from generator.papers.facts.view import PaperShape, ReaderView
from generator.papers.facts.written import SeenBy
from generator.rules.rulebook import judge

ON = dt.date(2026, 11, 22)


class Sample(Shown, says="sample", seen_as=Disclosure.OPEN):
    @shown("A day", example="1 June 2026")
    def day(self) -> dt.date | None:
        return self.view.on

    @shown("A plan", example="adoption")
    def plan(self) -> PlanKind:
        return PlanKind.LONG_TERM_FOSTERING

    @shown("For the authority alone", seen_as=Disclosure.PRIVATE)
    def secret(self) -> str:
        return self._fail()

    @shown("Left out for everybody else", seen_as=Disclosure.PRIVATE, unseen=None)
    def left_out(self) -> str | None:
        return self._fail()

    @shown("In a paper about a meeting", given="meeting")
    def of_meeting(self) -> str:
        return "meeting"

    def _fail(self) -> NoReturn:
        pytest.fail("a fact was worked out for a reader who may not see it")


def look(audience: Audience, *units: str) -> Sample:
    loaded = load_case(resources.SAMPLES / "barest")
    view = ReaderView(loaded.case, judge(loaded, ON, SearchPath()), Lens(audience), ON, PaperShape(frozenset(units)))
    return Sample(view)


def test_a_fact_is_withheld_before_it_is_worked_out() -> None:
    seen = look(Audience.COURT)
    assert isinstance(seen["secret"], Withheld)
    assert seen["left_out"] is None


def test_days_and_words_are_shown_as_papers_print_them() -> None:
    seen = look(Audience.COURT)
    assert isinstance(seen["day"], SpokenDate)
    assert (seen["plan"], seen["plan_code"]) == ("long-term fostering", "long_term_fostering")


def test_a_fact_stands_only_in_papers_about_its_subject() -> None:
    assert "of_meeting" not in look(Audience.COURT)
    assert look(Audience.COURT, "meeting")["of_meeting"] == "meeting"


def test_types_are_told_from_the_same_declarations() -> None:
    kinds = describe_group(Sample, PaperKind(SeenBy(Audience.COURT))).facts
    assert kinds.keys() == {*look(Audience.COURT)}
    assert (kinds["day"].kind, kinds["day"].optional) == (DateType(), True)
    assert isinstance(kinds["plan_code"].kind, TextType)
    assert "adoption" in kinds["plan_code"].kind.words
    assert isinstance(kinds["secret"].kind, HiddenType)
    assert isinstance(kinds["left_out"].kind, LeftOutType)
    assert isinstance(describe_group(Sample, PaperKind(SeenBy(Audience.INTERNAL))).facts["secret"].kind, TextType)
