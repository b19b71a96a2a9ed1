"""Events that a case file yields by itself: meetings, reviews, plans, orders and decisions, each with its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from generator.base.dates import add_months
from generator.case.family import Case, RecordedEvent
from generator.case.meeting import Meeting, Review
from generator.case.planning import Placement, Plan
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
    say_words,
)
from generator.rules.conditions.child_on_day import Occurrence, Unknown, View, unknown
from generator.rules.expressions.language import say_sentence

Scope = Literal["child", "meeting", "review", "parent", "decision", "sibling"]
_Find = Callable[[View], Iterable[Occurrence]]
_Tell = Callable[[View], bool]


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its label, and where the case file says that it happened.

    `scope` is what it belongs to; one of a narrower scope may be asked of a child as well. Where an event must have
    happened by what else stands in the file (`certain`), and is not written, it is unknown rather than not yet so.
    """

    name: str
    label: str
    write: str
    scope: Scope
    find: _Find
    certain: _Tell


EVENTS: dict[str, Event] = {}


def _never(_view: View) -> bool:
    return False


def _always(_view: View) -> bool:
    return True


def _is_in_court(view: View) -> bool:
    """Whether the file tells of proceedings: by the day of issue, or by an interim order."""
    court = find_court(view.case, view.child.id)
    issued = court is not None and court.issued_on is not None
    return issued or any(order.order in INTERIM_ORDERS for order in view.case.orders_of(view.child.id))


def _event(
    name: str, label: str, write: str, *, scope: Scope = "child", certain: _Tell = _never
) -> Callable[[_Find], _Find]:
    def keep(find: _Find) -> _Find:
        EVENTS[name] = Event(name, label, write, scope, find, certain)
        return find

    return keep


def _days(days: Iterable[dt.date | None], write: str) -> Iterator[Occurrence]:
    return (Occurrence(day, write) for day in days if day)


# The child


@_event("born", "Birth", "children.born_on", certain=_always)
def _born(view: View) -> Iterable[Occurrence]:
    return _days([view.child.born_on], "children.born_on")


@_event("became_looked_after", "Became looked after", "children.looked_after_from", certain=_always)
def _became_looked_after(view: View) -> Iterable[Occurrence]:
    return _days([view.child.looked_after_from], "children.looked_after_from")


@_event("child_wishes_recorded", "Child’s wishes and feelings recorded", "children.wishes.on")
def _wishes(view: View) -> Iterable[Occurrence]:
    return _days([wish.on for wish in view.child.wishes], "children.wishes.on")


# Placements


def _homes_in_care(view: View) -> tuple[Placement, ...]:
    return list_homes_in_care(view.case, view.child.id)


def _started(view: View, *kinds: PlacementType) -> Iterator[Occurrence]:
    homes = view.case.placements_of(view.child.id)
    return _days([home.started_on for home in homes if home.type in kinds], "placements.started_on")


@_event("placement_moved", "Move to another home in care", "placements.started_on")
def _moved(view: View) -> Iterable[Occurrence]:
    return _days([home.started_on for home in _homes_in_care(view)[1:]], "placements.started_on")


@_event("third_placement_move", "Third move in care", "placements.started_on")
def _third_move(view: View) -> Iterable[Occurrence]:
    return _days([home.started_on for home in _homes_in_care(view)[3:4]], "placements.started_on")


@_event("first_placement_in_care", "First home in care", "placements.started_on", certain=_always)
def _first_placement(view: View) -> Iterable[Occurrence]:
    return _days([home.started_on for home in _homes_in_care(view)[:1]], "placements.started_on")


@_event("connected_placement_started", "Placement with a connected person", "placements.started_on")
def _connected(view: View) -> Iterable[Occurrence]:
    return _started(view, PlacementType.CONNECTED_FOSTER_CARE)


@_event("connected_placement_ended", "End of a placement with a connected person", "placements.ended_on")
def _connected_ended(view: View) -> Iterable[Occurrence]:
    homes = view.case.placements_of(view.child.id)
    ended = [home.ended_on for home in homes if home.type is PlacementType.CONNECTED_FOSTER_CARE]
    return _days(ended, "placements.ended_on")


