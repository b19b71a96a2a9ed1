"""The answer of a rule for one child, one item and one day: a function for each kind of requirement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.base.dates import format_date
from generator.base.errors import Level
from generator.case.questions import find_person
from generator.case.words import Role
from generator.rules.conditions.child_on_day import ChildOnDay, Occurrence, Unknown
from generator.rules.conditions.derived import locate_path
from generator.rules.conditions.events import EVENTS, find_occurrences, role_of
from generator.rules.judging.days import Calendar, Due, Earliest
from generator.rules.judging.guests import Seat, name_guests, seat_guest
from generator.rules.judging.ruling import RuleAnswer, RuleOutcome
from generator.rules.procedures.limits import LimitKind
from generator.rules.procedures.model import (
    ChairHasRole,
    ChildCounted,
    ConditionHolds,
    EventsHappen,
    EventsInOrder,
    FactsWritten,
    GuestsInvited,
    OptionsWeighed,
    Rule,
)

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleQuestion:
    """A rule that applies to one child and item, with its due day and its earliest day."""

    rule: Rule
    view: ChildOnDay
    calendar: Calendar
    due: Due
    earliest: Earliest

    @property
    def working(self) -> tuple[str, ...]:
        """How the days were counted."""
        return (*self.due.working, *self.earliest.working)

    @property
    def last_day(self) -> dt.date | None:
        """The day by which it must be so: the due day, else the day of the meeting, review or decision."""
        has_no_other_day = self.rule.limits or self.rule.asks.is_done_on_a_day
        return self.due.due or (None if has_no_other_day else self.view.item.on)

    def answer(
        self, outcome: RuleOutcome, *says: str, done: dt.date | None = None, needs: frozenset[str] = _NOTHING
    ) -> RuleAnswer:
        """Return an answer with the working of this question."""
        return RuleAnswer(outcome, self.last_day, done, (*self.working, *(one for one in says if one)), needs)

    def not_kept(self, *says: str, needs: frozenset[str] = _NOTHING, lapses: bool = True) -> RuleAnswer:
        """Return "due" until the last day and "overdue" after it. Without a last day, it is overdue if it `lapses`."""
        if self.due.needs:
            return self.answer(RuleOutcome.CANNOT_BE_CHECKED, *says, needs=self.due.needs)
        day = self.last_day
        if day is not None:
            return self.answer(RuleOutcome.DUE if self.view.today <= day else RuleOutcome.OVERDUE, *says, needs=needs)
        if self.due.open_ends:
            ends = " and ".join(self.calendar.procedure.label(name) for name in self.due.open_ends)
            return self.answer(RuleOutcome.DUE, *says, f"Due before: {ends}, which has no day yet", needs=needs)
        if not lapses:
            return self.answer(RuleOutcome.DUE, *says, "The source sets no day", needs=needs)
        return self.answer(RuleOutcome.OVERDUE, *says, needs=needs)

    def cannot(self, needs: Iterable[str], *says: str) -> RuleAnswer:
        """Return "cannot be checked", or "due" while the last day has not come."""
        day = self.last_day
        if day is not None and not self.due.needs and self.view.today < day:
            return self.answer(RuleOutcome.DUE, *says, needs=frozenset(needs))
        return self.answer(RuleOutcome.CANNOT_BE_CHECKED, *says, needs=frozenset(needs) | self.due.needs)


def answer_question(question: RuleQuestion) -> RuleAnswer:
    """Return the answer to what the rule asks."""
    asks = question.rule.asks
    match asks:
        case EventsHappen():
            return _answer_happens(question, asks)
        case FactsWritten():
            return _answer_written(question, asks)
        case ConditionHolds():
            return _answer_holds(question, asks)
        case GuestsInvited():
            return _answer_invites(question, asks)
        case ChairHasRole():
            return _answer_chaired(question, asks)
        case EventsInOrder():
            return _answer_order(question, asks)
        case OptionsWeighed():
            return _answer_options(question, asks)
        case ChildCounted():
            return _answer_counts(question, asks)
    raise TypeError("a duty of the service has no answer for one child")


# Events


@dataclass(slots=True)
class _Happened:
    """What is found about the events that a rule asks for: days, what is missing, and what is to be said."""

    done: list[dt.date] = field(default_factory=list)
    booked: list[dt.date] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)


def _answer_happens(question: RuleQuestion, asks: EventsHappen) -> RuleAnswer:
    due, earliest = question.due, question.earliest
    found = _Happened()
    for name in asks.events:
        _look_for(question, asks, name, found)
    if asks.any_one and found.done:
        return _judge_done(question, min(found.done))
    if found.needs:
        return question.cannot(found.needs, *found.says)
    if not found.missing and found.done:
        return _judge_done(question, max(found.done))
    for day in found.booked:
        late = f", after it is due ({format_date(due.due)})" if due.due and day > due.due else ""
        found.says.append(f"Booked for {format_date(day)}{late}")
    if earliest.needs:
        return question.cannot(earliest.needs, *found.says)
    return question.not_kept(*found.says, needs=_places_of(found.missing), lapses=False)


def _look_for(question: RuleQuestion, asks: EventsHappen, name: str, found: _Happened) -> None:
    """Add to `found` what the case file says of one event."""
    view = question.view
    occurrences = find_occurrences(view, name)
    if isinstance(occurrences, Unknown):
        found.needs |= occurrences.needs
        return
    mine = [one for one in _within_window(question, name, occurrences) if _is_by(question, one, asks)]
    doubtful = [one for one in mine if asks.by and role_of(view.case, one.by) is None]
    right = [one for one in mine if one not in doubtful]
    start = _start_of(question)
    in_time = [one for one in right if start is None or one.on >= start]
    past = [one for one in in_time if one.on <= view.today]
    reached, unsaid = _find_reached(question, asks, past)
    if past and unsaid:
        found.needs.add("record.to")
    elif past and reached is not None:
        found.done.append(reached)
    elif doubtful:
        found.needs.add(_WHO.get(doubtful[0].write, "record.by"))
    else:
        found.missing.append(name)
        if past:
            found.says.append("It has not been sent to everyone who must have it")
        found.booked += [one.on for one in in_time if one.on > view.today][:1]
        if too_soon := [one.on for one in right if one not in in_time]:
            label = question.calendar.procedure.label(name)
            found.says.append(f"{label} on {format_date(too_soon[-1])} is too early to count")


def _places_of(events: Iterable[str]) -> frozenset[str]:
    """Return where the case file would say that these events happened."""
    return frozenset(EVENTS[name].write if name in EVENTS else f"record (event: {name})" for name in events)


_WHO = {
    "reviews.held_on": "reviews.chair",
    "meetings.starts_at": "meetings.chair",
    "adm_decisions.decided_on": "adm_decisions.decision_maker",
    "adm_decisions.met_on": "adm_decisions.decision_maker",
    "iro_views.on": "iro_views.iro",
    "reports.quality_checks": "reports.quality_checks.by",
}
"""Where the case file says who did what is written in another place of it."""


def _find_reached(
    question: RuleQuestion, asks: EventsHappen, past: Sequence[Occurrence]
) -> tuple[dt.date | None, bool]:
    """Return the day on which everyone who must be told had been told, and whether the record leaves out who was told.

    This matters only for entries of the record that must go to several roles. Of any other event, the first day counts.
    """
    wanted = {one for one in asks.to if one in _ROLES}
    recorded = [one for one in past if one.write == "record"]
    if len(wanted) < 2 or not recorded:
        return (past[0].on if past else None), False
    if any(not one.to for one in recorded):
        return None, True
    told: set[str] = set()
    for one in recorded:
        told |= {role.value for key in one.to if (role := role_of(question.view.case, key))}
        if wanted <= told:
            return one.on, False
    return None, False


_ROLES = frozenset(role.value for role in Role)


def _judge_done(question: RuleQuestion, done: dt.date) -> RuleAnswer:
    due = question.due
    if due.due and done > due.due:
        return question.answer(RuleOutcome.MET_LATE, done=done)
    missing = due.needs | question.earliest.needs
    if missing:
        return question.answer(RuleOutcome.CANNOT_BE_CHECKED, done=done, needs=missing)
    return question.answer(RuleOutcome.MET, done=done)


def _start_of(question: RuleQuestion) -> dt.date | None:
    days = [day for day in (question.due.since, question.earliest.on) if day]
    return max(days, default=None)


def _is_by(question: RuleQuestion, one: Occurrence, asks: EventsHappen) -> bool:
    """Return whether it was done by one of the right people, or the file does not say who did it."""
    role = role_of(question.view.case, one.by)
    return not asks.by or role is None or role in asks.by


def _within_window(question: RuleQuestion, name: str, found: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the occurrences that belong to this meeting or review: those between it and the next or last one alike."""
    item = question.view.item
    on = item.on
    if (name in EVENTS and EVENTS[name].scope != "child") or not (item.meeting or item.review):
        return [*found]
    if on is None:
        # A review without a day has nothing before it or after it.
        return [one for one in found if one.named]
    looks_back = any(
        limit.kind in (LimitKind.BEFORE, LimitKind.AT_LEAST, LimitKind.BY) and limit.event.startswith("this_")
        for limit in question.rule.limits
    )
    alike = _days_alike(question.view)
    if looks_back:
        before = max((day for day in alike if day < on), default=dt.date.min)
        return [one for one in found if one.named or before < one.on <= on]
    after = min((day for day in alike if day > on), default=dt.date.max)
    return [one for one in found if one.named or on <= one.on < after or (one.on == after == on)]


