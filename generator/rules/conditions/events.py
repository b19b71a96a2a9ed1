"""Events that a case file yields by itself: meetings, reviews, plans, orders and decisions, each with its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Literal

from generator.base.dates import add_months
from generator.base.english import capitalise
from generator.case.child import SiblingAssessment
from generator.case.court import Hearing
from generator.case.decision import AdmDecision, PanelRecommendation, ParentNotified
from generator.case.family import Case, RecordedEvent
from generator.case.iro import IroView
from generator.case.meeting import Meeting, ParentTold, Review
from generator.case.person import FatherNotification
from generator.case.planning import Order, Placement, Plan
from generator.case.questions import find_court, find_person, list_homes_in_care
from generator.case.words import (
    FINAL_ORDERS,
    INTERIM_ORDERS,
    AdmOutcome,
    HearingKind,
    IroOutcome,
    MeetingKind,
    OrderKind,
    PlacementType,
    PlanKind,
    ReviewKind,
    Role,
    describe_word,
)
from generator.rules.conditions.child_on_day import ChildOnDay, Item, Occurrence, Unknown, unknown

Scope = Literal["child", "meeting", "review", "parent", "decision", "sibling"]
_Find = Callable[[ChildOnDay], Iterable[Occurrence]]
_List = Callable[[ChildOnDay], Iterable[object]]
_Tell = Callable[[ChildOnDay], bool]


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its label, and the place in the case file that says when it happened.

    `scope` is what it belongs to; one of a narrower scope may be asked of a child as well. `certain` says whether it
    must have happened: then it is unknown, and not yet to come, where no day is written.
    """

    name: str
    label: str
    write: str
    scope: Scope
    find: _Find
    certain: _Tell


EVENTS: dict[str, Event] = {}


def _never(_view: ChildOnDay) -> bool:
    return False


def _always(_view: ChildOnDay) -> bool:
    return True


def _is_in_court(view: ChildOnDay) -> bool:
    """Whether the file tells of proceedings: by the day of issue, or by an interim order."""
    court = find_court(view.case, view.child.id)
    issued = court is not None and court.issued_on is not None
    return issued or any(order.order in INTERIM_ORDERS for order in view.case.orders_of(view.child.id))


def _event(
    name: str, label: str, write: str, *, scope: Scope = "child", certain: _Tell = _never
) -> Callable[[_Find], _Find]:
    """Declare an event whose occurrences a function finds."""

    def keep(find: _Find) -> _Find:
        EVENTS[name] = Event(name, label, write, scope, find, certain)
        return find

    return keep


def _written(
    name: str,
    label: str,
    write: str,
    groups: _List | None = None,
    *,
    by: str = "",
    scope: Scope = "child",
    certain: _Tell = _never,
) -> None:
    """Declare an event that happens on each day that is written in one place of the case file.

    `groups` lists the groups of facts that hold these days, where they are not all those of the child and item; `by` is
    the field beside the day that says who did it.
    """
    list_groups = groups or partial(_list_groups, place=write)
    field = write.rpartition(".")[2]

    def find(view: ChildOnDay) -> Iterator[Occurrence]:
        for group in list_groups(view):
            if day := getattr(group, field):
                on = day.date() if isinstance(day, dt.datetime) else day
                yield Occurrence(on, write, getattr(group, by) if by else None)

    EVENTS[name] = Event(name, label, write, scope, find, certain)


def _list_groups(view: ChildOnDay, place: str) -> Iterable[object]:
    """The groups of facts of the child and item that hold the days of a place such as reports.author.signed_on."""
    shelf, *steps = place.split(".")[:-1]
    groups: Iterable[object] = _SHELVES[shelf](view)
    for step in steps:
        inner = (getattr(group, step) for group in groups)
        each = (one for found in inner for one in (found if isinstance(found, tuple) else (found,)))
        groups = [one for one in each if one is not None and _is_of_item(one, view.item)]
    return groups


