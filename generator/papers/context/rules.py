"""What papers print of the procedure: who must be invited, what must be covered, and how far the rules are kept."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from generator.base.dates import say_age, say_short_date, speak
from generator.base.working_days import Jurisdiction
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.meeting import Meeting
from generator.case.questions import find_person
from generator.case.words import say_words
from generator.disclosure.lens import Withheld
from generator.papers.context.happened import show_happened
from generator.papers.context.people import show_name, show_role
from generator.papers.context.scene import Scene
from generator.papers.copies import list_asked_copies
from generator.rules.conditions.child_on_day import ChildOnDay, Item
from generator.rules.conditions.derived import say_place
from generator.rules.conditions.events import EVENTS
from generator.rules.judging.guests import list_guests, say_guests
from generator.rules.judging.ruling import GRAVITY, RuleOutcome, Ruling
from generator.rules.procedures.model import Guest, Procedure, Rule


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
        "roles": _show_roles(procedure, scene),
    }


def _show_roles(procedure: Procedure, scene: Scene) -> dict[str, Any]:
    """Each role that the procedure names, by code: what it calls the role, and who in this case holds it."""
    inherited = _show_roles(procedure.extends, scene) if procedure.extends else {}
    mine = {
        role.value: {"title": title, "person": show_role(role, scene)}
        for role, title in procedure.opening.roles.items()
    }
    return inherited | mine


def show_meeting_rules(meeting: Meeting, scene: Scene, children: Sequence[Child]) -> dict[str, Any]:
    """For an agenda and its minutes: who must be invited, the options on offer at each child's age, who gets a copy."""
    if not scene.lens.sees(Disclosure.PLANNING):
        return {}
    views = [_view(child, scene, meeting) for child in children]
    procedure = scene.compliance.procedure
    return {
        "must_invite": [*_list_guests(procedure, views)],
        "must_cover": [*_list_topics(procedure, views)],
        "options_offered": [*_list_options(procedure, views)],
        "copies": _list_copies(meeting, scene),
    }


def _view(child: Child, scene: Scene, meeting: Meeting) -> ChildOnDay:
    day = meeting.starts_at.date()
    return ChildOnDay(
        scene.case, child, scene.compliance.on, scene.compliance.procedure.jurisdiction, day, Item(meeting)
    )


def _list_guests(procedure: Procedure, views: Sequence[ChildOnDay]) -> Iterator[dict[str, Any]]:
    """Whom each rule asks to be invited for one of the children or more; the same people from one place once."""
    seen: list[dict[str, Any]] = []
    for rule in procedure.rules:
        for view in views:
            # Whether a rule applies may be unknown before the meeting; then the chair should see it.
            if guests := list_guests(rule, view):
                asked = {"who": [_say_guests(one) for one in guests]} | _show_rule(rule)
                key = {name: asked[name] for name in ("who", "level", "cite")}
                if key not in seen:
                    yield asked
                seen.append(key)
                break


def _show_rule(rule: Rule) -> dict[str, Any]:
    return {"says": rule.entry.says, "level": rule.level.value, "cite": rule.cite}


def _say_guests(guest: Guest) -> str:
    who = say_guests(guest)
    return f"{who} ({say_words(guest.part.value)})" if guest.part else who


_SAID_THERE = ("meeting.discussion", "meeting.advice", "outcome.discussion", "outcome.sibling_analysis")


def _list_topics(procedure: Procedure, views: Sequence[ChildOnDay]) -> Iterator[dict[str, Any]]:
    """What the procedure wants talked about at a meeting: where its discussion, advice or analysis must be written."""
    for rule in procedure.rules:
        is_said = any(place in fact.source for fact in rule.asks.conditions for place in _SAID_THERE)
        if is_said and (rule.when is None or any(rule.when.run(view) is not False for view in views)):
            yield _show_rule(rule)


def _list_options(procedure: Procedure, views: Sequence[ChildOnDay]) -> Iterator[dict[str, Any]]:
    for view in views:
        found = [
            rule.asks
            for rule in procedure.rules
            if (rule.asks.consider or rule.asks.allow) and (rule.when is None or rule.when.run(view) is True)
        ]
        offered = dict.fromkeys(kind for asks in found for kind in (*asks.consider, *asks.allow))
        # Options to be weighed are no closed list; only a procedure with a matrix says which ones an age allows.
        if any(asks.allow for asks in found):
            yield {
                "child_name": view.child.name.short,
                "age": say_age(view.child.born_on, view.at),
                "options": [say_words(kind.value) for kind in offered],
            }


def _list_copies(meeting: Meeting, scene: Scene) -> list[dict[str, Any]]:
    """Copies that the procedure asks for after this meeting, each once, with its day and whether it went.

    Nothing is listed for a parent to whom no letter may go.
    """
    copies: list[dict[str, Any]] = []
    for one in list_asked_copies(scene.case, meeting, scene.compliance):
        ruling, asks = one.ruling, one.ruling.rule.asks
        copy = {
            "paper": asks.paper or scene.compliance.procedure.label(asks.events[0]),
            "to": [show_name(one.parent, scene.lens)] if one.parent else [say_words(who) for who in asks.to],
            "due": speak(ruling.due),
            "sent_on": speak(ruling.done),
            "says": ruling.rule.entry.says,
        }
        if copy not in copies:
            copies.append(copy)
    return copies