@_event("adoptive_placement_started", "Placement with adopters", "placements.started_on")
def _adoptive(view: View) -> Iterable[Occurrence]:
    return _started(view, PlacementType.ADOPTIVE)


@_event("long_term_placement_started", "Long-term foster placement", "placements.started_on")
def _long_term(view: View) -> Iterable[Occurrence]:
    return _started(view, PlacementType.LONG_TERM_FOSTER_CARE)


@_event("residential_placement_started", "Placement in a children’s home", "placements.started_on")
def _residential(view: View) -> Iterable[Occurrence]:
    return _started(view, PlacementType.RESIDENTIAL)


@_event("permanent_match_approved", "Permanent match approved", "placements.matched_on")
def _matched(view: View) -> Iterable[Occurrence]:
    homes = view.case.placements_of(view.child.id)
    return _days([home.matched_on for home in homes], "placements.matched_on")


# Orders and the court


def _made(view: View, kinds: Iterable[OrderKind]) -> Iterator[Occurrence]:
    return _days(
        [order.made_on for order in view.case.orders_of(view.child.id) if order.order in kinds], "orders.made_on"
    )


def _declare_orders() -> None:
    for kind in OrderKind:
        label = say_sentence(say_words(kind.value))

        def find(view: View, kind: OrderKind = kind) -> Iterable[Occurrence]:
            return _made(view, {kind})

        _event(f"{kind.value}_made", label, "orders.made_on")(find)


_declare_orders()


@_event("final_order_made", "Final order", "orders.made_on")
def _final_order(view: View) -> Iterable[Occurrence]:
    return _made(view, FINAL_ORDERS)


@_event("permanence_secured", "Permanence secured by an order or a permanent match", "orders.made_on")
def _secured(view: View) -> Iterable[Occurrence]:
    return [*_made(view, FINAL_ORDERS), *_matched(view)]


@_event("proceedings_issued", "Proceedings issued", "court.issued_on", certain=_is_in_court)
def _issued(view: View) -> Iterable[Occurrence]:
    court = find_court(view.case, view.child.id)
    return _days([court.issued_on] if court else [], "court.issued_on")


@_event("final_evidence_due", "Final evidence due", "court.final_evidence_due_on", certain=_is_in_court)
def _final_evidence(view: View) -> Iterable[Occurrence]:
    court = find_court(view.case, view.child.id)
    return _days([court.final_evidence_due_on] if court else [], "court.final_evidence_due_on")


def _hearings(view: View, kind: HearingKind) -> Iterator[Occurrence]:
    court = find_court(view.case, view.child.id)
    hearings = court.hearings if court else ()
    return _days([hearing.at.date() for hearing in hearings if hearing.kind is kind], "court.hearings.at")


def _declare_hearings() -> None:
    for kind in HearingKind:

        def find(view: View, kind: HearingKind = kind) -> Iterable[Occurrence]:
            return _hearings(view, kind)

        name = kind.value if kind.value.endswith("_hearing") else f"{kind.value}_hearing"
        _event(name, say_sentence(say_words(kind.value)), "court.hearings.at")(find)


_declare_hearings()


# Reviews


def _review_days(view: View, reviews: Iterable[Review]) -> Iterator[Occurrence]:
    for review in reviews:
        # A day that was booked, has passed, and is not written as held, is no review.
        booked = review.booked_for if review.booked_for and review.booked_for > view.today else None
        if day := review.held_on or booked:
            yield Occurrence(day, "reviews.held_on", review.chair)


def review_number(view: View, review: Review) -> int | None:
    """Which review of this child it is: as written, else by its place among those that are dated."""
    if review.number is not None:
        return review.number
    reviews = view.case.reviews_of(view.child.id)
    before = reviews[: reviews.index(review)]
    last = next((one.number for one in reversed(before) if one.number is not None), 0)
    since = next((i for i, one in enumerate(reversed(before)) if one.number is not None), len(before))
    return last + since + 1


def _numbered(view: View, number: int) -> Iterator[Occurrence]:
    reviews = view.case.reviews_of(view.child.id)
    return _review_days(view, (one for one in reviews if review_number(view, one) == number))


