"""The next meeting of a family, so far as the case file and the procedure already say what it will be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.base.dates import format_date, format_time
from generator.base.errors import Level
from generator.base.yaml.insertion import KeyLines, ListLine
from generator.case.example import write_example
from generator.case.facts import Facts
from generator.case.family import Case
from generator.case.meeting import Action, Invitation, Meeting
from generator.case.person import Person
from generator.case.questions import find_last_alike, find_telling_bar
from generator.case.running_actions import CarriedAction, list_running
from generator.case.words import MeetingKind, Part
from generator.rules.invitations import AskedGuest, GuestStanding, list_asked_guests
from generator.rules.judging.judge import Compliance


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A meeting to come: the meeting itself, and its lines for the case file, with notes on what is left to decide.

    `follows` is the last meeting of its kind about the same children, from which place and people are taken.
    """

    meeting: Meeting
    keys: tuple[KeyLines, ...]
    follows: Meeting | None


def lay_out_next_meeting(
    case: Case,
    compliance: Compliance,
    key: str,
    kind: MeetingKind,
    starts_at: dt.datetime,
    children: Sequence[str] = (),
) -> NextMeeting:
    """A meeting with the id `key` that starts at `starts_at`, about `children` or those of the last one of its kind.

    It has place, chair and minute taker of that last one, all open actions about its children, the papers that are
    still awaited, and those whom the procedure asks for, where no one has to choose. Everything else is left as a note:
    nothing is filled in that has to be decided.
    """
    last = find_last_alike(case, kind, children)
    about = tuple(children) or (last.children if last else ())
    bare = Meeting(id=key, kind=kind, starts_at=starts_at, children=about)
    guests = _Guests(case, compliance, bare, last)
    carried, doubled = _split_namesakes(list_running(case, bare))
    arrived = {paper.title.casefold() for one in case.meetings for paper in one.papers if paper.dated}
    papers = last.papers if last else ()
    awaited = tuple(one for one in papers if one.dated is None and one.title.casefold() not in arrived)
    meeting = bare.model_copy(
        update={
            "venue": last.venue if last else None,
            "chair": last.chair if last else None,
            "minute_taker": last.minute_taker if last else None,
            "invited": tuple(guests.invited),
            "papers": awaited,
            "actions": tuple(carried),
        }
    )
    return NextMeeting(meeting, tuple(_write(meeting, guests, doubled, last)), last)


def _split_namesakes(running: Sequence[CarriedAction]) -> tuple[list[Action], list[Action]]:
    """The open actions to carry forward, and those whose id another open action has too."""
    carried: dict[str, Action] = {}
    doubled = []
    for one in running:
        if one.done_on is None and one.action.done_on is None:
            action = one.action.model_copy(update={"evidence": None})
            if action.id in carried:
                doubled.append(carried[action.id])
            carried[action.id] = action
    return [*carried.values()], doubled


class _Guests:
    """Who is invited because a rule leaves no choice, and what is left to decide about the others."""

    def __init__(self, case: Case, compliance: Compliance, meeting: Meeting, last: Meeting | None) -> None:
        self._case = case
        self._last = last
        self.before = {one.person: one for one in last.invited} if last else {}
        self.excused = [one.person for one in last.not_invited] if last else []
        self._open: dict[str, dict[str, None]] = {}
        people: dict[str, None] = {}
        for guest in list_asked_guests(case, meeting, compliance):
            if guest.level is not Level.COULD and guest.standing is not GuestStanding.SET_ASIDE:
                people |= dict.fromkeys(self._choose(guest))
        invited = [Invitation(person=key, part=self._part_of(key)) for key in people]
        held = meeting.model_copy(update={"invited": tuple(invited)})
        asked = list_asked_guests(case, held, compliance)
        # A rule about a part of the meeting allows its people that part alone.
        beyond = [one for one in asked if one.standing is GuestStanding.BEYOND_PART]
        parts = {key: one.part for one in beyond for key in one.people if one.part}
        self.invited = [one.model_copy(update={"part": parts.get(one.person, one.part)}) for one in invited]
        self.again = [
            one
            for one in self.before.values()
            # A carer with whom no child lives any more must not be asked back by a slip of the finger.
            if one.person not in people and self._may_come(one.person) and not case.person(one.person).is_only_carer
        ]
        bars = [
            (one.id, find_telling_bar(one, child.id))
            for child in case.meeting_children(meeting)
            for one in case.parents_of(child.id)
        ]
        # Of a parent of whom it is still open whether they may be told, that has to be decided too.
        parents = [key for key, bar in bars if bar is None or bar.needs]
        there = {*people, *(one.person for one in self.again)}
        self.to_decide = [
            key for key in dict.fromkeys([*self.excused, *parents]) if key not in there and self._may_come(key)
        ]

    def _person(self, key: str) -> Person:
        return self._case.person(key)

    def _may_come(self, key: str) -> bool:
        return self._person(key).died_on is None

    def _part_of(self, key: str) -> Part:
        return self.before[key].part if key in self.before else Part.WHOLE

    def _choose(self, guest: AskedGuest) -> list[str]:
        """The ids of the people meant, where that needs no judgement. Otherwise nobody, and a note about it."""
        people = [key for key in guest.people if self._may_come(key)]
        known = [key for key in people if key in self.before]
        if guest.needs:
            if not known:
                self._note(_DEPENDS, f"{guest.who} ({', '.join(guest.needs)})")
            return known
        if not people:
            self._note(_NOBODY, guest.who)
            return []
        if not known and [key for key in people if key in self.excused]:
            return []
        if known or len(people) == 1:
            return known or people
        self._note(_ONE_OF, ", ".join(people))
        return []

    def _note(self, about: str, text: str) -> None:
        self._open.setdefault(about, {})[text] = None

    @property
    def notes(self) -> list[str]:
        """Whom the procedure asks for and the file does not name, as comments."""
        return [line for about, texts in self._open.items() for line in (about, *(f"  {text}" for text in texts))]


