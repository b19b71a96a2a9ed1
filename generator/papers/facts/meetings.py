"""Meetings and reviews as papers show them, with what the procedure asks of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.base.dates import format_age, format_time
from generator.case.child import Child
from generator.case.facts import Disclosure, Prose
from generator.case.meeting import Action, Contribution, Decision, Invitation, Meeting, NotInvited, Review
from generator.case.meeting import Outcome as MeetingOutcome
from generator.case.person import Person
from generator.case.questions import find_person
from generator.case.running_actions import CarriedAction, list_running
from generator.case.words import Part, PlanKind, ReviewKind, describe_word
from generator.disclosure.projection import show_name
from generator.papers.copies import AskedCopy, Copy, list_asked_copies, list_copies
from generator.papers.facts.children import ChildFacts, show_child
from generator.papers.facts.declare import Shown, ShownOf, shown
from generator.papers.facts.events import EVENTS_BY_NAME, HAPPENED, EventFacts, show_happened
from generator.papers.facts.people import PersonFacts, find_name, find_person_facts, show_person
from generator.papers.facts.rules import AskedFacts, DueFacts
from generator.papers.facts.view import PaperShape, ReaderView
from generator.rules.conditions.child_on_day import ChildOnDay, Item
from generator.rules.judging.guests import list_guests, name_guests
from generator.rules.procedures.limits import LimitKind
from generator.rules.procedures.model import Guest, Rule

_SAID_THERE = ("meeting.discussion", "meeting.advice", "outcome.discussion", "outcome.sibling_analysis")


def is_about_children(paper: PaperShape) -> bool:
    """Whether each such paper is about a child: that of a guest may be about none."""
    return "guest" not in paper.units


class InvitationFacts(
    ShownOf[Invitation],
    says="invitation",
    model=Invitation,
    source="meetings.invited",
    seen_as=Disclosure.PLANNING,
):
    """Who was invited to a meeting, and came or did not."""

    @shown("Who was invited")
    def who(self) -> PersonFacts:
        return show_person(self.view.case.person(self.written.person), self.view)


class NotInvitedFacts(
    ShownOf[NotInvited],
    says="person not invited",
    model=NotInvited,
    source="meetings.not_invited",
    seen_as=Disclosure.PLANNING,
):
    """Somebody who would usually be invited and was not."""

    @shown("Who was not invited")
    def who(self) -> PersonFacts:
        return show_person(self.view.case.person(self.written.person), self.view)


class ContributionFacts(
    ShownOf[Contribution],
    says="paper before the meeting",
    model=Contribution,
    source="meetings.papers",
    seen_as=Disclosure.PLANNING,
):
    """A paper that somebody sends before a meeting."""

    @shown("Whether it has come", example="yes")
    def received(self) -> bool:
        return self.written.dated is not None


class MeetingDecisionFacts(
    ShownOf[Decision],
    says="decision of the meeting",
    model=Decision,
    source="meetings.decisions",
    seen_as=Disclosure.PLANNING,
):
    """What a meeting decided."""

    @shown("For which child", example="Rowan")
    def child_name(self) -> str:
        return _name_child(self.written.child, self.view)


class ActionFacts(ShownOf[Action], says="action", model=Action, source="meetings.actions", seen_as=Disclosure.PLANNING):
    """An action as it runs at one meeting."""

    def __init__(self, view: ReaderView, running: CarriedAction, meeting: Meeting) -> None:
        super().__init__(view, running.action)
        self.running, self._meeting = running, meeting

    @shown("Who does it", example="Joy Achieng")
    def owner(self) -> str:
        owner = self.written.owner
        person = find_person(self.view.case, owner)
        return show_name(person, self.view.lens) or owner

    @shown("For which child", example="all children")
    def child_name(self) -> str:
        return _name_child(self.written.child, self.view)

    @shown("When it was done", example="1 July 2026")
    def done_on(self) -> dt.date | None:
        return self.running.done_on

    @shown("How far it is", example="open", words=("done", "overdue", "open"))
    def status(self) -> str:
        return "done" if self.running.done_on else self.running.state.value

    @shown("When it was set first", example="4 June 2026")
    def raised_on(self) -> dt.date:
        return self.running.raised_on

    @shown("Whether this meeting set it", example="yes")
    def new(self) -> bool:
        return self.running.raised_on == self._meeting.starts_at.date()


class CopyLine(Shown, says="line of the circulation list", seen_as=Disclosure.PLANNING):
    """What one person gets after a meeting, as its minutes print it."""

    def __init__(self, view: ReaderView, copy: Copy) -> None:
        super().__init__(view)
        self._copy = copy

    @shown("Who", example="Leanne Hale")
    def who(self) -> str:
        return show_name(self._copy.person, self.view.lens) or ""

    @shown("Who they are", example="mother of Rowan")
    def capacity(self) -> str:
        return show_person(self._copy.person, self.view).capacity()

    @shown("What they get", example="minutes and summary sheets")
    def gets(self) -> str:
        return self._copy.gets.value


class AskedCopyFacts(Shown, says="copy that is asked for", seen_as=Disclosure.PLANNING):
    """A copy that the procedure asks for after a meeting, with its day and whether it went."""

    def __init__(self, view: ReaderView, copy: AskedCopy) -> None:
        super().__init__(view)
        self._copy, self._asks = copy, copy.ruling.rule.asks

    @shown("The paper", example="minutes")
    def paper(self) -> str:
        return self._asks.paper or self.view.compliance.procedure.label(self._asks.events[0])

    @shown("To whom", example="reviewing officer")
    def to(self) -> list[str]:
        if self._copy.parent:
            return [show_name(self._copy.parent, self.view.lens) or ""]
        return [describe_word(who) for who in self._asks.to]

    @shown("By when", example="18 June 2026")
    def due(self) -> dt.date | None:
        return self._copy.ruling.due

    @shown("When it went", example="11 June 2026")
    def sent_on(self) -> dt.date | None:
        return self._copy.ruling.done

    @shown("What the rule says", example="Minutes go to those invited")
    def says(self) -> str:
        return self._copy.ruling.rule.entry.says


class GuestsAskedFacts(AskedFacts):
    """Whom a rule asks to be invited."""

    def __init__(self, view: ReaderView, rule: Rule, guests: Sequence[Guest]) -> None:
        super().__init__(view, rule)
        self._guests = guests

    @shown("Any of these people", example="the health visitor")
    def who(self) -> list[str]:
        return [_say_guest(one) for one in self._guests]


class OfferedFacts(Shown, says="options for a child", seen_as=Disclosure.PLANNING):
    """The options that the procedure allows at one child's age."""

    def __init__(self, view: ReaderView, on_day: ChildOnDay, options: Sequence[PlanKind]) -> None:
        super().__init__(view)
        self._on_day, self._options = on_day, options

    @shown("The child", example="Rowan")
    def child_name(self) -> str:
        return self._on_day.child.name.short

    @shown("Age at the meeting", example="19 months")
    def age(self) -> str:
        return format_age(self._on_day.child.born_on, self._on_day.at)

    @shown("The options that this age allows", example="adoption")
    def options(self) -> list[str]:
        return [kind.words for kind in self._options]


