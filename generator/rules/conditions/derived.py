"""Facts that conditions may use beyond those written in the case file: worked out from it, or unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.base.dates import whole_months, whole_years
from generator.base.working_days import Jurisdiction
from generator.case.decision import AdmDecision
from generator.case.iro import IroView
from generator.case.meeting import Meeting, Outcome
from generator.case.person import Person, Relationship
from generator.case.planning import Placement, Plan
from generator.case.questions import (
    count_homes_in_care,
    find_court,
    find_home,
    find_letter_bar,
    find_person,
    find_plan,
    find_report,
    is_in_proceedings,
    is_kept_from,
    list_orders_in_force,
)
from generator.case.report import PermanenceReport
from generator.case.running_actions import find_unrepeated, follow_actions
from generator.case.words import (
    CARE_PLACEMENTS,
    CARER_KINDS,
    SIBLING_KINDS,
    OrderKind,
    PlacementType,
    PlanKind,
    RealisticAnswer,
    RelationshipKind,
    Role,
)
from generator.rules.conditions.child_on_day import Unknown, View, unknown
from generator.rules.conditions.events import EVENTS, find_occurrences, review_number

_Find = Callable[[View], Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A worked-out fact: what it means, and what kind of value it is. `scope` is the item that it needs."""

    name: str
    says: str
    kind: Any
    find: _Find
    scope: str = "child"


FACTS: dict[str, Fact] = {}


def _fact(name: str, kind: Any, says: str, *, scope: str = "child") -> Callable[[_Find], _Find]:
    def keep(find: _Find) -> _Find:
        FACTS[name] = Fact(name, says, kind, find, scope)
        return find

    return keep


# Age and time


@_fact("age", int, "Whole years of age on the rule's own day")
def _age(view: View) -> Any:
    return max(whole_years(view.child.born_on, view.at), 0)


@_fact("age_when_looked_after", int, "Whole years of age when the child became looked after")
def _age_then(view: View) -> Any:
    since = view.child.looked_after_from
    return whole_years(view.child.born_on, since) if since else unknown("children.looked_after_from")


@_fact("weeks_in_care", int, "Whole weeks since the child became looked after, on the rule's own day")
def _weeks(view: View) -> Any:
    since = view.child.looked_after_from
    return max((view.at - since).days, 0) // 7 if since else unknown("children.looked_after_from")


@_fact("months_in_care", int, "Whole months since the child became looked after, on the rule's own day")
def _months(view: View) -> Any:
    since = view.child.looked_after_from
    return max(whole_months(since, view.at), 0) if since else unknown("children.looked_after_from")


@_fact("in_scotland", bool, "Whether the procedure is a Scottish one")
def _in_scotland(view: View) -> Any:
    return view.jurisdiction is Jurisdiction.SCOTLAND


# Care and the court

_CARE = {
    OrderKind.SECTION_20,
    OrderKind.POLICE_PROTECTION,
    OrderKind.EMERGENCY_PROTECTION_ORDER,
    OrderKind.INTERIM_CARE_ORDER,
    OrderKind.CARE_ORDER,
    OrderKind.PLACEMENT_ORDER,
    OrderKind.SECTION_25_SCOTLAND,
    OrderKind.COMPULSORY_SUPERVISION_ORDER,
    OrderKind.CHILD_PROTECTION_ORDER,
    OrderKind.PERMANENCE_ORDER,
    OrderKind.PERMANENCE_ORDER_WITH_AUTHORITY_TO_ADOPT,
}


def _current_orders(view: View) -> tuple[OrderKind, ...]:
    return tuple(one.order for one in list_orders_in_force(view.case, view.child.id, view.day))


@_fact("orders", tuple[OrderKind, ...], "Orders in force on the rule's own day")
def _orders(view: View) -> Any:
    return _current_orders(view) if view.case.orders_of(view.child.id) else unknown("orders")


_ENDS_CARE = ("care_ended", "looked_after_ended", "adoption_order_made", "special_guardianship_order_made",
              "child_arrangements_order_made")  # fmt: skip


def _left_care(view: View, since: dt.date) -> bool:
    """Whether care that began on a day has ended: it says so, or an order since gave the child another home in law."""
    ended = (find_occurrences(view, name) for name in _ENDS_CARE)
    return any(since < one.on <= view.day for found in ended if not isinstance(found, Unknown) for one in found)


