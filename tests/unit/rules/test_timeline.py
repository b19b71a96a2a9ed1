"""The days of a case in order, as text, as a calendar that names nobody, and side by side under several procedures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from icalendar import Calendar

from generator.case.load import LoadedCase
from generator.jobs.run import Run
from generator.jobs.side_by_side import show_side_by_side
from generator.jobs.timeline import show_timeline
from generator.meetings.calendar import write_calendar
from generator.reports.side_by_side import SideBySide
from generator.rules.judging.judge import Compliance
from generator.rules.timeline import Status, Timeline, make_timeline
from places import ROOT

CASES = ROOT / "data" / "cases"
ON = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def rowan(samples: dict[str, LoadedCase], judge: Callable[..., Compliance]) -> Timeline:
    case = samples["rowan"].case
    return make_timeline(case, judge(case))


def test_days_stand_in_order(rowan: Timeline) -> None:
    days = [entry.on for entry in rowan.entries]
    assert days == sorted(days)
    assert days[0] == dt.date(2025, 3, 14)


def test_what_lies_ahead_is_booked_and_not_happened(rowan: Timeline) -> None:
    assert not [one for one in rowan.entries if one.on > ON and one.status is Status.HAPPENED]
    assert not [one for one in rowan.entries if one.on <= ON and one.status is Status.BOOKED]
    assert [one.on for one in rowan.entries if one.what == "Final hearing"] == [dt.date(2026, 12, 14)]


def test_a_due_day_names_its_rule_its_source_and_its_counting(rowan: Timeline) -> None:
    found = {one.rule: one for one in rowan.entries if one.rule}
    first = found["hertfordshire-2024/first-meeting"]
    assert first.on == dt.date(2026, 8, 4)
    assert first.status is Status.MET
    assert "10 weeks is 70 days" in first.working
    assert "Hertfordshire" in first.source


def test_a_rule_that_was_set_aside_says_so_with_its_reason(rowan: Timeline) -> None:
    (found,) = [one for one in rowan.entries if one.status is Status.SET_ASIDE]
    assert found.rule == "hertfordshire-2024/fostering-manager-consulted"
    assert "Set aside by Farida Sesay, service manager on 12 October 2026: Lorna Kincaid" in found.source


def test_nothing_stands_twice(rowan: Timeline) -> None:
    assert len({*rowan.entries}) == len(rowan.entries)
    happened = [(one.on, one.child, one.what) for one in rowan.entries if not one.rule]
    assert len({*happened}) == len(happened)


@pytest.mark.parametrize("name", ["rowan", "siblings", "fullest", "long-term-fostering"])
def test_a_calendar_names_nobody(name: str, samples: dict[str, LoadedCase], judge: Callable[..., Compliance]) -> None:
    case = samples[name].case
    text = write_calendar(make_timeline(case, judge(case, dt.date(2026, 6, 1)))).decode()
    folded = text.replace("\r\n ", "").lower()
    names = [person.name for person in case.people] + [child.name for child in case.children]
    parts = {part for name_ in names for part in (name_.given, name_.family) if part}
    words = {word.lower() for part in parts for word in part.split() if len(word) > 3}
    assert [word for word in sorted(words) if f" {word}" in folded] == []
    assert case.reference.lower() not in folded


def test_a_calendar_can_be_read_and_repeats_byte_for_byte(rowan: Timeline) -> None:
    content = write_calendar(rowan)
    assert content == write_calendar(rowan)
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == sum(one.status in (Status.BOOKED, Status.DUE, Status.OVERDUE) for one in rowan.entries)
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert {str(event["SUMMARY"]).split(":")[0] for event in events} == {"RIHO"}


def test_a_calendar_entry_keeps_its_identity_when_its_day_changes(
    samples: dict[str, LoadedCase], judge: Callable[..., Compliance]
) -> None:
    case = samples["rowan"].case
    assert case.court
    moved = case.court.model_copy(update={"final_evidence_due_on": dt.date(2026, 12, 1)})
    days = [
        {str(event["UID"]): event.start for event in Calendar.from_ical(content).events}
        for one in (case, case.model_copy(update={"court": moved}))
        for content in [write_calendar(make_timeline(one, judge(one, dt.date(2026, 10, 1))))]
    ]
    assert {(days[0][uid], days[1][uid]) for uid in days[0] if days[0][uid] != days[1].get(uid)} >= {
        (dt.date(2026, 11, 13), dt.date(2026, 12, 1))
    }


def test_a_timeline_can_start_on_a_day(rowan: Timeline) -> None:
    assert min(one.on for one in rowan.since(ON).entries) >= ON


def test_a_case_can_be_read_under_another_procedure() -> None:
    found = show_timeline(CASES / "rowan", Run(ON), procedure="permanence-planning-2024")
    assert found.procedure == "permanence-planning-2024"
    assert {one.rule.split("/")[0] for one in found.entries if one.rule} <= {"permanence-planning-2024", "england"}


@pytest.fixture(scope="module")
def comparison() -> SideBySide:
    return show_side_by_side(CASES / "rowan", Run(ON))


def test_a_comparison_holds_every_english_procedure_and_no_scottish_one(comparison: SideBySide) -> None:
    assert comparison.procedures == (
        "england",
        "hertfordshire-2024",
        "permanence-planning-2024",
        "permanence-policy-2016",
        "south-west",
    )


def test_a_comparison_shows_where_they_differ_and_averages_nothing(comparison: SideBySide) -> None:
    first = next(one for one in comparison.differences if one.topic.id == "K1")
    dues = {name: {one.due for one in rulings} for name, rulings in first.rulings.items()}
    assert dues["hertfordshire-2024"] >= {dt.date(2026, 8, 4)}
    assert dues["england"] == set()
    for difference in comparison.differences:
        told = {
            tuple(sorted((one.outcome, str(one.due)) for one in rulings)) for rulings in difference.rulings.values()
        }
        assert len(told) > 1


def test_each_ruling_of_a_comparison_is_the_procedures_own(comparison: SideBySide) -> None:
    for difference in comparison.differences:
        for name, rulings in difference.rulings.items():
            assert {one.rule.procedure for one in rulings} <= {name}