class OutcomeFacts(
    ShownOf[MeetingOutcome],
    says="outcome for a child",
    model=MeetingOutcome,
    source="meetings.outcomes",
    seen_as=Disclosure.OPEN,
):
    """What a meeting came to for one child."""

    def __init__(self, view: ReaderView, meeting: Meeting, child: Child) -> None:
        written = next((one for one in meeting.outcomes if one.child == child.id), MeetingOutcome(child=child.id))
        super().__init__(view, written)
        self._child = child

    @shown("The child's id", example="rowan")
    def id(self) -> str:
        return self._child.id

    @shown("The child")
    def child(self) -> ChildFacts:
        return show_child(self._child, self.view)

    @shown(HAPPENED, keyed=EVENTS_BY_NAME, needs="happened", seen_as=Disclosure.PLANNING)
    def happened(self) -> dict[str, EventFacts]:
        return show_happened(self._child, self.view)


class MeetingFacts(ShownOf[Meeting], says="meeting", model=Meeting, source="meetings", seen_as=Disclosure.PLANNING):
    """One meeting about `children`; in a paper about `child` alone, `outcome` is that child's."""

    def __init__(self, view: ReaderView, written: Meeting, children: Sequence[Child], child: Child | None) -> None:
        super().__init__(view, written)
        self._children, self._child = children, child

    @shown("The day", example="4 June 2026", seen_as=Disclosure.OPEN)
    def date(self) -> dt.date:
        return self.written.starts_at.date()

    @shown("The day before it", example="3 June 2026", seen_as=Disclosure.OPEN)
    def day_before(self) -> dt.date:
        return self.date() - dt.timedelta(days=1)

    @shown("From when to when", example="10am to midday", seen_as=Disclosure.OPEN)
    def time(self) -> str:
        ends_at = self.written.ends_at
        return f"{format_time(self.written.starts_at)}{f' to {format_time(ends_at)}' if ends_at else ''}"

    @shown("Which meeting of its kind it is", example="2", seen_as=Disclosure.OPEN)
    def number(self) -> int:
        before = self.view.case.meetings_before(self.written)
        return 1 + sum(other.kind is self.written.kind for other in before)

    @shown("Who chairs it", seen_as=Disclosure.OPEN)
    def chair(self) -> PersonFacts | None:
        return find_person_facts(self.written.chair, self.view)

    @shown("Who takes the minutes", seen_as=Disclosure.OPEN)
    def minute_taker(self) -> PersonFacts | None:
        return find_person_facts(self.written.minute_taker, self.view)

    @shown("What it came to for each child of the paper", there=is_about_children, seen_as=Disclosure.OPEN)
    def outcomes(self) -> list[OutcomeFacts]:
        return [OutcomeFacts(self.view, self.written, one) for one in self._children]

    @shown(
        "What it came to for the child of the paper, else for the first",
        there=is_about_children,
        seen_as=Disclosure.OPEN,
    )
    def outcome(self) -> OutcomeFacts | None:
        child = self._child or next(iter(self._children), None)
        return OutcomeFacts(self.view, self.written, child) if child else None

    @shown("Whether there was a meeting before it", example="yes", seen_as=Disclosure.OPEN)
    def follows_up(self) -> bool:
        return bool(self.view.case.meetings_before(self.written))

    @shown("Whether legal advice is recorded, in its own paper", example="yes", seen_as=Disclosure.OPEN)
    def has_legal_advice(self) -> bool:
        return self.written.advice.legal is not None

    @shown("Who was invited")
    def invited(self) -> list[InvitationFacts]:
        return [InvitationFacts(self.view, one) for one in self.written.invited]

    @shown("Who came")
    def present(self) -> list[PersonFacts]:
        return [one.who() for one in self.invited() if one.written.attended]

    @shown("Who sent apologies")
    def sent_apologies(self) -> list[PersonFacts]:
        return [one.who() for one in self.invited() if one.written.apologies]

    @shown("Who would usually be invited and was not")
    def not_invited(self) -> list[NotInvitedFacts]:
        return [NotInvitedFacts(self.view, one) for one in self.written.not_invited]

    @shown("Papers before the meeting")
    def papers(self) -> list[ContributionFacts]:
        return [ContributionFacts(self.view, one) for one in self.written.papers]

    @shown("Advice on adoption", example="Adopters can be found.")
    def adoption_advice(self) -> Prose | None:
        return self.written.advice.adoption

    @shown("Who gave advice on adoption", example="Pat Doyle", unseen=None)
    def adoption_advice_by(self) -> str | None:
        return find_name(self.written.advice.adoption_by, self.view)

    @shown("Legal advice: privileged", example="The threshold is met.", seen_as=Disclosure.ADVICE)
    def legal_advice(self) -> Prose | None:
        return self.written.advice.legal

    @shown("Who gave it", example="Meera Shah", seen_as=Disclosure.ADVICE)
    def legal_advice_by(self) -> str | None:
        return find_name(self.written.advice.legal_by, self.view)

    @shown("What it decided")
    def decisions(self) -> list[MeetingDecisionFacts]:
        return [MeetingDecisionFacts(self.view, one) for one in self.written.decisions]

    @shown("Every action set here, or still open from an earlier meeting", meets="R003-15")
    def actions(self) -> list[ActionFacts]:
        running = list_running(self.view.case, self.written)
        return [ActionFacts(self.view, one, self.written) for one in running]

    @shown("The actions from earlier meetings that are still open")
    def open_actions(self) -> list[ActionFacts]:
        return [one for one in self.actions() if not one.new() and one.status() != "done"]

    @shown("Who gets which paper after the meeting", meets="R001-107")
    def circulation(self) -> list[CopyLine]:
        return [CopyLine(self.view, one) for one in list_copies(self.view.case, self.written)]

    @shown("Whom the procedure wants invited")
    def must_invite(self) -> list[GuestsAskedFacts]:
        # The same people whom one place of the law asks for twice are listed once.
        asked: dict[tuple[object, ...], GuestsAskedFacts] = {}
        for one in self._list_guests_asked():
            asked.setdefault((*one.who(), one.level(), one.cite()), one)
        return [*asked.values()]

    @shown("What the procedure wants talked about")
    def must_cover(self) -> list[AskedFacts]:
        return [AskedFacts(self.view, rule) for rule in self._list_topics()]

    @shown("The options that the procedure allows at each child's age")
    def options_offered(self) -> list[OfferedFacts]:
        return [*self._list_offered()]

    @shown("The copies that the procedure asks for")
    def copies(self) -> list[AskedCopyFacts]:
        copies: dict[tuple[object, ...], AskedCopyFacts] = {}
        for one in list_asked_copies(self.view.case, self.written, self.view.compliance):
            copy = AskedCopyFacts(self.view, one)
            copies.setdefault((copy.paper(), *copy.to(), copy.due(), copy.sent_on(), copy.says()), copy)
        return [*copies.values()]

    def _list_days(self) -> list[ChildOnDay]:
        """Each child on the day of the meeting, for the conditions of rules."""
        compliance, day = self.view.compliance, self.date()
        jurisdiction = compliance.procedure.jurisdiction
        return [
            ChildOnDay(self.view.case, one, compliance.on, jurisdiction, day, Item(self.written))
            for one in self._children
        ]

    def _list_guests_asked(self) -> Iterator[GuestsAskedFacts]:
        """Whom each rule asks to be invited for one of the children or more."""
        for rule in self.view.compliance.procedure.rules:
            # Whether a rule applies may be unknown before the meeting; then the chair should see it.
            guests = next(filter(None, (list_guests(rule, one) for one in self._list_days())), None)
            if guests:
                yield GuestsAskedFacts(self.view, rule, guests)

    def _list_topics(self) -> Iterator[Rule]:
        """The rules that ask for words about something: in the discussion, the advice or an analysis of the meeting."""
        for rule in self.view.compliance.procedure.rules:
            is_said = any(place in fact.source for fact in rule.asks.conditions for place in _SAID_THERE)
            if is_said and (rule.when is None or any(rule.when.run(one) is not False for one in self._list_days())):
                yield rule

    def _list_offered(self) -> Iterator[OfferedFacts]:
        for on_day in self._list_days():
            found = [
                rule.asks
                for rule in self.view.compliance.procedure.rules
                if (rule.asks.consider or rule.asks.allow) and (rule.when is None or rule.when.run(on_day) is True)
            ]
            offered = dict.fromkeys(kind for asks in found for kind in (*asks.consider, *asks.allow))
            # Options to be weighed are no closed list; only a procedure with a matrix says which ones an age allows.
            if any(asks.allow for asks in found):
                yield OfferedFacts(self.view, on_day, [*offered])