@_fact("looked_after", bool, "Whether the child is looked after")
def _looked_after(view: View) -> Any:
    since = view.child.looked_after_from
    if since:
        return since <= view.day and not _left_care(view, since)
    home = _home(view)
    if set(_current_orders(view)) & _CARE or (home and home.type in CARE_PLACEMENTS):
        return True
    return False if home else unknown("children.looked_after_from")


@_fact("in_proceedings", bool, "Whether care proceedings about the child are before the court")
def _in_proceedings(view: View) -> Any:
    answer = is_in_proceedings(view.case, view.child.id, view.day)
    return unknown("court.issued_on", "orders") if answer is None else answer


@_fact("in_proceedings_at_14_weeks", bool, "Whether proceedings were before the court 14 weeks into care, or are today")
def _in_proceedings_then(view: View) -> Any:
    since = view.child.looked_after_from
    if since is None:
        return unknown("children.looked_after_from")
    return _in_proceedings(view.on_day(min(since + dt.timedelta(weeks=14), view.today)))


@_fact("guardian_appointed", bool, "Whether the court has appointed a children's guardian")
def _guardian(view: View) -> Any:
    if any(person.role is Role.CHILDRENS_GUARDIAN for person in view.case.people):
        return True
    in_court = _in_proceedings(view)
    return False if in_court is False else unknown("people.role")


@_fact("relinquished", bool, "Whether the parents ask for the child to be adopted")
def _relinquished(view: View) -> Any:
    return view.child.relinquished


# Homes


def _home(view: View) -> Placement | None:
    return find_home(view.case, view.child.id, view.day)


@_fact("placement_type", PlacementType, "Kind of home the child lives in on the rule's own day")
def _placement_type(view: View) -> Any:
    home = _home(view)
    return home.type if home else unknown("placements.type")


@_fact("with_connected_person", bool, "Whether the child lives with a relative or friend as a foster carer")
def _with_connected(view: View) -> Any:
    home = _home(view)
    return home.type is PlacementType.CONNECTED_FOSTER_CARE if home else unknown("placements.type")


@_fact("in_foster_care", bool, "Whether the child lives with foster carers of any kind")
def _in_foster_care(view: View) -> Any:
    home = _home(view)
    if home is None:
        return unknown("placements.type")
    return home.type in {
        PlacementType.FOSTER_CARE,
        PlacementType.AGENCY_FOSTER_CARE,
        PlacementType.CONNECTED_FOSTER_CARE,
        PlacementType.EARLY_PERMANENCE,
        PlacementType.LONG_TERM_FOSTER_CARE,
    }


@_fact("homes_in_care", int, "How many homes the child has had since becoming looked after")
def _homes(view: View) -> Any:
    if not view.case.placements_of(view.child.id):
        return unknown("placements")
    count = count_homes_in_care(view.case, view.child.id, view.day)
    return unknown("children.looked_after_from") if count is None else count


@_fact("moves_in_care", int, "How many times the child has moved between homes in care")
def _moves_fact(view: View) -> Any:
    if not view.case.placements_of(view.child.id):
        return unknown("placements")
    return sum(one.on <= view.day for one in EVENTS["placement_moved"].find(view))


# The plan and the options


def _plan(view: View) -> Plan | None:
    return find_plan(view.case, view.child.id, view.day)


@_fact("has_plan", bool, "Whether a permanence plan is in force")
def _has_plan(view: View) -> Any:
    return _plan(view) is not None


@_fact("planned", tuple[PlanKind, ...], "The primary plan and the parallel plans in force")
def _planned(view: View) -> Any:
    plan = _plan(view)
    return (plan.primary, *plan.parallel) if plan else unknown("plans.primary")


_CONNECTED = {
    PlanKind.SPECIAL_GUARDIANSHIP,
    PlanKind.CHILD_ARRANGEMENTS,
    PlanKind.CONNECTED_FOSTERING,
    PlanKind.ADOPTION_BY_RELATIVE,
    PlanKind.RESIDENCE_ORDER,
}


def _options(view: View) -> list[Any]:
    return [option for option in view.case.options if option.child == view.child.id]


@_fact("weighed", tuple[PlanKind, ...], "Options on the child's list, realistic or ruled out")
def _weighed(view: View) -> Any:
    found = tuple(option.option for option in _options(view))
    return found or unknown("options")