def _days_alike(view: ChildOnDay) -> list[dt.date]:
    meeting, child = view.item.meeting, view.child.id
    if meeting:
        return [one.starts_at.date() for one in view.case.meetings_of(child) if one.kind is meeting.kind]
    return [one.day for one in view.case.reviews_of(child) if one.day]


# Facts


def _answer_written(question: RuleQuestion, asks: FactsWritten) -> RuleAnswer:
    missing: frozenset[str] = _NOTHING
    for fact in asks.must_be_written:
        value = fact.run(question.view)
        if isinstance(value, Unknown):
            missing |= value.needs
        elif value == ():
            missing |= {locate_path(fact.source)}
    if not missing:
        return question.answer(RuleOutcome.MET) if not question.due.needs else question.cannot(question.due.needs)
    return question.not_kept("Not written", needs=missing, lapses=False)


def _answer_holds(question: RuleQuestion, asks: ConditionHolds) -> RuleAnswer:
    value = asks.condition.run(question.view)
    if isinstance(value, Unknown):
        return question.cannot(value.needs)
    places = asks.condition.places
    return question.answer(RuleOutcome.MET) if value else question.not_kept("It is not so", needs=places)


def _answer_counts(question: RuleQuestion, asks: ChildCounted) -> RuleAnswer:
    value = asks.condition.run(question.view)
    if isinstance(value, Unknown):
        return question.cannot(value.needs)
    return question.answer(RuleOutcome.DUE if value else RuleOutcome.DOES_NOT_APPLY)