_SHELVES: dict[str, _List] = {
    "children": lambda view: [view.child],
    "placements": lambda view: view.case.placements_of(view.child.id),
    "plans": lambda view: view.case.plans_of(view.child.id),
    "court": lambda view: filter(None, [find_court(view.case, view.child.id)]),
    "meetings": lambda view: [view.item.meeting] if view.item.meeting else view.case.meetings,
    "reports": lambda view: [one for one in view.case.reports if one.child == view.child.id],
    "iro_views": lambda view: [one for one in view.case.iro_views if one.child == view.child.id],
    "adm_decisions": lambda view: [view.item.decision] if view.item.decision else _list_decisions(view),
}


def _is_of_item(group: object, item: Item) -> bool:
    """Whether a group is about the parent, brother or sister asked about, or about none of them."""
    if isinstance(group, (ParentTold, ParentNotified)):
        return item.parent is None or group.person == item.parent.id
    return not isinstance(group, SiblingAssessment) or item.sibling in (None, group)


def _label(code: str) -> str:
    return capitalise(describe_word(code))


# The child

_written("born", "Birth", "children.born_on", certain=_always)
_written("became_looked_after", "Became looked after", "children.looked_after_from", certain=_always)
_written("child_wishes_recorded", "Child’s wishes and feelings recorded", "children.wishes.on")


# Placements


def _homes_in_care(view: ChildOnDay) -> tuple[Placement, ...]:
    return list_homes_in_care(view.case, view.child.id)


def _homes_of_type(view: ChildOnDay, type_: PlacementType) -> list[Placement]:
    return [home for home in view.case.placements_of(view.child.id) if home.type is type_]


_STARTED = "placements.started_on"
_CONNECTED = partial(_homes_of_type, type_=PlacementType.CONNECTED_FOSTER_CARE)

_written("placement_moved", "Move to another home in care", _STARTED, lambda view: _homes_in_care(view)[1:])
_written("third_placement_move", "Third move in care", _STARTED, lambda view: _homes_in_care(view)[3:4])
_written("first_placement_in_care", "First home in care", _STARTED, lambda view: _homes_in_care(view)[:1],
         certain=_always)  # fmt: skip
_written("connected_placement_started", "Placement with a connected person", _STARTED, _CONNECTED)
_written("connected_placement_ended", "End of a placement with a connected person", "placements.ended_on", _CONNECTED)
_written("adoptive_placement_started", "Placement with adopters", _STARTED,
         partial(_homes_of_type, type_=PlacementType.ADOPTIVE))  # fmt: skip
_written("long_term_placement_started", "Long-term foster placement", _STARTED,
         partial(_homes_of_type, type_=PlacementType.LONG_TERM_FOSTER_CARE))  # fmt: skip
_written("residential_placement_started", "Placement in a children’s home", _STARTED,
         partial(_homes_of_type, type_=PlacementType.RESIDENTIAL))  # fmt: skip
_written("permanent_match_approved", "Permanent match approved", "placements.matched_on")


# Orders and the court


def _orders(view: ChildOnDay, kinds: Collection[OrderKind]) -> list[Order]:
    return [order for order in view.case.orders_of(view.child.id) if order.order in kinds]


for _order in OrderKind:
    _written(f"{_order.value}_made", _label(_order.value), "orders.made_on", partial(_orders, kinds={_order}))
_written("final_order_made", "Final order", "orders.made_on", partial(_orders, kinds=FINAL_ORDERS))


@_event("permanence_secured", "Permanence secured by an order or a permanent match", "orders.made_on")
def _secured(view: ChildOnDay) -> Iterable[Occurrence]:
    return [*EVENTS["final_order_made"].find(view), *EVENTS["permanent_match_approved"].find(view)]


_written("proceedings_issued", "Proceedings issued", "court.issued_on", certain=_is_in_court)
_written("final_evidence_due", "Final evidence due", "court.final_evidence_due_on", certain=_is_in_court)


def _hearings(view: ChildOnDay, kind: HearingKind) -> list[Hearing]:
    court = find_court(view.case, view.child.id)
    return [hearing for hearing in court.hearings if hearing.kind is kind] if court else []


for _hearing in HearingKind:
    _name = _hearing.value if _hearing.value.endswith("_hearing") else f"{_hearing.value}_hearing"
    _written(_name, _label(_hearing.value), "court.hearings.at", partial(_hearings, kind=_hearing))


# Reviews


