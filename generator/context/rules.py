"""What papers print of the procedure: who must be invited, what must be covered, and how far the rules are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.case import Child, Disclosure, Meeting, say_words
from generator.clock import Jurisdiction
from generator.compliance import Compliance, Outcome, Ruling, say_guest
from generator.context.scene import Scene
from generator.dates import speak
from generator.disclosure import Withheld
from generator.procedure import Happens, Invites, Options, Procedure
from generator.terms import EVENTS, Item, Unknown, View, find_occurrences


def show_procedure(scene: Scene) -> dict[str, Any]:
    """The procedure that the case follows, and those that it extends."""
    procedure = scene.compliance.procedure
    opening = procedure.opening
    return {
        "name": procedure.name,
        "names": list(procedure.lineage),
        "title": opening.title,
        "publisher": opening.publisher,
        "edition": opening.edition,
        "checked_on": speak(opening.checked_on),
        "scottish": procedure.jurisdiction is Jurisdiction.SCOTLAND,
    }


def show_meeting_rules(meeting: Meeting, scene: Scene, children: Sequence[Child]) -> dict[str, Any]:
    """For an agenda and its minutes: who must be invited, the options on offer at each child's age, who gets a copy."""
    if not scene.lens.sees(Disclosure.PLANNING):
        return {}
    views = [_view(child, scene, meeting) for child in children]
    procedure = scene.compliance.procedure
    return {
        "must_invite": [*_list_guests(procedure, views)],
        "options_offered": [*_list_options(procedure, views)],
        "copies": [*_list_copies(meeting, scene)],
    }


def _view(child: Child, scene: Scene, meeting: Meeting) -> View:
    day = meeting.starts_at.date()
    return View(scene.case, child, scene.compliance.on, scene.compliance.procedure.jurisdiction, day, Item(meeting))


def _list_guests(procedure: Procedure, views: Sequence[View]) -> Iterator[dict[str, Any]]:
    for rule in procedure.rules:
        if not isinstance(rule.asks, Invites):
            continue
        for view in views:
            # Whether a rule applies may be unknown before the meeting; then the chair should see it.
            if rule.when and rule.when.run(view) is False:
                continue
            guests = [one for one in rule.asks.guests if one.when is None or one.when.run(view) is not False]
            if guests:
                who = [" or ".join(say_guest(name) for name in one.any_of) for one in guests]
                yield {"who": who, "says": rule.entry.says, "level": rule.level.value, "cite": rule.cite}
                break


def _list_options(procedure: Procedure, views: Sequence[View]) -> Iterator[dict[str, Any]]:
    for view in views:
        found = [
            rule.asks
            for rule in procedure.rules
            if isinstance(rule.asks, Options) and (rule.when is None or rule.when.run(view) is True)
        ]
        offered = dict.fromkeys(kind for asks in found for kind in (*asks.consider, *asks.allow))
        if offered:
            yield {"child_name": view.child.name.short, "options": [say_words(kind.value) for kind in offered]}


def _list_copies(meeting: Meeting, scene: Scene) -> Iterator[dict[str, Any]]:
    """Copies that the procedure asks for after this meeting, each with its day and whether it went."""
    for ruling in scene.compliance.rulings:
        asks = ruling.rule.asks
        if not (isinstance(asks, Happens) and asks.to) or ruling.outcome is Outcome.DOES_NOT_APPLY:
            continue
        if ruling.item.split(" ")[0] == meeting.id:
            yield {
                "paper": asks.paper,
                "to": [say_words(one) for one in asks.to],
                "due": speak(ruling.due),
                "sent_on": speak(ruling.done),
                "says": ruling.rule.entry.says,
            }