@_fact("realistic", tuple[PlanKind, ...], "Options on the child's list that are realistic")
def _realistic(view: View) -> Any:
    found = _options(view)
    if not found:
        return unknown("options")
    return tuple(option.option for option in found if option.answer is RealisticAnswer.REALISTIC)


@_fact("connected_option", bool, "Whether a relative or friend is a realistic option")
def _connected_option(view: View) -> Any:
    found = _options(view)
    if not found:
        return unknown("options")
    return any(
        option.option in _CONNECTED
        and option.answer is RealisticAnswer.REALISTIC
        and not _is_stranger(view, option.person)
        for option in found
    )


def _is_stranger(view: View, key: str | None) -> bool:
    """Whether special guardianship and the like is to be with the present carers, who are no relatives."""
    person = find_person(view.case, key)
    tie = person.is_to(view.child.id) if person else None
    return tie is not None and tie.kind in CARER_KINDS and tie.kind is not RelationshipKind.CONNECTED_CARER


@_fact("reunification_ruled_out", bool, "Whether return to a parent has been ruled out")
def _ruled_out(view: View) -> Any:
    plan = _plan(view)
    if plan and plan.reunification_ruled_out_on:
        return plan.reunification_ruled_out_on <= view.today
    if plan and PlanKind.REUNIFICATION in (plan.primary, *plan.parallel):
        return False
    home = [option for option in _options(view) if option.option is PlanKind.REUNIFICATION]
    if home:
        return all(option.answer is RealisticAnswer.RULED_OUT for option in home)
    return unknown("plans.reunification_ruled_out_on", "options")


@_fact("parents_consent", bool, "Whether every parent with parental responsibility consents to adoption")
def _consent(view: View) -> Any:
    answers = [
        person.consents_to_adoption
        for person in view.case.parents_of(view.child.id)
        if (tie := person.is_to(view.child.id)) and tie.parental_responsibility is not False and not person.died_on
    ]
    if False in answers:
        return False
    return True if answers and None not in answers else unknown("people.consents_to_adoption")


# The report


def _report(view: View) -> PermanenceReport | None:
    return find_report(view.case, view.child.id)


def _of_author(view: View, which: str, attribute: str, write: str) -> Any:
    report = _report(view)
    author = getattr(report, which) if report else None
    person = find_person(view.case, author.person if author else None)
    found = getattr(person, attribute) if person else None
    return unknown(write) if found is None else found


@_fact("author_years", int, "Years of child-care social work since qualifying, of the report's author")
def _author_years(view: View) -> Any:
    return _of_author(view, "author", "years_qualified", "people.years_qualified")


@_fact("report_has_supervisor", bool, "Whether a supervisor of the report is named")
def _has_supervisor(view: View) -> Any:
    report = _report(view)
    return unknown("reports.author") if report is None else report.supervisor is not None


@_fact("supervisor_years", int, "Years of child-care social work since qualifying, of the report's supervisor")
def _supervisor_years(view: View) -> Any:
    return _of_author(view, "supervisor", "years_qualified", "people.years_qualified")


@_fact("health_summary_by_medical_adviser", bool, "Whether the health summary is by the agency's medical adviser")
def _health_by(view: View) -> Any:
    report = _report(view)
    writer = report.health_summary.written_by if report else None
    person = find_person(view.case, writer)
    if person is None or person.role is None:
        return unknown("reports.health_summary.written_by")
    return person.role is Role.MEDICAL_ADVISER


@_fact("every_parent_signed_or_explained", bool, "Whether each parent signed the report, or it says why not")
def _signed(view: View) -> Any:
    report = _report(view)
    if report is None or not view.case.parents_of(view.child.id):
        return unknown("reports.parent_comments")
    said = {comment.person: bool(comment.signed_on or comment.not_signed_because) for comment in report.parent_comments}
    asked = [one for one in view.case.parents_of(view.child.id) if not is_kept_from(one, view.child.id)]
    missing = [person for person in asked if not said.get(person.id)]
    return unknown("reports.parent_comments") if missing else True


@_fact("expert_reports_awaited", bool, "Whether a report that was asked for has not come")
def _awaited(view: View) -> Any:
    papers = [paper for meeting in view.case.meetings for paper in meeting.papers]
    if not papers:
        return unknown("meetings.papers")
    return any(paper.asked_on and not paper.dated for paper in papers)