def _review_days(view: ChildOnDay, reviews: Iterable[Review]) -> Iterator[Occurrence]:
    for review in reviews:
        # A day that was booked, has passed, and is not written as held, is no review.
        booked = review.booked_for if review.booked_for and review.booked_for > view.today else None
        if day := review.held_on or booked:
            yield Occurrence(day, "reviews.held_on", review.chair)


def review_number(view: ChildOnDay, review: Review) -> int | None:
    """Return which review of this child it is: as written, else by its place among those that are dated."""
    if review.number is not None:
        return review.number
    reviews = view.case.reviews_of(view.child.id)
    before = reviews[: reviews.index(review)]
    last = next((one.number for one in reversed(before) if one.number is not None), 0)
    since = next((i for i, one in enumerate(reversed(before)) if one.number is not None), len(before))
    return last + since + 1


def _reviews_numbered(view: ChildOnDay, number: int) -> Iterator[Occurrence]:
    reviews = view.case.reviews_of(view.child.id)
    return _review_days(view, (one for one in reviews if review_number(view, one) == number))


def _reviews_of_kind(view: ChildOnDay, kind: ReviewKind) -> Iterator[Occurrence]:
    return _review_days(view, (one for one in view.case.reviews_of(view.child.id) if one.kind is kind))


for _number, _word in enumerate(("first", "second", "third"), 1):
    _find_review = partial(_reviews_numbered, number=_number)
    _event(f"{_word}_review", f"{_word.capitalize()} review", "reviews.held_on")(_find_review)
for _kind in ReviewKind:
    if _kind is not ReviewKind.REVIEW:
        _event(_kind.value, _label(_kind.value), "reviews.held_on")(partial(_reviews_of_kind, kind=_kind))


@_event("review", "Review", "reviews.held_on")
def _every_review(view: ChildOnDay) -> Iterable[Occurrence]:
    return _review_days(view, view.case.reviews_of(view.child.id))


@_event("review_before_final_hearing", "Last review before the final hearing", "reviews.booked_for")
def _last_review(view: ChildOnDay) -> Iterable[Occurrence]:
    # Of several listings the last one stands. A past review is the last before it only where the law wants no other
    # one sooner (CPPCR 2010 reg 33): three months after the first review, six after each later one.
    final = max((one.at.date() for one in _hearings(view, HearingKind.FINAL)), default=None)
    before = [one for one in _every_review(view) if final and one.on < final]
    months = _MONTHS_AFTER_FIRST if len(before) == 1 else _MONTHS_AFTER_LATER
    return [one for one in before[-1:] if one.on > view.today or (final and add_months(one.on, months) >= final)]


_MONTHS_AFTER_FIRST, _MONTHS_AFTER_LATER = 3, 6


@_event("this_review", "This review", "reviews.held_on", scope="review")
def _this_review(view: ChildOnDay) -> Iterable[Occurrence]:
    return _review_days(view, filter(None, [view.item.review]))


@_event("following_review", "The next review", "reviews.held_on", scope="review")
def _following_review(view: ChildOnDay) -> Iterable[Occurrence]:
    mine = view.item.review
    day = mine.day if mine else None
    return [one for one in _every_review(view) if day and one.on > day][:1]


# Meetings

_STARTS = "meetings.starts_at"


def _meetings(view: ChildOnDay, kind: MeetingKind) -> list[Meeting]:
    mine = [one for one in view.case.meetings if one.kind is kind and view.child in view.case.meeting_children(one)]
    return sorted(mine, key=lambda one: one.starts_at)


for _meeting in MeetingKind:
    _held = "_held" if _meeting is MeetingKind.FAMILY_GROUP_CONFERENCE else ""
    _of_kind = partial(_meetings, kind=_meeting)
    _written(f"{_meeting.value}{_held}", _label(_meeting.value), _STARTS, _of_kind, by="chair")


def _planning_meetings(view: ChildOnDay) -> list[Meeting]:
    return _meetings(view, MeetingKind.PERMANENCE_PLANNING_MEETING)


def _next_planning_meeting(view: ChildOnDay) -> list[Meeting]:
    return [one for one in _planning_meetings(view) if one.starts_at.date() > view.today][:1]


_written("first_permanence_planning_meeting", "First permanence planning meeting", _STARTS,
         lambda view: _planning_meetings(view)[:1], by="chair")  # fmt: skip