_NTH = {1: "first", 2: "second", 3: "third"}


def _declare_reviews() -> None:
    for number, word in _NTH.items():

        def find(view: View, number: int = number) -> Iterable[Occurrence]:
            return _numbered(view, number)

        _event(f"{word}_review", f"{word.capitalize()} review", "reviews.held_on")(find)
    for kind in ReviewKind:
        if kind is not ReviewKind.REVIEW:

            def of_kind(view: View, kind: ReviewKind = kind) -> Iterable[Occurrence]:
                return _review_days(view, (one for one in view.case.reviews_of(view.child.id) if one.kind is kind))

            _event(kind.value, say_sentence(say_words(kind.value)), "reviews.held_on")(of_kind)


_declare_reviews()


@_event("review", "Review", "reviews.held_on")
def _every_review(view: View) -> Iterable[Occurrence]:
    return _review_days(view, view.case.reviews_of(view.child.id))


@_event("review_before_final_hearing", "Last review before the final hearing", "reviews.booked_for")
def _last_review(view: View) -> Iterable[Occurrence]:
    # Of several listings the last one stands. A past review is the last before it only where the law wants no other
    # one sooner (CPPCR 2010 reg 33): three months after the first review, six after each later one.
    final = max((one.on for one in _hearings(view, HearingKind.FINAL)), default=None)
    before = [one for one in _every_review(view) if final and one.on < final]
    months = _MONTHS_AFTER_FIRST if len(before) == 1 else _MONTHS_AFTER_LATER
    return [one for one in before[-1:] if one.on > view.today or (final and add_months(one.on, months) >= final)]


_MONTHS_AFTER_FIRST, _MONTHS_AFTER_LATER = 3, 6


@_event("this_review", "This review", "reviews.held_on", scope="review")
def _this_review(view: View) -> Iterable[Occurrence]:
    return _review_days(view, [view.item.review] if view.item.review else [])


@_event("following_review", "The next review", "reviews.held_on", scope="review")
def _following_review(view: View) -> Iterable[Occurrence]:
    mine = view.item.review
    day = mine.day if mine else None
    return [one for one in _every_review(view) if day and one.on > day][:1]


# Meetings


def _meetings(view: View, kind: MeetingKind) -> list[Meeting]:
    mine = [one for one in view.case.meetings if one.kind is kind and view.child in view.case.meeting_children(one)]
    return sorted(mine, key=lambda one: one.starts_at)


def _meeting_days(meetings: Iterable[Meeting]) -> Iterator[Occurrence]:
    return (Occurrence(one.starts_at.date(), "meetings.starts_at", one.chair) for one in meetings)


def _declare_meetings() -> None:
    for kind in MeetingKind:
        name = "family_group_conference_held" if kind is MeetingKind.FAMILY_GROUP_CONFERENCE else kind.value

        def find(view: View, kind: MeetingKind = kind) -> Iterable[Occurrence]:
            return _meeting_days(_meetings(view, kind))

        _event(name, say_sentence(say_words(kind.value)), "meetings.starts_at")(find)


_declare_meetings()


@_event("first_permanence_planning_meeting", "First permanence planning meeting", "meetings.starts_at")
def _first_meeting(view: View) -> Iterable[Occurrence]:
    return _meeting_days(_meetings(view, MeetingKind.PERMANENCE_PLANNING_MEETING)[:1])


@_event("next_permanence_planning_meeting", "The next permanence planning meeting", "meetings.starts_at")
def _next_meeting(view: View) -> Iterable[Occurrence]:
    every = _meeting_days(_meetings(view, MeetingKind.PERMANENCE_PLANNING_MEETING))
    return [one for one in every if one.on > view.today][:1]


@_event("this_meeting", "This meeting", "meetings.starts_at", scope="meeting")
def _this_meeting(view: View) -> Iterable[Occurrence]:
    return _meeting_days([view.item.meeting] if view.item.meeting else [])


def _neighbours(view: View, step: int) -> list[Meeting]:
    mine = view.item.meeting
    if mine is None:
        return []
    alike = _meetings(view, mine.kind)
    place = alike.index(mine) + step if mine in alike else -1
    return alike[place : place + 1] if place >= 0 else []


