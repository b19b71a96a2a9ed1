"""Ids in the case file: every one that leads nowhere, and every one that is used for two things."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.case.family import Case
from generator.case.meeting import Meeting
from generator.yamlfile import Path_


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One impossibility, at a path in the case file. `near` is where the id stands that was probably meant."""

    code: str
    path: Path_
    says: str
    remedy: str
    near: Path_ | None = None


def find_repeated_ids(case: Case) -> Iterator[Contradiction]:
    if not case.children:
        yield Contradiction(
            "C002", ("children",), "children must name at least one child", "children: [{id: rowan, …}]"
        )
    groups: list[tuple[str, list[tuple[Path_, str | None]]]] = [
        (
            "id",
            [(("children", i, "id"), child.id) for i, child in enumerate(case.children)]
            + [(("people", i, "id"), person.id) for i, person in enumerate(case.people)],
        ),
        ("id", [(("meetings", i, "id"), meeting.id) for i, meeting in enumerate(case.meetings)]),
        ("id", [(("adm_decisions", i, "id"), decision.id) for i, decision in enumerate(case.adm_decisions)]),
        ("id", [(("evidence", i, "id"), item.id) for i, item in enumerate(case.evidence)]),
        ("child", [(("reports", i, "child"), report.child) for i, report in enumerate(case.reports)]),
    ]
    if case.court:
        groups.append(
            ("id", [(("court", "directions", i, "id"), item.id) for i, item in enumerate(case.court.directions)])
        )
    for i, meeting in enumerate(case.meetings):
        groups.append(
            ("id", [(("meetings", i, "actions", j, "id"), action.id) for j, action in enumerate(meeting.actions)])
        )
        groups.append(
            ("child", [(("meetings", i, "outcomes", j, "child"), out.child) for j, out in enumerate(meeting.outcomes)])
        )
    for key, ids in groups:
        counts = Counter(value for _, value in ids if value)
        seen: set[str] = set()
        for path, value in ids:
            if value and counts[value] > 1:
                if value in seen:
                    yield Contradiction("C007", path, f"This {key} is used twice", f"give each its own {key}")
                seen.add(value)
    without = Counter(decision.child for decision in case.adm_decisions if not decision.id)
    for i, decision in enumerate(case.adm_decisions):
        if not decision.id and without[decision.child] > 1:
            yield Contradiction(
                "C007",
                ("adm_decisions", i),
                "This child has more than one decision, so each needs an id",
                f"id: adm-{decision.child}-{i + 1}",
            )