_written("next_permanence_planning_meeting", "The next permanence planning meeting", _STARTS, _next_planning_meeting,
         by="chair")  # fmt: skip
_written("this_meeting", "This meeting", _STARTS, lambda view: filter(None, [view.item.meeting]), by="chair",
         scope="meeting")  # fmt: skip


def _neighbours(view: ChildOnDay, step: int) -> list[Meeting]:
    mine = view.item.meeting
    if mine is None:
        return []
    alike = _meetings(view, mine.kind)
    place = alike.index(mine) + step if mine in alike else -1
    return alike[place : place + 1] if place >= 0 else []


_written("following_meeting", "The next meeting of this kind", _STARTS, partial(_neighbours, step=1), by="chair",
         scope="meeting")  # fmt: skip


@_event("review_after_meeting", "The review after this meeting", "reviews.booked_for", scope="meeting")
def _review_after(view: ChildOnDay) -> Iterable[Occurrence]:
    mine = view.item.meeting
    return [one for one in _every_review(view) if mine and one.on >= mine.starts_at.date()][:1]


_written("previous_meeting", "The meeting of this kind before", _STARTS, partial(_neighbours, step=-1), by="chair",
         scope="meeting")  # fmt: skip
_written("minutes_agreed", "Minutes signed off by the chair", "meetings.minutes_agreed_on", scope="meeting")
_written("minutes_sent", "Minutes circulated", "meetings.minutes_sent_on", scope="meeting")
_written("told_of_meeting", "Parent told the outcome of the meeting", "meetings.parents_told.told_on", by="told_by",
         scope="meeting")  # fmt: skip
_written("meeting_summary_sent", "Summary sheet sent to a parent", "meetings.parents_told.summary_sent_on",
         by="told_by", scope="meeting")  # fmt: skip
_written("views_gathered", "Parent’s views gathered before the meeting", "meetings.parents_told.views_before_on",
         by="told_by", scope="meeting")  # fmt: skip


# Plans


def _plans(view: ChildOnDay) -> tuple[Plan, ...]:
    return view.case.plans_of(view.child.id)


def _changed_plans(view: ChildOnDay) -> list[Plan]:
    return [new for old, new in pairwise(_plans(view)) if new.primary is not old.primary]


def _start_of_plan(view: ChildOnDay, kind: PlanKind, *, parallel: bool) -> list[Plan]:
    """The plan that first had this kind, of the plans that have had it without a break until today."""
    first = None
    for plan in (one for one in _plans(view) if one.agreed_on <= view.today):
        planned = plan.primary is kind or (parallel and kind in plan.parallel)
        first = (first or plan) if planned else None
    return [first] if first else []


_AGREED = "plans.agreed_on"

_written("plan_agreed", "Plan agreed", _AGREED)
_written("first_plan_agreed", "First plan agreed", _AGREED, lambda view: _plans(view)[:1])
_written("plan_changed", "Plan changed", _AGREED, _changed_plans)
_written("final_plan_agreed", "Final plan agreed", _AGREED, lambda view: [plan for plan in _plans(view) if plan.final])
_written("adoption_planned", "Adoption became the plan, or a parallel plan", _AGREED,
         partial(_start_of_plan, kind=PlanKind.ADOPTION, parallel=True))  # fmt: skip
_written("long_term_fostering_planned", "Long-term fostering became the plan, or a parallel plan", _AGREED,
         partial(_start_of_plan, kind=PlanKind.LONG_TERM_FOSTERING, parallel=True))  # fmt: skip
_written("reunification_planned", "Return home became the plan", _AGREED,
         partial(_start_of_plan, kind=PlanKind.REUNIFICATION, parallel=False))  # fmt: skip


# The permanence report and the health summary

_written("cpr_dated", "Child’s permanence report dated", "reports.dated")
_written("cpr_signed_by_author", "Child’s permanence report signed by its author", "reports.author.signed_on")
_written("cpr_signed_by_supervisor", "Child’s permanence report signed by the supervisor",
         "reports.supervisor.signed_on")  # fmt: skip
_written("health_summary_written", "Health summary by the medical adviser", "reports.health_summary.dated")