@_event("following_meeting", "The next meeting of this kind", "meetings.starts_at", scope="meeting")
def _following_meeting(view: View) -> Iterable[Occurrence]:
    return _meeting_days(_neighbours(view, 1))


@_event("review_after_meeting", "The review after this meeting", "reviews.booked_for", scope="meeting")
def _review_after(view: View) -> Iterable[Occurrence]:
    mine = view.item.meeting
    return [one for one in _every_review(view) if mine and one.on >= mine.starts_at.date()][:1]


@_event("previous_meeting", "The meeting of this kind before", "meetings.starts_at", scope="meeting")
def _previous_meeting(view: View) -> Iterable[Occurrence]:
    return _meeting_days(_neighbours(view, -1))


def _of_meetings(view: View) -> tuple[Meeting, ...]:
    return (view.item.meeting,) if view.item.meeting else view.case.meetings


@_event("minutes_agreed", "Minutes signed off by the chair", "meetings.minutes_agreed_on", scope="meeting")
def _minutes_agreed(view: View) -> Iterable[Occurrence]:
    return _days([one.minutes_agreed_on for one in _of_meetings(view)], "meetings.minutes_agreed_on")


@_event("minutes_sent", "Minutes circulated", "meetings.minutes_sent_on", scope="meeting")
def _minutes_sent(view: View) -> Iterable[Occurrence]:
    return _days([one.minutes_sent_on for one in _of_meetings(view)], "meetings.minutes_sent_on")


def _told(view: View, attribute: str) -> Iterator[Occurrence]:
    parent = view.item.parent
    for meeting in _of_meetings(view):
        for told in meeting.parents_told:
            day = getattr(told, attribute)
            if day and (parent is None or told.person == parent.id):
                yield Occurrence(day, f"meetings.parents_told.{attribute}", told.told_by)


@_event("told_of_meeting", "Parent told the outcome of the meeting", "meetings.parents_told.told_on", scope="meeting")
def _told_of_meeting(view: View) -> Iterable[Occurrence]:
    return _told(view, "told_on")


@_event(
    "meeting_summary_sent", "Summary sheet sent to a parent", "meetings.parents_told.summary_sent_on", scope="meeting"
)
def _summary_sent(view: View) -> Iterable[Occurrence]:
    return _told(view, "summary_sent_on")


@_event("views_gathered", "Parent’s views gathered before the meeting", "meetings.parents_told.views_before_on",
        scope="meeting")  # fmt: skip
def _views_gathered(view: View) -> Iterable[Occurrence]:
    return _told(view, "views_before_on")


# Plans


def _plans(view: View) -> tuple[Plan, ...]:
    return view.case.plans_of(view.child.id)


@_event("plan_agreed", "Plan agreed", "plans.agreed_on")
def _plan_agreed(view: View) -> Iterable[Occurrence]:
    return _days([plan.agreed_on for plan in _plans(view)], "plans.agreed_on")


@_event("first_plan_agreed", "First plan agreed", "plans.agreed_on")
def _first_plan(view: View) -> Iterable[Occurrence]:
    return _days([plan.agreed_on for plan in _plans(view)[:1]], "plans.agreed_on")


@_event("plan_changed", "Plan changed", "plans.agreed_on")
def _plan_changed(view: View) -> Iterable[Occurrence]:
    plans = _plans(view)
    changed = [new.agreed_on for old, new in pairwise(plans) if new.primary is not old.primary]
    return _days(changed, "plans.agreed_on")


@_event("final_plan_agreed", "Final plan agreed", "plans.agreed_on")
def _final_plan(view: View) -> Iterable[Occurrence]:
    return _days([plan.agreed_on for plan in _plans(view) if plan.final], "plans.agreed_on")


def _run_of(view: View, kind: PlanKind, *, parallel: bool) -> Iterator[Occurrence]:
    """When the plan in force turned to this kind: the first day of the unbroken run that lasts to today."""
    day = None
    for plan in (one for one in _plans(view) if one.agreed_on <= view.today):
        planned = plan.primary is kind or (parallel and kind in plan.parallel)
        day = (day or plan.agreed_on) if planned else None
    return _days([day], "plans.agreed_on")


