"""A meeting as papers show it, with the actions that run on from meeting to meeting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from generator.base.dates import say_time, speak
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.meeting import Meeting, Outcome, Review
from generator.case.person import Person
from generator.case.questions import find_person
from generator.case.running_actions import list_running
from generator.case.words import say_words
from generator.disclosure.lens import Audience
from generator.papers.context.children import show_child
from generator.papers.context.people import show_name, show_person
from generator.papers.context.scene import Scene
from generator.papers.copies import list_copies


def show_meeting(meeting: Meeting, scene: Scene, children: tuple[Child, ...], child: Child | None) -> dict[str, Any]:
    """One meeting about `children`; for a paper about one of them, `outcome` is that child's."""
    case, lens = scene.case, scene.lens
    view = lens.facts(meeting)
    outcomes = [_show_outcome(one, meeting, scene) for one in children]
    before = case.meetings_before(meeting)
    view |= {
        "date": speak(meeting.starts_at.date()),
        "day_before": speak(meeting.starts_at.date() - dt.timedelta(days=1)),
        "time": f"{say_time(meeting.starts_at)}{f' to {say_time(meeting.ends_at)}' if meeting.ends_at else ''}",
        "number": 1 + sum(other.kind is meeting.kind for other in before),
        "chair": _show(meeting.chair, scene),
        "minute_taker": _show(meeting.minute_taker, scene),
        "outcomes": outcomes,
        "outcome": next((one for one in outcomes if child and one["id"] == child.id), next(iter(outcomes), None)),
        "follows_up": bool(before),
        "has_legal_advice": meeting.advice.legal is not None,
        "adoption_advice_by": None,
    }
    if lens.audience is Audience.PARENT:
        return view
    people = {person.id: show_person(person, scene) for person in case.people}
    adviser = meeting.advice.adoption_by
    running = _show_running(meeting, scene)
    view |= {
        "invited": [lens.facts(one) | {"who": people[one.person]} for one in meeting.invited],
        "present": [people[one.person] for one in meeting.invited if one.attended],
        "sent_apologies": [people[one.person] for one in meeting.invited if one.apologies],
        "not_invited": [{"who": people[one.person], "reason": one.reason} for one in meeting.not_invited],
        "papers": [lens.facts(paper) | {"received": paper.dated is not None} for paper in meeting.papers],
        "adoption_advice": meeting.advice.adoption,
        "adoption_advice_by": show_name(case.person(adviser), lens) if adviser else None,
        "decisions": [
            lens.facts(one) | {"child_name": case.child(one.child).name.short if one.child else "all children"}
            for one in meeting.decisions
        ],
        "actions": running,
        "open_actions": [action for action in running if not action["new"] and action["status"] != "done"],
        "circulation": _list_circulation(meeting, scene),
    }
    if lens.sees(Disclosure.ADVICE):
        lawyer = meeting.advice.legal_by
        view |= {
            "legal_advice": meeting.advice.legal,
            "legal_advice_by": case.person(lawyer).name.full if lawyer else None,
        }
    return view


def _show(key: str | None, scene: Scene) -> dict[str, Any] | None:
    case = scene.case
    return show_person(case.person(key), scene) if key else None


def _show_outcome(child: Child, meeting: Meeting, scene: Scene) -> dict[str, Any]:
    lens = scene.lens
    written = next((one for one in meeting.outcomes if one.child == child.id), Outcome(child=child.id))
    return lens.facts(written) | {
        "id": child.id,
        "child": show_child(child, scene),
        "primary_code": written.primary.value if written.primary else None,
        "parallel": [say_words(kind.value) for kind in written.parallel],
        "parallel_codes": [kind.value for kind in written.parallel],
    }


def _show_running(meeting: Meeting, scene: Scene) -> list[dict[str, Any]]:
    """The actions that run at this meeting, in the order in which they were raised."""
    case, lens = scene.case, scene.lens
    day = meeting.starts_at.date()
    return [
        lens.facts(one.action)
        | {
            "owner": _say_owner(one.action.owner, scene),
            "child_name": case.child(one.action.child).name.short if one.action.child else "all children",
            "done_on": speak(one.done_on),
            "status": "done" if one.done_on else one.state.value,
            "raised_on": speak(one.raised_on),
            "new": one.raised_on == day,
        }
        for one in list_running(case, meeting)
    ]


def _say_owner(owner: str, scene: Scene) -> str:
    case, lens = scene.case, scene.lens
    person = find_person(case, owner)
    return (show_name(person, lens) or owner) if person else owner


def _list_circulation(meeting: Meeting, scene: Scene) -> list[dict[str, str]]:
    """Who gets which paper after the meeting, as its minutes print it."""
    return [
        {
            "who": show_name(copy.person, scene.lens) or "",
            "capacity": str(show_person(copy.person, scene)["capacity"]),
            "gets": copy.gets.value,
        }
        for copy in list_copies(scene.case, meeting)
    ]


def show_invitation(meeting: Meeting, guest: Person, scene: Scene) -> dict[str, Any]:
    """Who is invited, to which part, and where it is for those who see what is planned.

    A meeting may be held where family must not know that the child is: at the nursery, say.
    """
    part = next(one.part for one in meeting.invited if one.person == guest.id)
    sees = scene.lens.sees(Disclosure.PLANNING)
    known = show_person(guest, scene)
    return {name: known[name] for name in ("id", "full_name", "name", "formal_name", "capacity")} | {
        "part": say_words(part.value),
        "part_code": part.value,
        "sees_venue": sees,
        "venue": meeting.venue if sees else None,
    }


def show_review(review: Review, scene: Scene) -> dict[str, Any]:
    """One review of a child. `day` is when it was held, else when it is booked."""
    return scene.lens.facts(review) | {"day": speak(review.day), "chair": _show(review.chair, scene)}