class GuestFacts(Shown, says="guest of a meeting", seen_as=Disclosure.OPEN):
    """Somebody invited, to which part, and where it is for those who see what is planned.

    A meeting may be held where family must not know that the child is: at the nursery, say.
    """

    def __init__(self, view: ReaderView, meeting: Meeting, guest: Person) -> None:
        super().__init__(view)
        self._meeting, self._guest = meeting, guest
        self._person = show_person(guest, view)

    @shown("The id in the case file", example="mother")
    def id(self) -> str:
        return self._guest.id

    @shown(
        "First names and surname; neutral words for a carer whom the reader may not know", example="Leanne Marie Hale"
    )
    def full_name(self) -> str:
        return self._person.full_name()

    @shown("The name in short", example="Leanne")
    def name(self) -> str:
        return self._person.name()

    @shown("The name for a letter", example="Ms Hale")
    def formal_name(self) -> str:
        return self._person.formal_name()

    @shown("Who they are here: the job, or the relationship and to whom", example="mother of Rowan")
    def capacity(self) -> str:
        return self._person.capacity()

    @shown("To which part", example="information sharing only")
    def part(self) -> Part:
        return next(one.part for one in self._meeting.invited if one.person == self._guest.id)

    @shown("Whether they may know where it is", example="no")
    def sees_venue(self) -> bool:
        return self.view.lens.sees_plans

    @shown("Where it is", example="Room 4, Civic Centre", seen_as=Disclosure.PLANNING, unseen=None)
    def venue(self) -> str | None:
        return self._meeting.venue