@_event("adoption_planned", "Adoption became the plan, or a parallel plan", "plans.agreed_on")
def _adoption_planned(view: View) -> Iterable[Occurrence]:
    return _run_of(view, PlanKind.ADOPTION, parallel=True)


@_event("long_term_fostering_planned", "Long-term fostering became the plan, or a parallel plan", "plans.agreed_on")
def _fostering_planned(view: View) -> Iterable[Occurrence]:
    return _run_of(view, PlanKind.LONG_TERM_FOSTERING, parallel=True)


@_event("reunification_planned", "Return home became the plan", "plans.agreed_on")
def _reunification_planned(view: View) -> Iterable[Occurrence]:
    return _run_of(view, PlanKind.REUNIFICATION, parallel=False)


# The permanence report and the health summary


def _reports(view: View) -> Iterator[object]:
    return (report for report in view.case.reports if report.child == view.child.id)


def _report_days(view: View, *path: str) -> Iterator[Occurrence]:
    for found in _reports(view):
        held: object = found
        for name in path:
            held = getattr(held, name) if held is not None else None
        if isinstance(held, dt.date):
            yield Occurrence(held, ".".join(("reports", *path)))


@_event("cpr_dated", "Child’s permanence report dated", "reports.dated")
def _cpr_dated(view: View) -> Iterable[Occurrence]:
    return _report_days(view, "dated")


@_event("cpr_signed_by_author", "Child’s permanence report signed by its author", "reports.author.signed_on")
def _cpr_signed(view: View) -> Iterable[Occurrence]:
    return _report_days(view, "author", "signed_on")


@_event(
    "cpr_signed_by_supervisor", "Child’s permanence report signed by the supervisor", "reports.supervisor.signed_on"
)
def _cpr_supervised(view: View) -> Iterable[Occurrence]:
    return _report_days(view, "supervisor", "signed_on")


@_event("health_summary_written", "Health summary by the medical adviser", "reports.health_summary.dated")
def _health(view: View) -> Iterable[Occurrence]:
    return _report_days(view, "health_summary", "dated")


def role_of(case: Case, said: str | None) -> Role | None:
    """The role of whoever did something: a person's id, or a role as a word."""
    if said is None:
        return None
    person = find_person(case, said)
    if person:
        return person.role
    code = said.strip().lower().replace(" ", "_").replace("-", "_")
    return next((role for role in Role if code in (role.value, say_words(role.value).replace(" ", "_"))), None)


def _quality_checks(view: View, role: Role | None = None) -> Iterator[Occurrence]:
    for report in view.case.reports:
        if report.child == view.child.id:
            for check in report.quality_checks:
                if role is None or role_of(view.case, check.by) is role:
                    yield Occurrence(check.on, "reports.quality_checks", check.by)
    for entry in view.case.record:
        mine = entry.event == "cpr_quality_assured" and entry.child in (None, view.child.id)
        if mine and (role is None or role_of(view.case, entry.by) is role):
            yield Occurrence(entry.on, "reports.quality_checks", entry.by)


@_event("cpr_quality_assured", "Child’s permanence report quality assured", "reports.quality_checks")
def _quality(view: View) -> Iterable[Occurrence]:
    return _quality_checks(view)


@_event("cpr_quality_assured_by_team_manager", "Child’s permanence report quality assured by the team manager",
        "reports.quality_checks")  # fmt: skip
def _quality_manager(view: View) -> Iterable[Occurrence]:
    return _quality_checks(view, Role.TEAM_MANAGER)


@_event("cpr_quality_assured_by_panel_adviser", "Child’s permanence report quality assured by the panel adviser",
        "reports.quality_checks")  # fmt: skip
def _quality_adviser(view: View) -> Iterable[Occurrence]:
    return _quality_checks(view, Role.PANEL_ADVISER)


# The reviewing officer


def _views(view: View, outcomes: Iterable[IroOutcome]) -> Iterator[Occurrence]:
    mine = (one for one in view.case.iro_views if one.child == view.child.id and one.outcome in outcomes)
    return (Occurrence(one.on, "iro_views.on", one.iro) for one in mine)