def show_compliance(child: Child, scene: Scene) -> Any:
    """How far the rules are kept for one child: for the authority's own papers alone."""
    if not scene.lens.sees(Disclosure.WORKING):
        return Withheld("compliance", scene.lens.audience)
    compliance = scene.compliance
    every = compliance.of_child(child.id)
    applying = (one for one in every if one.outcome is not RuleOutcome.DOES_NOT_APPLY)
    rulings = sorted(applying, key=lambda one: _STATES.index(_state_of(one)))
    subjects: dict[str, list[Ruling]] = {title: [] for title in _TITLES}
    for one in rulings:
        subjects[_subject_of(one)].append(one)
    return {
        "on": speak(compliance.on),
        "subjects": [
            _show_subject(title, [_show_ruling(one, scene) for one in mine], _count(mine))
            for title, mine in subjects.items()
            if mine
        ],
        "counts": _count(every),
        "set_aside": [_show_ruling(one, scene) for one in rulings if one.overridden],
        "happened": show_happened(child, scene),
    }


def _show_subject(title: str, rules: list[dict[str, Any]], counts: dict[str, int]) -> dict[str, Any]:
    """All rulings, the open ones alone, and those that are met with the answers of one rule together."""
    met: dict[str, list[dict[str, Any]]] = {}
    for one in rules:
        if one["state_code"] == "met":
            met.setdefault(one["name"], []).append(one)
    return {
        "title": title,
        "rules": rules,
        "not_met": [one for one in rules if one["state_code"] != "met"],
        "met": [answers[0] | {"answers": answers} for answers in met.values()],
        "counts": counts,
    }


def _count(rulings: Sequence[Ruling]) -> dict[str, int]:
    states = Counter(_state_of(one) for one in rulings)
    return {state: states[state] for state in _STATES}


_SET_ASIDE = "set_aside"
_STATES = (*(outcome.name.lower() for outcome in GRAVITY), _SET_ASIDE)


def _state_of(ruling: Ruling) -> str:
    """Its outcome as a code; one that somebody has set aside counts as that alone."""
    return _SET_ASIDE if ruling.overridden else ruling.outcome.name.lower()


def _show_ruling(ruling: Ruling, scene: Scene) -> dict[str, Any]:
    override, rule = ruling.overridden, ruling.rule
    return {
        "name": rule.name,
        "ref": rule.entry.ref,
        "state_code": _state_of(ruling),
        "outcome": ruling.outcome.value,
        "outcome_code": ruling.outcome.name.lower(),
        "item": ruling.item,
        "about": _say_item(ruling, scene),
        "due": speak(ruling.due),
        "done": speak(ruling.done),
        "working": list(ruling.working),
        "needs": list(ruling.needs),
        "needs_events": _list_events(ruling, scene),
        "blocks": list(rule.blocks),
        "set_aside_because": override.reason if override else None,
        "set_aside_by": override.by if override else None,
        "set_aside_on": speak(override.on) if override else None,
    } | _show_rule(rule)


def _list_events(ruling: Ruling, scene: Scene) -> list[dict[str, str]]:
    """Where an entry of the record would settle a ruling: the events that it would name."""
    asks, label = ruling.rule.asks, scene.compliance.procedure.label
    if not any(one.startswith("record") for one in ruling.needs):
        return []
    return [{"event": name, "label": label(name)} for name in asks.events if name not in EVENTS]


def _say_item(ruling: Ruling, scene: Scene) -> str:
    """What a ruling is about beyond the child, in words; empty where it is about the child alone."""
    case, child = scene.case, ruling.child
    said: list[str] = []
    for kind, key in ruling.keys.items():
        match kind:
            case "meeting":
                meeting = next(one for one in case.meetings if one.id == key)
                said.append(f"{say_words(meeting.kind.value)}{_of(meeting.starts_at.date())}")
            case "review":
                review = next(one for one in case.reviews_of(child) if Item(review=one).id == key)
                said.append(key.split("-")[0] + (f" {review.number}" if review.number else "") + _of(review.day))
            case "decision":
                decision = next(one for one in case.adm_decisions if Item(decision=one).id == key)
                said.append(f"decision{_of(decision.decided_on)}")
            case _:
                person = find_person(case, key)
                said.append(show_name(person, scene.lens) or case.child(key).name.full)
    return ", ".join(said)


def _of(day: dt.date | None) -> str:
    return f" of {say_short_date(day)}" if day else ""


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
_TITLES = (*dict.fromkeys(_SUBJECTS.values()), _REST)


def _subject_of(ruling: Ruling) -> str:
    """The papers that a rule touches: told by the place in the case file that it asks about first."""
    places = [EVENTS[name].write for name in ruling.rule.asks.events if name in EVENTS]
    if ruling.rule.entry.each[:1] == ("meeting",):
        places.append("meetings")
    if ruling.rule.entry.each[:1] == ("decision",):
        places.append("adm_decisions")
    if ruling.rule.entry.each[:1] == ("review",):
        places.append("reviews")
    places += [place for condition in _conditions(ruling) for place in condition]
    return next((_SUBJECTS[place.split(".")[0]] for place in places if place.split(".")[0] in _SUBJECTS), _REST)


def _conditions(ruling: Ruling) -> Iterator[list[str]]:
    for fact in ruling.rule.asks.must_be_written:
        yield [say_place(fact.source)]
    yield list(ruling.needs)