class ReviewFacts(ShownOf[Review], says="review", model=Review, source="reviews", seen_as=Disclosure.PLANNING):
    """One review, with what the procedure asks of it and what had happened by then in a paper about one child."""

    def __init__(self, view: ReaderView, written: Review, child: Child | None) -> None:
        super().__init__(view, written)
        self._child = child

    @shown("When it was held, else when it is booked", example="12 August 2026", seen_as=Disclosure.OPEN)
    def day(self) -> dt.date | None:
        return self.written.day

    @shown("Who chairs it", seen_as=Disclosure.OPEN)
    def chair(self) -> PersonFacts | None:
        return find_person_facts(self.written.chair, self.view)

    @shown("What must be ready before the review", given="child")
    def ready_before(self) -> list[DueFacts]:
        return [*self._list_asked(LimitKind.BEFORE, LimitKind.AT_LEAST)]

    @shown("What the review must cover", given="child")
    def must_cover(self) -> list[DueFacts]:
        for_each = (rule for rule in self._list_rules() if "review" in rule.entry.each and not rule.limits)
        return [*self._list_asked(LimitKind.BY), *(DueFacts(self.view, rule, None) for rule in for_each)]

    @shown("What must follow it", given="child")
    def to_follow(self) -> list[DueFacts]:
        return [*self._list_asked(LimitKind.WITHIN, LimitKind.BEGINNING)]

    @shown("The review before it", example="12 May 2026", given="child")
    def previous_on(self) -> dt.date | None:
        day = self.day()
        before = [one.held_on for one in self._list_others() if one.held_on and day and one.held_on < day]
        return before[-1] if before else None

    @shown("Where and at what time", example="Room 2, 10am", given="child")
    def venue(self) -> str | None:
        # The record notes it beside the booking of its room.
        case, kind = self.view.case, self.written.kind.value
        names = {f"{kind}_{ending}" for ending in ("arranged", "venue_booked", "room_booked")}
        children = {*self.written.children} or {child.id for child in case.children}
        notes = [
            one.note
            for one in sorted(case.record, key=lambda entry: entry.on)
            if one.event in names and one.note and (one.child is None or one.child in children)
        ]
        return notes[-1] if notes else None

    @shown(HAPPENED, keyed=EVENTS_BY_NAME, given="child")
    def happened(self) -> dict[str, EventFacts]:
        return show_happened(self._child, self.view, self.written.held_on) if self._child else {}

    def _list_others(self) -> list[Review]:
        reviews = self.view.case.reviews_of(self._child.id) if self._child else ()
        return [one for one in reviews if one is not self.written]

    def _show_day(self) -> ChildOnDay | None:
        """The child on the day of the review, for the conditions of rules."""
        compliance = self.view.compliance
        jurisdiction, day = compliance.procedure.jurisdiction, self.day() or compliance.on
        item = Item(review=self.written)
        return ChildOnDay(self.view.case, self._child, compliance.on, jurisdiction, day, item) if self._child else None

    def _list_rules(self) -> list[Rule]:
        """The rules that apply on the day of the review, or may."""
        on_day, day = self._show_day(), self.day()
        if on_day is None:
            return []
        # Whether a rule applies may be unknown before the review; then its chair should see it.
        every = self.view.compliance.procedure.rules
        rules = [rule for rule in every if rule.when is None or rule.when.run(on_day) is not False]
        is_followed = any(day and (one.day or day) > day for one in self._list_others())
        return [rule for rule in rules if not (is_followed and _asks_for_next(rule))]

    def _list_asked(self, *kinds: LimitKind) -> Iterator[DueFacts]:
        """The rules whose day hangs on this review in one of these ways, each with its day where it has one."""
        on_day, kind = self._show_day(), self.written.kind
        if on_day is None:
            return
        here = {"this_review", "" if kind is ReviewKind.REVIEW else kind.value}
        rulings = self.view.compliance.of_child(on_day.child.id)
        due = {one.rule.name: one.due for one in rulings if one.item in ("", on_day.item.id)}
        for rule in self._list_rules():
            if any(limit.event in here and limit.kind in kinds for limit in rule.limits):
                yield DueFacts(self.view, rule, due.get(rule.name))


def _asks_for_next(rule: Rule) -> bool:
    """Whether a rule asks for the next review: nothing to say where that review stands in the file."""
    return rule.asks.events == ("following_review",)


def _name_child(key: str | None, view: ReaderView) -> str:
    return view.case.child(key).name.short if key else "all children"


def _say_guest(guest: Guest) -> str:
    who = name_guests(guest)
    return f"{who} ({guest.part.words})" if guest.part else who
