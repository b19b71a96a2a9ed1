"""Facts that conditions may use: those worked out from the case file, and the parts of the case model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.base.dates import whole_months, whole_years
from generator.base.working_days import Jurisdiction
from generator.case.child import Child, SiblingAssessment
from generator.case.court import Court
from generator.case.decision import AdmDecision
from generator.case.family import Case
from generator.case.iro import IroView
from generator.case.meeting import Invitation, Meeting, Outcome, Review
from generator.case.person import Person, Relationship
from generator.case.planning import Option, Placement, Plan
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
from generator.case.report import Author, PermanenceReport
from generator.case.running_actions import find_unrepeated, follow_actions
from generator.case.words import (
    CARE_PLACEMENTS,
    CARER_KINDS,
    FOSTER_PLACEMENTS,
    SIBLING_KINDS,
    OrderKind,
    PlacementType,
    PlanKind,
    RealisticAnswer,
    RelationshipKind,
    Role,
)
from generator.rules.conditions.child_on_day import ChildOnDay, Unknown, unknown
from generator.rules.conditions.events import EVENTS, find_occurrences, review_number

_Find = Callable[[ChildOnDay], Any]


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """A fact that is worked out: its meaning, and the type of its value. `scope` is the item that it needs."""

    name: str
    says: str
    value_type: Any
    find: _Find
    scope: str = "child"


FACTS: dict[str, DerivedFact] = {}


def _fact(name: str, value_type: Any, says: str, *needs: str, scope: str = "child") -> Callable[[_Find], _Find]:
    """Declare a derived fact. Where its function returns None, it is unknown, and these places would settle it."""

    def keep(find: _Find) -> _Find:
        missing = unknown(*needs)

        def find_known(view: ChildOnDay) -> Any:
            value = find(view)
            return missing if value is None else value

        FACTS[name] = DerivedFact(name, says, value_type, find_known, scope)
        return find

    return keep


# Age and time

_SINCE = "children.looked_after_from"


@_fact("age", int, "Whole years of age on the rule's own day")
def _age(view: ChildOnDay) -> int:
    return max(whole_years(view.child.born_on, view.at), 0)


@_fact("age_when_looked_after", int, "Whole years of age when the child became looked after", _SINCE)
def _age_then(view: ChildOnDay) -> int | None:
    since = view.child.looked_after_from
    return whole_years(view.child.born_on, since) if since else None


@_fact("weeks_in_care", int, "Whole weeks since the child became looked after, on the rule's own day", _SINCE)
def _weeks(view: ChildOnDay) -> int | None:
    since = view.child.looked_after_from
    return max((view.at - since).days, 0) // 7 if since else None


@_fact("months_in_care", int, "Whole months since the child became looked after, on the rule's own day", _SINCE)
def _months(view: ChildOnDay) -> int | None:
    since = view.child.looked_after_from
    return max(whole_months(since, view.at), 0) if since else None


@_fact("in_scotland", bool, "Whether the procedure is a Scottish one")
def _in_scotland(view: ChildOnDay) -> bool:
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


def _current_orders(view: ChildOnDay) -> tuple[OrderKind, ...]:
    return tuple(one.order for one in list_orders_in_force(view.case, view.child.id, view.day))


@_fact("orders", tuple[OrderKind, ...], "Orders in force on the rule's own day", "orders")
def _orders(view: ChildOnDay) -> tuple[OrderKind, ...] | None:
    return _current_orders(view) if view.case.orders_of(view.child.id) else None


_ENDS_CARE = ("care_ended", "looked_after_ended", "adoption_order_made", "special_guardianship_order_made",
              "child_arrangements_order_made")  # fmt: skip


def _left_care(view: ChildOnDay, since: dt.date) -> bool:
    """Whether care that began on a day has ended: by an event that says so, or by an order that gave another home."""
    ended = (find_occurrences(view, name) for name in _ENDS_CARE)
    return any(since < one.on <= view.day for found in ended if not isinstance(found, Unknown) for one in found)


@_fact("looked_after", bool, "Whether the child is looked after", _SINCE)
def _looked_after(view: ChildOnDay) -> bool | None:
    since = view.child.looked_after_from
    if since:
        return since <= view.day and not _left_care(view, since)
    home = _home(view)
    if set(_current_orders(view)) & _CARE or (home and home.type in CARE_PLACEMENTS):
        return True
    return False if home else None


@_fact("in_proceedings", bool, "Whether care proceedings about the child are before the court",
       "court.issued_on", "orders")  # fmt: skip
def _in_proceedings(view: ChildOnDay) -> bool | None:
    return is_in_proceedings(view.case, view.child.id, view.day)


@_fact("in_proceedings_at_14_weeks", bool, "Whether proceedings were before the court 14 weeks into care, or are today",
       _SINCE)  # fmt: skip
def _in_proceedings_then(view: ChildOnDay) -> Any:
    since = view.child.looked_after_from
    if since is None:
        return None
    then = min(since + dt.timedelta(weeks=14), view.today)
    return FACTS["in_proceedings"].find(view.on_day(then))


@_fact("guardian_appointed", bool, "Whether the court has appointed a children's guardian", "people.role")
def _guardian(view: ChildOnDay) -> bool | None:
    if any(person.role is Role.CHILDRENS_GUARDIAN for person in view.case.people):
        return True
    return False if _in_proceedings(view) is False else None


@_fact("relinquished", bool, "Whether the parents ask for the child to be adopted")
def _relinquished(view: ChildOnDay) -> bool:
    return view.child.relinquished


# Homes


def _home(view: ChildOnDay) -> Placement | None:
    return find_home(view.case, view.child.id, view.day)


@_fact("placement_type", PlacementType, "Kind of home the child lives in on the rule's own day", "placements.type")
def _placement_type(view: ChildOnDay) -> PlacementType | None:
    home = _home(view)
    return home.type if home else None


@_fact("with_connected_person", bool, "Whether the child lives with a relative or friend as a foster carer",
       "placements.type")  # fmt: skip
def _with_connected(view: ChildOnDay) -> bool | None:
    home = _home(view)
    return home.type is PlacementType.CONNECTED_FOSTER_CARE if home else None


@_fact("in_foster_care", bool, "Whether the child lives with foster carers of any kind", "placements.type")
def _in_foster_care(view: ChildOnDay) -> bool | None:
    home = _home(view)
    return home.type in FOSTER_PLACEMENTS if home else None


@_fact("homes_in_care", int, "How many homes the child has had since becoming looked after", _SINCE)
def _homes(view: ChildOnDay) -> Any:
    if not view.case.placements_of(view.child.id):
        return unknown("placements")
    return count_homes_in_care(view.case, view.child.id, view.day)


@_fact("moves_in_care", int, "How many times the child has moved between homes in care", "placements")
def _moves(view: ChildOnDay) -> int | None:
    if not view.case.placements_of(view.child.id):
        return None
    return sum(one.on <= view.day for one in EVENTS["placement_moved"].find(view))


# The plan and the options


def _plan(view: ChildOnDay) -> Plan | None:
    return find_plan(view.case, view.child.id, view.day)


@_fact("has_plan", bool, "Whether a permanence plan is in force")
def _has_plan(view: ChildOnDay) -> bool:
    return _plan(view) is not None


@_fact("planned", tuple[PlanKind, ...], "The primary plan and the parallel plans in force", "plans.primary")
def _planned(view: ChildOnDay) -> tuple[PlanKind, ...] | None:
    plan = _plan(view)
    return (plan.primary, *plan.parallel) if plan else None


_CONNECTED = {
    PlanKind.SPECIAL_GUARDIANSHIP,
    PlanKind.CHILD_ARRANGEMENTS,
    PlanKind.CONNECTED_FOSTERING,
    PlanKind.ADOPTION_BY_RELATIVE,
    PlanKind.RESIDENCE_ORDER,
}


def _options(view: ChildOnDay) -> list[Option]:
    return [option for option in view.case.options if option.child == view.child.id]


def _is_realistic(option: Option) -> bool:
    return option.answer is RealisticAnswer.REALISTIC


@_fact("weighed", tuple[PlanKind, ...], "Options on the child's list, realistic or ruled out", "options")
def _weighed(view: ChildOnDay) -> tuple[PlanKind, ...] | None:
    return tuple(option.option for option in _options(view)) or None


@_fact("realistic", tuple[PlanKind, ...], "Options on the child's list that are realistic", "options")
def _realistic(view: ChildOnDay) -> tuple[PlanKind, ...] | None:
    found = _options(view)
    return tuple(option.option for option in found if _is_realistic(option)) if found else None


@_fact("connected_option", bool, "Whether a relative or friend is a realistic option", "options")
def _connected_option(view: ChildOnDay) -> bool | None:
    found = _options(view)
    if not found:
        return None
    return any(
        option.option in _CONNECTED and _is_realistic(option) and not _is_stranger(view, option.person)
        for option in found
    )


def _is_stranger(view: ChildOnDay, key: str | None) -> bool:
    """Whether somebody is a carer of the child and no relative, to whom for example special guardianship may go."""
    person = find_person(view.case, key)
    tie = person.is_to(view.child.id) if person else None
    return tie is not None and tie.kind in CARER_KINDS and tie.kind is not RelationshipKind.CONNECTED_CARER


@_fact("reunification_ruled_out", bool, "Whether return to a parent has been ruled out",
       "plans.reunification_ruled_out_on", "options")  # fmt: skip
def _ruled_out(view: ChildOnDay) -> bool | None:
    plan = _plan(view)
    if plan and plan.reunification_ruled_out_on:
        return plan.reunification_ruled_out_on <= view.today
    if plan and PlanKind.REUNIFICATION in (plan.primary, *plan.parallel):
        return False
    home = [option for option in _options(view) if option.option is PlanKind.REUNIFICATION]
    return all(option.answer is RealisticAnswer.RULED_OUT for option in home) if home else None


@_fact("parents_consent", bool, "Whether every parent with parental responsibility consents to adoption",
       "people.consents_to_adoption")  # fmt: skip
def _consent(view: ChildOnDay) -> bool | None:
    answers = [
        person.consents_to_adoption
        for person in view.case.parents_of(view.child.id)
        if (tie := person.is_to(view.child.id)) and tie.parental_responsibility is not False and not person.died_on
    ]
    if False in answers:
        return False
    return True if answers and None not in answers else None


# The report


def _report(view: ChildOnDay) -> PermanenceReport | None:
    return find_report(view.case, view.child.id)


def _years_qualified(view: ChildOnDay, author: Author | None) -> int | None:
    person = find_person(view.case, author.person if author else None)
    return person.years_qualified if person else None


@_fact("author_years", int, "Years of child-care social work since qualifying, of the report's author",
       "people.years_qualified")  # fmt: skip
def _author_years(view: ChildOnDay) -> int | None:
    report = _report(view)
    return _years_qualified(view, report.author) if report else None


@_fact("report_has_supervisor", bool, "Whether a supervisor of the report is named", "reports.author")
def _has_supervisor(view: ChildOnDay) -> bool | None:
    report = _report(view)
    return report.supervisor is not None if report else None


@_fact("supervisor_years", int, "Years of child-care social work since qualifying, of the report's supervisor",
       "people.years_qualified")  # fmt: skip
def _supervisor_years(view: ChildOnDay) -> int | None:
    report = _report(view)
    return _years_qualified(view, report.supervisor) if report else None


@_fact("health_summary_by_medical_adviser", bool, "Whether the health summary is by the agency's medical adviser",
       "reports.health_summary.written_by")  # fmt: skip
def _health_by(view: ChildOnDay) -> bool | None:
    report = _report(view)
    person = find_person(view.case, report.health_summary.written_by if report else None)
    return person.role is Role.MEDICAL_ADVISER if person and person.role else None


@_fact("every_parent_signed_or_explained", bool, "Whether each parent signed the report, or it says why not",
       "reports.parent_comments")  # fmt: skip
def _signed(view: ChildOnDay) -> bool | None:
    report, parents = _report(view), view.case.parents_of(view.child.id)
    if report is None or not parents:
        return None
    said = {comment.person: bool(comment.signed_on or comment.not_signed_because) for comment in report.parent_comments}
    asked = [one for one in parents if not is_kept_from(one, view.child.id)]
    return True if all(said.get(person.id) for person in asked) else None


@_fact("expert_reports_awaited", bool, "Whether a report that was asked for has not come", "meetings.papers")
def _awaited(view: ChildOnDay) -> bool | None:
    papers = [paper for meeting in view.case.meetings for paper in meeting.papers]
    return any(paper.asked_on and not paper.dated for paper in papers) if papers else None


@_fact("evidence_has_basis", bool, "Whether every expert's report in evidence says why its readers may see it",
       "evidence.disclosure_basis")  # fmt: skip
def _basis(view: ChildOnDay) -> bool | None:
    reports = [
        one
        for one in view.case.evidence
        if one.bundle_section == "reports" and (not one.children or view.child.id in one.children)
    ]
    return True if all(one.disclosure_basis for one in reports) else None


# Family


@_fact("has_siblings", bool, "Whether brothers or sisters are known")
def _has_siblings(view: ChildOnDay) -> bool:
    return len(view.case.children) > 1 or any(True for _ in _siblings(view))


def _siblings(view: ChildOnDay) -> Iterator[Person]:
    """Brothers and sisters who are no children of the case."""
    for person in view.case.people:
        tie = person.is_to(view.child.id)
        if tie and tie.kind in SIBLING_KINDS:
            yield person


@_fact("sibling_adopted", bool, "Whether a brother or sister has been adopted or placed with adopters")
def _sibling_adopted(view: ChildOnDay) -> bool:
    lives = (person.sibling for person in _siblings(view))
    return any(life and (life.adopted_on or life.adoptive_name) for life in lives) or any(
        one.child != view.child.id and one.type is PlacementType.ADOPTIVE and one.started_on <= view.day
        for one in view.case.placements
    )


@_fact("siblings_written", bool, "Whether the relationship with a brother or sister is written about")
def _siblings_written(view: ChildOnDay) -> bool:
    return bool(view.child.siblings)


@_fact("father_without_responsibility", bool, "Whether the father is known not to hold parental responsibility",
       "people.relationships.parental_responsibility")  # fmt: skip
def _father(view: ChildOnDay) -> Any:
    ties = [tie for person in view.case.people if (tie := person.is_to(view.child.id))]
    answers = [tie.parental_responsibility for tie in ties if tie.kind is RelationshipKind.FATHER]
    if not answers:
        return unknown("people.relationships")
    if False in answers:
        return True
    return None if None in answers else False


@_fact("foreign_link", bool, "Whether the child or a parent has a nationality other than British",
       "children.identity.nationality")  # fmt: skip
def _foreign(view: ChildOnDay) -> bool | None:
    said = [view.child.identity.nationality, *(p.identity.nationality for p in view.case.parents_of(view.child.id))]
    if any(one and one.strip().lower() != "british" for one in said):
        return True
    return None if said[0] is None else False


# One parent


def _tie(view: ChildOnDay) -> Relationship | None:
    return view.item.parent.is_to(view.child.id) if view.item.parent else None


@_fact("has_responsibility", bool, "Whether this parent holds parental responsibility",
       "people.relationships.parental_responsibility", scope="parent")  # fmt: skip
def _has_responsibility(view: ChildOnDay) -> bool | None:
    tie = _tie(view)
    return tie.parental_responsibility if tie else None


@_fact("may_be_written_to", bool, "Whether letters about the child may go to this parent",
       "people.letters.send", scope="parent")  # fmt: skip
def _may_write(view: ChildOnDay) -> Any:
    parent = view.item.parent
    if parent is None:
        return None
    bar = find_letter_bar(parent, view.child.id)
    if bar is None:
        return True
    return Unknown(bar.needs) if bar.needs else False


@_fact("parent_attended", bool, "Whether this parent came to this meeting", "meetings.invited.attended", scope="parent")
def _parent_attended(view: ChildOnDay) -> Any:
    meeting, parent = view.item.meeting, view.item.parent
    if meeting is None or parent is None:
        return None
    invited = next((one for one in meeting.invited if one.person == parent.id), None)
    if invited is None:
        return False if meeting.invited else unknown("meetings.invited")
    return invited.attended


# One meeting or review


@_fact("meeting_number", int, "Which meeting of its kind this is for the child", scope="meeting")
def _meeting_number(view: ChildOnDay) -> int:
    meeting = view.item.meeting
    alike = [one for one in view.case.meetings if meeting and one.kind is meeting.kind]
    earlier = [one for one in alike if meeting and one.starts_at < meeting.starts_at]
    return 1 + sum(view.child in view.case.meeting_children(one) for one in earlier)


@_fact("meeting_held", bool, "Whether the day of this meeting has come", scope="meeting")
def _meeting_held(view: ChildOnDay) -> bool:
    meeting = view.item.meeting
    return meeting is not None and meeting.starts_at.date() <= view.today


def _roles_of(view: ChildOnDay, people: Iterable[Invitation]) -> tuple[Role, ...]:
    found = (find_person(view.case, one.person) for one in people)
    return tuple(person.role for person in found if person and person.role)


@_fact("invited_roles", tuple[Role, ...], "Professional roles of those invited to this meeting",
       "meetings.invited", scope="meeting")  # fmt: skip
def _invited_roles(view: ChildOnDay) -> tuple[Role, ...] | None:
    meeting = view.item.meeting
    return _roles_of(view, meeting.invited) if meeting and meeting.invited else None


@_fact("attended_roles", tuple[Role, ...], "Professional roles of those who came to this meeting",
       "meetings.invited", scope="meeting")  # fmt: skip
def _attended_roles(view: ChildOnDay) -> Any:
    meeting = view.item.meeting
    if meeting is None or not meeting.invited:
        return None
    if all(one.attended is None for one in meeting.invited):
        return unknown("meetings.invited.attended")
    return _roles_of(view, (one for one in meeting.invited if one.attended))


@_fact("keeps_open_actions", bool, "Whether every action left open by earlier meetings stands in this one's list",
       "meetings.actions", scope="meeting")  # fmt: skip
def _keeps(view: ChildOnDay) -> bool | None:
    meeting = view.item.meeting
    if meeting is None:
        return None
    running = view.remember("actions", lambda: follow_actions(view.case))
    return not find_unrepeated(running, view.case, meeting)


@_fact("review_number", int, "Which review of the child this is", "reviews.number", scope="review")
def _review_number(view: ChildOnDay) -> int | None:
    return review_number(view, view.item.review) if view.item.review else None


@_fact("review_held", bool, "Whether this review was held", scope="review")
def _review_held(view: ChildOnDay) -> bool:
    review = view.item.review
    return review is not None and review.held_on is not None and review.held_on <= view.today


@_fact("review_decided", bool, "Whether what this review decided is written", "reviews.record", scope="review")
def _review_decided(view: ChildOnDay) -> bool | None:
    review = view.item.review
    return True if review and review.record else None


# The parts of the case model that conditions may look into


@dataclass(frozen=True, slots=True)
class Root:
    """A part of the case model, with the name that conditions use and its place in the case file."""

    name: str
    model: type[BaseModel]
    find: _Find
    write: str
    scope: str = "child"


def _latest_decision(view: ChildOnDay) -> AdmDecision | None:
    if view.item.decision:
        return view.item.decision
    mine = [one for one in view.case.adm_decisions if one.child == view.child.id]
    return max(mine, key=lambda one: one.decided_on or dt.date.min) if mine else None


def _latest_view(view: ChildOnDay) -> IroView | None:
    mine = [one for one in view.case.iro_views if one.child == view.child.id and one.on <= view.today]
    return max(mine, key=lambda one: one.on) if mine else None


def _outcome(view: ChildOnDay) -> Outcome | None:
    meeting = view.item.meeting
    return next((one for one in meeting.outcomes if one.child == view.child.id), None) if meeting else None


ROOTS = {
    root.name: root
    for root in (
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
}


def is_unknown(value: Any) -> bool:
    """Return whether a value stands for a fact that is not written."""
    return isinstance(value, Unknown)


def locate_path(path: str) -> str:
    """Return the place in the case file that a path of a condition stands for: children.identity for child.identity."""
    name, _, rest = path.partition(".")
    return ".".join(filter(None, [ROOTS[name].write, rest]))