def role_of(case: Case, said: str | None) -> Role | None:
    """Return the role of somebody who is named by a person's id, or by a role in words."""
    if said is None:
        return None
    person = find_person(case, said)
    if person:
        return person.role
    code = said.strip().lower().replace(" ", "_").replace("-", "_")
    return next((role for role in Role if code in (role.value, role.words.replace(" ", "_"))), None)


def _quality_checks(view: ChildOnDay, role: Role | None = None) -> Iterator[Occurrence]:
    reports = (one for one in view.case.reports if one.child == view.child.id)
    checks: list[tuple[dt.date, str | None]] = [
        (check.on, check.by) for report in reports for check in report.quality_checks
    ]
    mine = (one for one in view.case.record if one.child in (None, view.child.id))
    checks += [(one.on, one.by) for one in mine if one.event == "cpr_quality_assured"]
    for on, by in checks:
        if role is None or role_of(view.case, by) is role:
            yield Occurrence(on, "reports.quality_checks", by)


for _suffix, _by, _who in (
    ("", "", None),
    ("_by_team_manager", " by the team manager", Role.TEAM_MANAGER),
    ("_by_panel_adviser", " by the panel adviser", Role.PANEL_ADVISER),
):
    _assured = f"Child’s permanence report quality assured{_by}"
    _event(f"cpr_quality_assured{_suffix}", _assured, "reports.quality_checks")(partial(_quality_checks, role=_who))


# The reviewing officer


def _iro_views(view: ChildOnDay, outcomes: Collection[IroOutcome]) -> list[IroView]:
    return [one for one in view.case.iro_views if one.child == view.child.id and one.outcome in outcomes]


_SUPPORTS = {IroOutcome.SUPPORTS, IroOutcome.SUPPORTS_WITH_CONDITIONS}
_IN_SUPPORT = partial(_iro_views, outcomes=_SUPPORTS)

_written("iro_view_given", "Reviewing officer’s view of the plan", "iro_views.on", by="iro")
_written("iro_supported_plan", "Reviewing officer supported the plan", "iro_views.on", _IN_SUPPORT, by="iro")
_written("iro_challenged_plan", "Reviewing officer challenged the plan", "iro_views.on",
         partial(_iro_views, outcomes={IroOutcome.CHALLENGES}), by="iro")  # fmt: skip
_written("manager_answered_challenge", "Team manager answered the challenge", "iro_views.manager_responded_on")
_written("iro_summary_signed", "Reviewing officer’s summary of the permanency decision signed", "iro_views.signed_on",
         _IN_SUPPORT)  # fmt: skip


# The decision maker


def _list_decisions(view: ChildOnDay) -> list[AdmDecision]:
    return [one for one in view.case.adm_decisions if one.child == view.child.id]


def _decisions_made(view: ChildOnDay) -> list[AdmDecision]:
    """The decision asked about, or all of the child's, without those that are open or deferred."""
    found = [view.item.decision] if view.item.decision else _list_decisions(view)
    return [one for one in found if one.decision not in (None, AdmOutcome.DEFERRED)]


_DECIDED = "adm_decisions.decided_on"

_written("adm_papers_complete", "Papers for the decision maker complete", "adm_decisions.papers_complete_on",
         by="decision_maker", scope="decision")  # fmt: skip
_written("adm_met_panel_adviser", "Decision maker met the panel adviser", "adm_decisions.met_on",
         by="decision_maker", scope="decision")  # fmt: skip
_written("adm_decision_made", "Decision of the agency decision maker", _DECIDED, _decisions_made,
         by="decision_maker", scope="decision")  # fmt: skip
_written("adm_record_signed", "Decision maker’s record signed", "adm_decisions.signed_on",
         by="decision_maker", scope="decision")  # fmt: skip
_written("this_decision", "This decision", _DECIDED, lambda view: _decisions_made(view) if view.item.decision else (),
         by="decision_maker", scope="decision")  # fmt: skip
_written("adm_decided_to_place", "Decision that the child should be placed for adoption", _DECIDED,
         lambda view: [one for one in _list_decisions(view) if one.decision is AdmOutcome.SHOULD_BE_PLACED],
         by="decision_maker")  # fmt: skip