_NOBODY = "The procedure asks for these too, and nobody in people is one:"
_ONE_OF = "The procedure asks for one of these:"
_DEPENDS = "Whether the procedure asks for these depends on what is not written:"


def _write(meeting: Meeting, guests: _Guests, doubled: Sequence[Action], last: Meeting | None) -> Iterator[KeyLines]:
    day = f"{format_date(meeting.starts_at.date())}, {_format_clock(meeting.starts_at)}"
    yield KeyLines("id", meeting.id)
    yield KeyLines("kind", meeting.kind.value)
    yield _write_value("starts_at", day)
    for key in ("venue", "chair", "minute_taker"):
        if value := getattr(meeting, key):
            yield _write_value(key, value)
    if meeting.children:
        yield KeyLines("children", write_example([*meeting.children]))
    yield from _write_guests(guests, last)
    yield from _write_papers(meeting, last)
    yield from _write_actions(meeting, doubled)


def _write_value(key: str, text: str) -> KeyLines:
    return KeyLines(key, write_example(text, alone=True), in_braces=write_example(text))


def _format_clock(moment: dt.datetime) -> str:
    # The reader of case files knows midday and no midnight.
    return "12am" if (moment.hour, moment.minute) == (0, 0) else format_time(moment)


def _write_guests(guests: _Guests, last: Meeting | None) -> Iterator[KeyLines]:
    before = last.id if last else ""
    rows = [ListLine(write_example(_list_facts(one, _AFTERWARDS))) for one in guests.invited]
    again = [ListLine(write_example(_list_facts(one, _AFTERWARDS)), is_note=True) for one in guests.again]
    notes = list(guests.notes)
    if again:
        says = f"Invited to {before} too. To invite them again, take away the # and the space after it."
        # Where nothing counts under the key, it is a comment itself, and so is what would stand between its rows.
        notes += [] if rows else [says]
        again = [*([ListLine(says, is_comment=True)] if rows else []), *again]
    if rows:
        notes.insert(0, "Those whom the procedure asks for.")
    elif not guests.notes:
        notes.insert(0, "The procedure does not say whom to invite to a meeting of this kind.")
    yield KeyLines("invited", rows=(*rows, *again) or (ListLine("{person: }", is_note=True),), notes=tuple(notes))
    if guests.to_decide:
        names = tuple(ListLine(f"{{person: {key}, reason: }}", is_note=True) for key in guests.to_decide)
        says = "Not invited so far. Decide for each of them: invite them above, or write here why not."
        yield KeyLines("not_invited", rows=names, notes=(says,))


def _write_papers(meeting: Meeting, last: Meeting | None) -> Iterator[KeyLines]:
    rows = [ListLine(write_example(_list_facts(one, ()))) for one in meeting.papers]
    came = [one for one in (last.papers if last else ()) if one.dated]
    had = [ListLine(write_example(_list_facts(one, _OF_THEIR_TIME)), is_note=True) for one in came]
    notes = ["Papers to ask for. Write asked_on when you ask, and dated when one comes."]
    notes += ["These are still awaited."] if rows else []
    if had and last:
        says = f"For {last.id} there were these. Keep what is needed anew."
        notes += [] if rows else [says]
        had = [*([ListLine(says, is_comment=True)] if rows else []), *had]
    example = ListLine("{title: , author: , asked_on: }", is_note=True)
    yield KeyLines("papers", rows=(*rows, *had) or (example,), notes=tuple(notes))


def _write_actions(meeting: Meeting, doubled: Sequence[Action]) -> Iterator[KeyLines]:
    rows = [ListLine(write_action(one)) for one in meeting.actions]
    rows += [ListLine(write_action(one), is_note=True) for one in doubled]
    notes = ["Still open. Write progress, or done_on where it is done. Add what this meeting sets."]
    if doubled:
        notes.append("An open action whose id another one has too is commented out: give it an id of its own.")
    if meeting.actions:
        yield KeyLines("actions", rows=tuple(rows), notes=tuple(notes))
    else:
        example = ListLine("{id: , what: , owner: , due_on: }", is_note=True)
        yield KeyLines("actions", rows=(example,), notes=("No action is open.",))


_AFTERWARDS = ("attended", "apologies")
_OF_THEIR_TIME = ("dated", "asked_on", "file", "evidence")


def write_action(action: Action) -> str:
    """An action as it stands in the list of the meeting that carries it forward."""
    return write_example(_list_facts(action, ("done_on", "evidence")))


def _list_facts(held: Facts, without: Collection[str]) -> dict[str, Any]:
    """The facts of a group by their keys in the case file, in the order of the model."""
    said: dict[str, Any] = {}
    for name, info in type(held).model_fields.items():
        value = getattr(held, name)
        if name not in without and value != info.default:
            said[info.alias or name] = [*map(_write_fact, value)] if isinstance(value, tuple) else _write_fact(value)
    return said


def _write_fact(value: Any) -> str:
    if isinstance(value, dt.date):
        return format_date(value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