@_event("iro_view_given", "Reviewing officer’s view of the plan", "iro_views.on")
def _iro_view(view: View) -> Iterable[Occurrence]:
    return _views(view, IroOutcome)


@_event("iro_supported_plan", "Reviewing officer supported the plan", "iro_views.on")
def _iro_supported(view: View) -> Iterable[Occurrence]:
    return _views(view, {IroOutcome.SUPPORTS, IroOutcome.SUPPORTS_WITH_CONDITIONS})


@_event("iro_challenged_plan", "Reviewing officer challenged the plan", "iro_views.on")
def _iro_challenged(view: View) -> Iterable[Occurrence]:
    return _views(view, {IroOutcome.CHALLENGES})


@_event("manager_answered_challenge", "Team manager answered the challenge", "iro_views.manager_responded_on")
def _answered(view: View) -> Iterable[Occurrence]:
    mine = (one for one in view.case.iro_views if one.child == view.child.id)
    return _days([one.manager_responded_on for one in mine], "iro_views.manager_responded_on")


@_event("iro_summary_signed", "Reviewing officer’s summary of the permanency decision signed", "iro_views.signed_on")
def _iro_signed(view: View) -> Iterable[Occurrence]:
    mine = (one for one in view.case.iro_views if one.child == view.child.id and one.outcome != IroOutcome.CHALLENGES)
    return _days([one.signed_on for one in mine], "iro_views.signed_on")


# The decision maker


def _decision_days(view: View, attribute: str, write: str) -> Iterator[Occurrence]:
    chosen = view.item.decision
    for one in view.case.adm_decisions:
        if one.child == view.child.id and (chosen is None or one is chosen):
            day = getattr(one, attribute)
            if day and not (attribute == "decided_on" and one.decision in (None, AdmOutcome.DEFERRED)):
                yield Occurrence(day, write, one.decision_maker)


def _declare_decisions() -> None:
    for name, label, attribute in (
        ("adm_papers_complete", "Papers for the decision maker complete", "papers_complete_on"),
        ("adm_met_panel_adviser", "Decision maker met the panel adviser", "met_on"),
        ("adm_decision_made", "Decision of the agency decision maker", "decided_on"),
        ("adm_record_signed", "Decision maker’s record signed", "signed_on"),
    ):
        write = f"adm_decisions.{attribute}"

        def find(view: View, attribute: str = attribute, write: str = write) -> Iterable[Occurrence]:
            return _decision_days(view, attribute, write)

        _event(name, label, write, scope="decision")(find)


_declare_decisions()


@_event("this_decision", "This decision", "adm_decisions.decided_on", scope="decision")
def _this_decision(view: View) -> Iterable[Occurrence]:
    return _decision_days(view, "decided_on", "adm_decisions.decided_on") if view.item.decision else ()


@_event("adm_decided_to_place", "Decision that the child should be placed for adoption", "adm_decisions.decided_on")
def _decided_to_place(view: View) -> Iterable[Occurrence]:
    for one in view.case.adm_decisions:
        if one.child == view.child.id and one.decision is AdmOutcome.SHOULD_BE_PLACED and one.decided_on:
            yield Occurrence(one.decided_on, "adm_decisions.decided_on", one.decision_maker)


@_event("adm_queries_answered", "Questions of the decision maker answered", "adm_decisions.queries", scope="decision")
def _queries(view: View) -> Iterable[Occurrence]:
    chosen = view.item.decision
    for one in view.case.adm_decisions:
        if one.child == view.child.id and (chosen is None or one is chosen):
            yield from _days([query.on for query in one.queries if query.answer], "adm_decisions.queries.on")


def _panels(view: View, attribute: str) -> Iterator[Occurrence]:
    panels = (one.panel for one in view.case.adm_decisions if one.child == view.child.id and one.panel)
    return _days([getattr(panel, attribute) for panel in panels], f"adm_decisions.panel.{attribute}")