# Meetings


def _answer_invites(question: RuleQuestion, asks: GuestsInvited) -> RuleAnswer:
    view = question.view
    meeting = view.item.meeting
    if meeting is None:
        return question.answer(RuleOutcome.DOES_NOT_APPLY)
    if not meeting.invited and not meeting.not_invited:
        return question.cannot({"meetings.invited"}, "Nobody is listed as invited")
    missing: list[str] = []
    says: list[str] = []
    needs: frozenset[str] = _NOTHING
    asked = 0
    for guest in asks.guests:
        wanted = guest.when.run(view) if guest.when else True
        if isinstance(wanted, Unknown):
            needs |= wanted.needs
        elif wanted:
            asked += 1
            seat = seat_guest(view, meeting, guest)
            state = _judge_seat(seat, excusable=question.rule.level is not Level.MUST)
            if isinstance(state, Unknown):
                needs |= state.needs
            elif state is not None:
                missing.append(name_guests(guest))
                says.append(state)
    if missing:
        return question.not_kept(f"Not invited: {', '.join(missing)}", *says, needs=frozenset({"meetings.invited"}))
    if needs:
        return question.cannot(needs)
    return question.answer(RuleOutcome.MET if asked else RuleOutcome.DOES_NOT_APPLY)


def _judge_seat(seat: Seat, *, excusable: bool) -> str | Unknown | None:
    """Return None where the guest is invited, Unknown where that is not known, else a remark, which may be empty."""
    if seat.guest.part:
        # Nobody has to come to a part, but those who come may be invited to this part only.
        return f"Invited to more than: {seat.guest.part.words}" if seat.beyond_part else None
    if seat.is_filled or (excusable and seat.is_excused):
        return Unknown(seat.needs) if seat.each and seat.needs else None
    if seat.needs and not seat.each:
        return Unknown(seat.needs)
    return "A reason is written; a must is set aside only under overrides" if seat.excused else ""