def show_compliance(child: Child, scene: Scene) -> Any:
    """How far the rules are kept for one child: for the authority's own papers alone."""
    if not scene.lens.sees(Disclosure.WORKING):
        return Withheld("compliance", scene.lens.audience)
    compliance = scene.compliance
    rulings = [one for one in compliance.of_child(child.id) if one.outcome is not Outcome.DOES_NOT_APPLY]
    return {
        "on": speak(compliance.on),
        "subjects": [
            {"title": title, "rules": [_show_ruling(one) for one in rulings if _subject_of(one) == title]}
            for title in dict.fromkeys([*_SUBJECTS.values(), _REST])
            if any(_subject_of(one) == title for one in rulings)
        ],
        "counts": {
            outcome.name.lower(): sum(one.outcome is outcome and one.overridden is None for one in rulings)
            for outcome in Outcome
        }
        | {"set_aside": sum(one.overridden is not None for one in rulings)},
        "set_aside": [_show_ruling(one) for one in rulings if one.overridden],
        "happened": _show_happened(child, compliance, scene),
    }


def _show_ruling(ruling: Ruling) -> dict[str, Any]:
    override = ruling.overridden
    return {
        "says": ruling.rule.entry.says,
        "level": ruling.rule.level.value,
        "ref": ruling.rule.entry.ref,
        "cite": ruling.rule.cite,
        "outcome": ruling.outcome.value,
        "outcome_code": ruling.outcome.name.lower(),
        "item": ruling.item,
        "due": speak(ruling.due),
        "done": speak(ruling.done),
        "working": list(ruling.working),
        "needs": list(ruling.needs),
        "blocks": list(ruling.rule.blocks),
        "set_aside_because": override.reason if override else None,
        "set_aside_by": override.by if override else None,
        "set_aside_on": speak(override.on) if override else None,
    }


_SUBJECTS = {
    "meetings": "Agenda and minutes of planning meetings",
    "reviews": "Reviews",
    "plans": "Permanence plan",
    "options": "Permanence plan",
    "reports": "Child’s permanence report",
    "iro_views": "Reviewing officer’s summary or challenge",
    "adm_decisions": "Decision maker’s record and letters",
    "court": "Court and final evidence",
    "orders": "Court and final evidence",
    "placements": "Home and carers",
    "children": "The child",
    "people": "The family",
}
_REST = "Other records"


def _subject_of(ruling: Ruling) -> str:
    """The papers that a rule touches: told by the place in the case file that it asks about first."""
    asks = ruling.rule.asks
    places = [EVENTS[name].write for name in asks.events if name in EVENTS] if isinstance(asks, Happens) else []
    if ruling.rule.entry.each[:1] == ("meeting",):
        places.append("meetings")
    if ruling.rule.entry.each[:1] == ("decision",):
        places.append("adm_decisions")
    if ruling.rule.entry.each[:1] == ("review",):
        places.append("reviews")
    places += [place for condition in _conditions(ruling) for place in condition]
    return next((_SUBJECTS[place.split(".")[0]] for place in places if place.split(".")[0] in _SUBJECTS), _REST)


def _conditions(ruling: Ruling) -> Iterator[list[str]]:
    asks = ruling.rule.asks
    for fact in getattr(asks, "facts", ()):
        yield [_SHELVES.get(fact.source.split(".")[0], fact.source)]
    yield list(ruling.needs)


_SHELVES = {
    "plan": "plans",
    "report": "reports",
    "decision": "adm_decisions",
    "iro_view": "iro_views",
    "child": "children",
    "placement": "placements",
}


def _show_happened(child: Child, compliance: Compliance, scene: Scene) -> dict[str, Any]:
    """The last day of every event that the procedure knows, by name, for checklists."""
    view = View(scene.case, child, compliance.on, compliance.procedure.jurisdiction, compliance.on)
    shown: dict[str, Any] = {}
    for name, label in compliance.procedure.events.items():
        if name in EVENTS and EVENTS[name].scope != "child":
            continue
        found = find_occurrences(view, name)
        days = [] if isinstance(found, Unknown) else [one for one in found if one.on <= compliance.on]
        shown[name] = {
            "label": label,
            "on": speak(days[-1].on) if days else None,
            "note": days[-1].note if days else None,
        }
    return shown