@_event("adm_queries_answered", "Questions of the decision maker answered", "adm_decisions.queries", scope="decision")
def _queries(view: ChildOnDay) -> Iterator[Occurrence]:
    for one in [view.item.decision] if view.item.decision else _list_decisions(view):
        for query in one.queries:
            if query.answer and query.on:
                yield Occurrence(query.on, "adm_decisions.queries.on")


def _panels(view: ChildOnDay) -> list[PanelRecommendation]:
    return [one.panel for one in _list_decisions(view) if one.panel]


_written("adoption_panel_held", "Adoption panel", "adm_decisions.panel.held_on", _panels)
_written("adoption_panel_minutes_final", "Minutes of the adoption panel final", "adm_decisions.panel.minutes_final_on",
         _panels)  # fmt: skip
_written("told_of_decision", "Parent told the decision", "adm_decisions.parents_notified.told_on", by="told_by",
         scope="decision")  # fmt: skip
_written("decision_letter_dated", "Date of the letter to a parent", "adm_decisions.parents_notified.letter_dated",
         by="told_by", scope="decision")  # fmt: skip
_written("decision_letter_sent", "Letter with the decision sent to a parent",
         "adm_decisions.parents_notified.letter_sent_on", by="told_by", scope="decision")  # fmt: skip


# Brothers and sisters, and fathers

_written("sibling_relationship_assessed", "Relationship with a brother or sister analysed",
         "children.siblings.assessed_on", scope="sibling")  # fmt: skip
_written("together_decision_countersigned", "Together-or-apart decision countersigned",
         "children.siblings.countersigned_on", scope="sibling")  # fmt: skip


def _notifications(view: ChildOnDay) -> Iterator[FatherNotification]:
    for person in view.case.people:
        tie = person.is_to(view.child.id)
        if tie and tie.notification:
            yield tie.notification


_written("father_notification_decided", "Decided whether the father is told",
         "people.relationships.notification.decided_on", _notifications)  # fmt: skip
_written("father_legal_advice_taken", "Legal advice on telling the father",
         "people.relationships.notification.legal_advice_on", _notifications)  # fmt: skip


# What is recorded by name


def find_occurrences(view: ChildOnDay, name: str) -> tuple[Occurrence, ...] | Unknown:
    """Return every day of an event for this child and item, oldest first: from the file's own parts and its record.

    Unknown where a certain event has no day, and where the record does not say whom an entry was about.
    """
    found: tuple[Occurrence, ...] | Unknown = view.remember((name, view.item), lambda: _find_occurrences(view, name))
    return found


def _find_occurrences(view: ChildOnDay, name: str) -> tuple[Occurrence, ...] | Unknown:
    event = EVENTS.get(name)
    found = [*event.find(view)] if event else []
    unclear = False
    for entry in view.case.record:
        if entry.event != name or entry.child not in (None, view.child.id):
            continue
        mine = _is_about(entry, view)
        if mine:
            named = view.item.meeting is not None and entry.meeting == view.item.meeting.id
            found.append(Occurrence(entry.on, "record", entry.by, entry.to, entry.note, named))
        unclear |= mine is None
    if not found and unclear:
        return unknown("record.person")
    if not found and event and event.certain(view):
        return unknown(event.write)
    # What stands twice, in its own place and in the record, happened once; two people may do the same on one day.
    return tuple({(one.on, one.by): one for one in sorted(found, key=lambda one: one.on, reverse=True)}.values())[::-1]


def _is_about(entry: RecordedEvent, view: ChildOnDay) -> bool | None:
    """Return whether an entry of the record is about the item asked about; None where it does not say."""
    meeting = view.item.meeting
    if meeting and entry.meeting and entry.meeting != meeting.id:
        return False
    if view.item.parent:
        return _is_of(entry, view.item.parent.id, len(view.case.parents_of(view.child.id)))
    if view.item.sibling:
        return _is_of(entry, view.item.sibling.sibling, len(view.child.siblings))
    return True


def _is_of(entry: RecordedEvent, key: str, many: int) -> bool | None:
    if entry.person is None:
        return True if many == 1 else None
    return entry.person == key


def has_happened(view: ChildOnDay, name: str) -> bool | Unknown:
    """Return whether an event has happened by today. An event without a day has not, unless it is a certain one."""
    found = find_occurrences(view, name)
    return found if isinstance(found, Unknown) else any(one.on <= view.today for one in found)