@_event("adoption_panel_held", "Adoption panel", "adm_decisions.panel.held_on")
def _panel(view: View) -> Iterable[Occurrence]:
    return _panels(view, "held_on")


@_event("adoption_panel_minutes_final", "Minutes of the adoption panel final", "adm_decisions.panel.minutes_final_on")
def _panel_minutes(view: View) -> Iterable[Occurrence]:
    return _panels(view, "minutes_final_on")


def _notified(view: View, attribute: str) -> Iterator[Occurrence]:
    parent, chosen = view.item.parent, view.item.decision
    for one in view.case.adm_decisions:
        if one.child != view.child.id or (chosen is not None and one is not chosen):
            continue
        for told in one.parents_notified:
            day = getattr(told, attribute)
            if day and (parent is None or told.person == parent.id):
                yield Occurrence(day, f"adm_decisions.parents_notified.{attribute}", told.told_by)


@_event("told_of_decision", "Parent told the decision", "adm_decisions.parents_notified.told_on", scope="decision")
def _told_of_decision(view: View) -> Iterable[Occurrence]:
    return _notified(view, "told_on")


@_event("decision_letter_dated", "Date of the letter to a parent", "adm_decisions.parents_notified.letter_dated",
        scope="decision")  # fmt: skip
def _letter_dated(view: View) -> Iterable[Occurrence]:
    return _notified(view, "letter_dated")


@_event("decision_letter_sent", "Letter with the decision sent to a parent",
        "adm_decisions.parents_notified.letter_sent_on", scope="decision")  # fmt: skip
def _letter_sent(view: View) -> Iterable[Occurrence]:
    return _notified(view, "letter_sent_on")


# Brothers and sisters


def _sibling_days(view: View, attribute: str) -> Iterator[Occurrence]:
    chosen = view.item.sibling
    ties = [chosen] if chosen else view.child.siblings
    return _days([getattr(tie, attribute) for tie in ties], f"children.siblings.{attribute}")


@_event("sibling_relationship_assessed", "Relationship with a brother or sister analysed",
        "children.siblings.assessed_on", scope="sibling")  # fmt: skip
def _assessed(view: View) -> Iterable[Occurrence]:
    return _sibling_days(view, "assessed_on")


@_event("together_decision_countersigned", "Together-or-apart decision countersigned",
        "children.siblings.countersigned_on", scope="sibling")  # fmt: skip
def _countersigned(view: View) -> Iterable[Occurrence]:
    return _sibling_days(view, "countersigned_on")


# Fathers


@_event("father_notification_decided", "Decided whether the father is told",
        "people.relationships.notification.decided_on")  # fmt: skip
def _father(view: View) -> Iterable[Occurrence]:
    return _notifications(view, "decided_on")


@_event("father_legal_advice_taken", "Legal advice on telling the father",
        "people.relationships.notification.legal_advice_on")  # fmt: skip
def _father_advice(view: View) -> Iterable[Occurrence]:
    return _notifications(view, "legal_advice_on")


def _notifications(view: View, attribute: str) -> Iterator[Occurrence]:
    for person in view.case.people:
        tie = person.is_to(view.child.id)
        if tie and tie.notification:
            yield from _days([getattr(tie.notification, attribute)], f"people.relationships.notification.{attribute}")


# What is recorded by name


def find_occurrences(view: View, name: str) -> tuple[Occurrence, ...] | Unknown:
    """Every day of an event for this child and item, oldest first: from the file's own parts, and from its record.

    Unknown where a fact that everything hangs on is not written, and where the record does not say for whom it was.
    """
    found: tuple[Occurrence, ...] | Unknown = view.remember((name, view.item), lambda: _find_occurrences(view, name))
    return found


def _find_occurrences(view: View, name: str) -> tuple[Occurrence, ...] | Unknown:
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


def _is_about(entry: RecordedEvent, view: View) -> bool | None:
    """Whether an entry of the record is about the item asked about; None where it does not say."""
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


def has_happened(view: View, name: str) -> bool | Unknown:
    """Whether an event has happened by today. What is not recorded has not, unless everything hangs on it."""
    found = find_occurrences(view, name)
    return found if isinstance(found, Unknown) else any(one.on <= view.today for one in found)