@_fact("evidence_has_basis", bool, "Whether every expert's report in evidence says why its readers may see it")
def _basis(view: View) -> Any:
    reports = [one for one in view.case.evidence if one.bundle_section == "reports" and (
        not one.children or view.child.id in one.children)]  # fmt: skip
    return unknown("evidence.disclosure_basis") if any(not one.disclosure_basis for one in reports) else True


# Family


@_fact("has_siblings", bool, "Whether brothers or sisters are known")
def _has_siblings(view: View) -> Any:
    return len(view.case.children) > 1 or any(
        (tie := person.is_to(view.child.id)) and tie.kind in SIBLING_KINDS for person in view.case.people
    )


@_fact("sibling_adopted", bool, "Whether a brother or sister has been adopted or placed with adopters")
def _sibling_adopted(view: View) -> Any:
    for person in view.case.people:
        tie = person.is_to(view.child.id)
        if tie and tie.kind in SIBLING_KINDS and person.sibling and (
            person.sibling.adopted_on or person.sibling.adoptive_name):  # fmt: skip
            return True
    return any(
        one.child != view.child.id and one.type is PlacementType.ADOPTIVE and one.started_on <= view.day
        for one in view.case.placements
    )


@_fact("siblings_written", bool, "Whether the relationship with a brother or sister is written about")
def _siblings_written(view: View) -> Any:
    return bool(view.child.siblings)


@_fact("father_without_responsibility", bool, "Whether the father is known not to hold parental responsibility")
def _father(view: View) -> Any:
    ties = [tie for person in view.case.people if (tie := person.is_to(view.child.id))]
    fathers = [tie for tie in ties if tie.kind is RelationshipKind.FATHER]
    if not fathers:
        return unknown("people.relationships")
    answers = [tie.parental_responsibility for tie in fathers]
    if False in answers:
        return True
    return unknown("people.relationships.parental_responsibility") if None in answers else False


@_fact("foreign_link", bool, "Whether the child or a parent has a nationality other than British")
def _foreign(view: View) -> Any:
    said = [view.child.identity.nationality, *(p.identity.nationality for p in view.case.parents_of(view.child.id))]
    if any(one and one.strip().lower() != "british" for one in said):
        return True
    return unknown("children.identity.nationality") if said[0] is None else False


# One parent


def _tie(view: View) -> Relationship | None:
    return view.item.parent.is_to(view.child.id) if view.item.parent else None


@_fact("has_responsibility", bool, "Whether this parent holds parental responsibility", scope="parent")
def _has_responsibility(view: View) -> Any:
    tie = _tie(view)
    held = tie.parental_responsibility if tie else None
    return unknown("people.relationships.parental_responsibility") if held is None else held


@_fact("may_be_written_to", bool, "Whether letters about the child may go to this parent", scope="parent")
def _may_write(view: View) -> Any:
    parent = view.item.parent
    if parent is None:
        return unknown("people.letters.send")
    bar = find_letter_bar(parent, view.child.id)
    if bar is None:
        return True
    return Unknown(bar.needs) if bar.needs else False


@_fact("parent_attended", bool, "Whether this parent came to this meeting", scope="parent")
def _parent_attended(view: View) -> Any:
    meeting, parent = view.item.meeting, view.item.parent
    if meeting is None or parent is None:
        return unknown("meetings.invited.attended")
    invited = next((one for one in meeting.invited if one.person == parent.id), None)
    if invited is None:
        return False if meeting.invited else unknown("meetings.invited")
    return unknown("meetings.invited.attended") if invited.attended is None else invited.attended


# One meeting or review


@_fact("meeting_number", int, "Which meeting of its kind this is for the child", scope="meeting")
def _meeting_number(view: View) -> Any:
    meeting = view.item.meeting
    alike = [one for one in view.case.meetings if meeting and one.kind is meeting.kind]
    earlier = [one for one in alike if meeting and one.starts_at < meeting.starts_at]
    return 1 + sum(view.child in view.case.meeting_children(one) for one in earlier)


@_fact("meeting_held", bool, "Whether the day of this meeting has come", scope="meeting")
def _meeting_held(view: View) -> Any:
    meeting = view.item.meeting
    return meeting is not None and meeting.starts_at.date() <= view.today