def find_broken_references(case: Case) -> Iterator[Contradiction]:
    children = [child.id for child in case.children]
    people = [person.id for person in case.people]
    anyone = children + people

    def missing(kind: str, known: list[str], path: Path_, value: str | None) -> Iterator[Contradiction]:
        if value is None or value in known:
            return
        near = difflib.get_close_matches(value, known, 1)
        remedy = (
            f"{path[-1]}: {near[0]}"
            if near and isinstance(path[-1], str)
            else f"one of: {', '.join(known) or 'none yet'}"
        )
        yield Contradiction("C005", path, f"There is no {kind} with this id", remedy)

    def child(path: Path_, value: str | None) -> Iterator[Contradiction]:
        return missing("child", children, path, value)

    def person(path: Path_, value: str | None) -> Iterator[Contradiction]:
        return missing("person", people, path, value)

    for i, kid in enumerate(case.children):
        for j, tie in enumerate(kid.relationships):
            yield from missing("person or child", anyone, ("children", i, "relationships", j, "with"), tie.person)
        for j, time in enumerate(kid.family_time):
            yield from missing("person or child", anyone, ("children", i, "family_time", j, "with"), time.person)
        for j, sibling in enumerate(kid.siblings):
            yield from missing("person or child", anyone, ("children", i, "siblings", j, "with"), sibling.sibling)
            yield from person(("children", i, "siblings", j, "analysed_by"), sibling.analysed_by)
        for j, wish in enumerate(kid.wishes):
            yield from person(("children", i, "wishes", j, "heard_by"), wish.heard_by)
    for i, human in enumerate(case.people):
        for j, relationship in enumerate(human.relationships):
            yield from child(("people", i, "relationships", j, "to"), relationship.to)
    for name in (
        "placements",
        "orders",
        "plans",
        "options",
        "reports",
        "iro_views",
        "adm_decisions",
        "record",
        "overrides",
    ):
        for i, entry in enumerate(getattr(case, name)):
            yield from child((name, i, "child"), entry.child)
    for i, placement in enumerate(case.placements):
        yield from person(("placements", i, "carer"), placement.carer)
    meeting_ids = [meeting.id for meeting in case.meetings]
    for i, plan in enumerate(case.plans):
        yield from missing("meeting", meeting_ids, ("plans", i, "agreed_at"), plan.agreed_at)
    for i, option in enumerate(case.options):
        yield from person(("options", i, "with"), option.person)
    for i, meeting in enumerate(case.meetings):
        yield from _find_broken_in_meeting(i, meeting, child, person)
    for i, review in enumerate(case.reviews):
        for j, value in enumerate(review.children):
            yield from child(("reviews", i, "children", j), value)
        yield from person(("reviews", i, "chair"), review.chair)
    for i, report in enumerate(case.reports):
        at: Path_ = ("reports", i)
        for who in ("author", "supervisor"):
            if author := getattr(report, who):
                yield from person((*at, who, "person"), author.person)
        yield from person((*at, "health_summary", "written_by"), report.health_summary.written_by)
        for name in ("family_views", "parenting_capacity", "parent_comments"):
            for j, entry in enumerate(getattr(report, name)):
                yield from person((*at, name, j, "person"), entry.person)
        for j, check in enumerate(report.quality_checks):
            yield from person((*at, "quality_checks", j, "by"), check.by)
    for i, view in enumerate(case.iro_views):
        yield from person(("iro_views", i, "iro"), view.iro)
    for i, decision in enumerate(case.adm_decisions):
        yield from person(("adm_decisions", i, "decision_maker"), decision.decision_maker)
        yield from person(("adm_decisions", i, "panel_adviser"), decision.panel_adviser)
        for j, told in enumerate(decision.parents_notified):
            yield from person(("adm_decisions", i, "parents_notified", j, "person"), told.person)
            yield from person(("adm_decisions", i, "parents_notified", j, "told_by"), told.told_by)
    if case.court:
        for i, party in enumerate(case.court.parties):
            yield from missing("person or child", anyone, ("court", "parties", i, "person"), party.person)
    for i, item in enumerate(case.evidence):
        for j, value in enumerate(item.children):
            yield from child(("evidence", i, "children", j), value)


_Check = Callable[[Path_, str | None], Iterator[Contradiction]]


def _find_broken_in_meeting(i: int, meeting: Meeting, child: _Check, person: _Check) -> Iterator[Contradiction]:
    at: Path_ = ("meetings", i)
    for j, value in enumerate(meeting.children):
        yield from child((*at, "children", j), value)
    for key in ("chair", "minute_taker"):
        yield from person((*at, key), getattr(meeting, key))
    for name in ("invited", "not_invited", "parents_told"):
        for j, entry in enumerate(getattr(meeting, name)):
            yield from person((*at, name, j, "person"), entry.person)
    for j, told in enumerate(meeting.parents_told):
        yield from person((*at, "parents_told", j, "told_by"), told.told_by)
    for key in ("adoption_by", "legal_by"):
        yield from person((*at, "advice", key), getattr(meeting.advice, key))
    for name in ("outcomes", "decisions", "actions"):
        for j, entry in enumerate(getattr(meeting, name)):
            yield from child((*at, name, j, "child"), entry.child)