def _answer_chaired(question: RuleQuestion, asks: ChairHasRole) -> RuleAnswer:
    item = question.view.item
    held = item.meeting or item.review
    where = "meetings.chair" if item.meeting else "reviews.chair"
    chair = find_person(question.view.case, held.chair if held else None)
    if chair is None:
        return question.cannot({where})
    if chair.role is None:
        return question.cannot({"people.role"})
    if chair.role in asks.roles:
        return question.answer(RuleOutcome.MET)
    return question.not_kept(f"The chair is: {chair.role.words}", needs=frozenset({where}))


# Order and options


def _answer_order(question: RuleQuestion, asks: EventsInOrder) -> RuleAnswer:
    view, label = question.view, question.calendar.procedure.label
    last = dt.date.min
    begun = False
    waiting: list[str] = []
    for group in asks.groups:
        ends = last
        for name in group:
            found = find_occurrences(view, name)
            if isinstance(found, Unknown):
                return question.cannot(found.needs)
            past = [one.on for one in found if one.on <= view.today]
            right = [day for day in past if day >= last]
            if waiting and past:
                return _out_of_order(question, f"{label(name)} came before: {', '.join(map(label, waiting))}")
            if not past:
                waiting.append(name)
            elif not right:
                return _out_of_order(
                    question, f"{label(name)} on {format_date(past[-1])} came before what must come first"
                )
            else:
                begun = True
                ends = max(ends, right[0])
        last = ends
    if not begun:
        return question.answer(RuleOutcome.DOES_NOT_APPLY, "Nothing of this has begun")
    if waiting:
        says = f"Still to come: {', '.join(map(label, waiting))}"
        return question.not_kept(says, needs=_places_of(waiting), lapses=False)
    return _judge_done(question, last)


def _out_of_order(question: RuleQuestion, says: str) -> RuleAnswer:
    due = question.due.due
    passed = due if due and due < question.view.today else None
    return RuleAnswer(RuleOutcome.OVERDUE, passed, None, (*question.working, f"Out of order: {says}"))


def _answer_options(question: RuleQuestion, asks: OptionsWeighed) -> RuleAnswer:
    view = question.view
    mine = view.case.options_of(view.child.id)
    if not mine:
        return question.cannot({"options"}, "No option is written for this child")
    weighed = {option.option for option in mine}
    missing = [kind.words for kind in asks.consider if kind not in weighed]
    says = [f"Not on the list: {', '.join(missing)}"] if missing else []
    bare = [
        option.option.words
        for option in mine
        if asks.allow and option.option not in asks.allow and option.conclusion is None
    ]
    if bare:
        says.append(f"Outside the list, and no reason is written: {', '.join(dict.fromkeys(bare))}")
    if not says:
        return question.answer(RuleOutcome.MET)
    needs = frozenset({"options"} if missing else {"options.conclusion"})
    return question.not_kept(*says, needs=needs)