def _roles_of(view: View, meeting: Meeting, *, attended: bool) -> Any:
    if not meeting.invited:
        return unknown("meetings.invited")
    if attended and all(one.attended is None for one in meeting.invited):
        return unknown("meetings.invited.attended")
    there = [one.person for one in meeting.invited if not attended or one.attended]
    people = [find_person(view.case, key) for key in there]
    return tuple(person.role for person in people if person and person.role)


@_fact("invited_roles", tuple[Role, ...], "Professional roles of those invited to this meeting", scope="meeting")
def _invited_roles(view: View) -> Any:
    return _roles_of(view, view.item.meeting, attended=False) if view.item.meeting else unknown("meetings.invited")


@_fact("attended_roles", tuple[Role, ...], "Professional roles of those who came to this meeting", scope="meeting")
def _attended_roles(view: View) -> Any:
    return _roles_of(view, view.item.meeting, attended=True) if view.item.meeting else unknown("meetings.invited")


@_fact("keeps_open_actions", bool, "Whether every action left open by earlier meetings stands in this one's list",
       scope="meeting")  # fmt: skip
def _keeps(view: View) -> Any:
    meeting = view.item.meeting
    if meeting is None:
        return unknown("meetings.actions")
    running = view.remember("actions", lambda: follow_actions(view.case))
    return not find_unrepeated(running, view.case, meeting)


@_fact("review_number", int, "Which review of the child this is", scope="review")
def _review_number(view: View) -> Any:
    number = review_number(view, view.item.review) if view.item.review else None
    return unknown("reviews.number") if number is None else number


@_fact("review_held", bool, "Whether this review was held", scope="review")
def _review_held(view: View) -> Any:
    review = view.item.review
    return review is not None and review.held_on is not None and review.held_on <= view.today


@_fact("review_decided", bool, "Whether what this review decided is written", scope="review")
def _review_decided(view: View) -> Any:
    review = view.item.review
    return True if review and review.record else unknown("reviews.record")


# The parts of the case model that conditions may look into


@dataclass(frozen=True, slots=True)
class Root:
    """A part of the case model with the name that conditions use, and where the case file holds it."""

    name: str
    model: type
    find: _Find
    write: str
    scope: str = "child"


def _latest_decision(view: View) -> AdmDecision | None:
    if view.item.decision:
        return view.item.decision
    mine = [one for one in view.case.adm_decisions if one.child == view.child.id]
    return max(mine, key=lambda one: one.decided_on or dt.date.min) if mine else None


def _latest_view(view: View) -> IroView | None:
    mine = [one for one in view.case.iro_views if one.child == view.child.id and one.on <= view.today]
    return max(mine, key=lambda one: one.on) if mine else None


def _outcome(view: View) -> Outcome | None:
    meeting = view.item.meeting
    return next((one for one in meeting.outcomes if one.child == view.child.id), None) if meeting else None


def _roots() -> dict[str, Root]:
    from generator.case.child import Child, SiblingAssessment
    from generator.case.court import Court
    from generator.case.family import Case
    from generator.case.meeting import Review

    rows = (
        Root("child", Child, lambda view: view.child, "children"),
        Root("case", Case, lambda view: view.case, ""),
        Root("court", Court, lambda view: find_court(view.case, view.child.id), "court"),
        Root("plan", Plan, _plan, "plans"),
        Root("placement", Placement, _home, "placements"),
        Root("report", PermanenceReport, _report, "reports"),
        Root("iro_view", IroView, _latest_view, "iro_views"),
        Root("decision", AdmDecision, _latest_decision, "adm_decisions"),
        Root("meeting", Meeting, lambda view: view.item.meeting, "meetings", "meeting"),
        Root("outcome", Outcome, _outcome, "meetings.outcomes", "meeting"),
        Root("review", Review, lambda view: view.item.review, "reviews", "review"),
        Root("parent", Person, lambda view: view.item.parent, "people", "parent"),
        Root("relationship", Relationship, _tie, "people.relationships", "parent"),
        Root("sibling", SiblingAssessment, lambda view: view.item.sibling, "children.siblings", "sibling"),
    )
    return {row.name: row for row in rows}


ROOTS = _roots()


def is_unknown(value: Any) -> bool:
    """Whether a value stands for a fact that is not written."""
    return isinstance(value, Unknown)


def say_place(path: str) -> str:
    """The place in the case file that a path of a condition stands for: children.identity for child.identity."""
    name, _, rest = path.partition(".")
    return ".".join(filter(None, [ROOTS[name].write, rest]))
