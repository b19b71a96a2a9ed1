"""Facts that cannot stand together: ids that lead nowhere, ids used twice, dates in an impossible order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.case.family import Case
from generator.case.references import Contradiction, find_broken_references, find_repeated_ids
from generator.case.words import IroOutcome, RelationshipKind
from generator.yamlfile import Path_

_BIRTH_PARENTS = (RelationshipKind.MOTHER, RelationshipKind.FATHER)


def find_contradictions(case: Case) -> list[Contradiction]:
    """Everything in the file that cannot be true together. An empty list means that references and dates hold."""
    return [*find_repeated_ids(case), *find_broken_references(case), *_find_impossible_dates(case)]


def _find_impossible_dates(case: Case) -> Iterator[Contradiction]:
    born = {child.id: child.born_on for child in case.children}

    def after(path: Path_, day: dt.date | None, other: dt.date | None, what: str) -> Iterator[Contradiction]:
        if day and other and day < other:
            yield Contradiction("C006", path, f"This date is before {what}", "check both dates")

    for i, child in enumerate(case.children):
        yield from after(
            ("children", i, "looked_after_from"), child.looked_after_from, child.born_on, "the child was born"
        )
        for j, setting in enumerate(child.education.settings):
            yield from after(
                ("children", i, "education", "settings", j, "ended_on"),
                setting.ended_on,
                setting.started_on,
                "it began",
            )
    for i, person in enumerate(case.people):
        yield from after(("people", i, "died_on"), person.died_on, person.born_on, "the person was born")
        for tie in person.relationships:
            if tie.to in born and tie.kind in _BIRTH_PARENTS and person.born_on and person.born_on >= born[tie.to]:
                yield Contradiction(
                    "C006", ("people", i, "born_on"), "This parent would be younger than the child", "check both dates"
                )
    for i, placement in enumerate(case.placements):
        yield from after(
            ("placements", i, "started_on"), placement.started_on, born.get(placement.child), "the child was born"
        )
        yield from after(("placements", i, "ended_on"), placement.ended_on, placement.started_on, "the placement began")
    for i, order in enumerate(case.orders):
        yield from after(("orders", i, "ended_on"), order.ended_on, order.made_on, "the order was made")
    for i, plan in enumerate(case.plans):
        yield from after(("plans", i, "agreed_on"), plan.agreed_on, born.get(plan.child), "the child was born")
    for i, meeting in enumerate(case.meetings):
        start = meeting.starts_at.date()
        if meeting.ends_at and meeting.ends_at < meeting.starts_at:
            yield Contradiction(
                "C006", ("meetings", i, "ends_at"), "This meeting ends before it starts", "check both times"
            )
        if meeting.next_meeting_at and meeting.next_meeting_at < meeting.starts_at:
            yield Contradiction(
                "C006", ("meetings", i, "next_meeting_at"), "The next meeting is before this one", "check both times"
            )
        yield from after(("meetings", i, "minutes_agreed_on"), meeting.minutes_agreed_on, start, "the meeting")
        yield from after(("meetings", i, "minutes_sent_on"), meeting.minutes_sent_on, start, "the meeting")
        for j, told in enumerate(meeting.parents_told):
            yield from after(("meetings", i, "parents_told", j, "told_on"), told.told_on, start, "the meeting")
    for i, review in enumerate(case.reviews):
        for key in ("held_on", "booked_for"):
            day = getattr(review, key)
            for child_id in review.children or tuple(born):
                if day and child_id in born and day < born[child_id]:
                    yield Contradiction(
                        "C006", ("reviews", i, key), "This review is before the child was born", "check both dates"
                    )
                    break
    for i, report in enumerate(case.reports):
        yield from after(("reports", i, "dated"), report.dated, born.get(report.child), "the child was born")
    for i, decision in enumerate(case.adm_decisions):
        yield from after(
            ("adm_decisions", i, "decided_on"),
            decision.decided_on,
            decision.met_on,
            "the decision maker met the adviser",
        )
        yield from after(("adm_decisions", i, "signed_on"), decision.signed_on, decision.decided_on, "the decision")
        for j, notified in enumerate(decision.parents_notified):
            at: Path_ = ("adm_decisions", i, "parents_notified", j)
            yield from after((*at, "told_on"), notified.told_on, decision.decided_on, "the decision")
            yield from after(
                (*at, "letter_dated"), notified.letter_dated, notified.told_on, "the conversation with this parent"
            )
            yield from after(
                (*at, "letter_sent_on"), notified.letter_sent_on, notified.letter_dated, "the date of the letter"
            )
    for i, view in enumerate(case.iro_views):
        if view.outcome is IroOutcome.CHALLENGES:
            yield from after(
                ("iro_views", i, "manager_responded_on"), view.manager_responded_on, view.on, "the challenge"
            )
    if case.court:
        for i, direction in enumerate(case.court.directions):
            yield from after(("court", "directions", i, "due_on"), direction.due_on, direction.ordered_on, "the order")
