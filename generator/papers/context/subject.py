"""What one paper's template sees: the case through the eyes of its reader, as plain facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from generator.base.dates import speak
from generator.case.child import Child
from generator.case.court import Hearing
from generator.case.decision import AdmDecision
from generator.case.family import Case
from generator.case.iro import IroView
from generator.case.meeting import Meeting, Review
from generator.case.person import Person
from generator.case.questions import find_letter_bar, find_next_hearing, find_report, list_hearings
from generator.case.words import Role, say_words
from generator.papers.context.children import show_child
from generator.papers.context.happened import show_happened, show_review_rules
from generator.papers.context.meetings import show_invitation, show_meeting, show_review
from generator.papers.context.papers import show_cited, show_decision, show_iro_view, show_report
from generator.papers.context.people import show_letter, show_person, show_role
from generator.papers.context.rules import show_compliance, show_meeting_rules, show_procedure
from generator.papers.context.scene import Scene

__all__ = ["Scene", "Subject", "find_bar", "find_children", "letter_children", "show_subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What one paper is about: the whole case, or one child, meeting, review, parent, decision or view of it.

    `guest` is somebody invited to the meeting who reads neither its plans nor its minutes.
    """

    child: Child | None = None
    meeting: Meeting | None = None
    parent: Person | None = None
    decision: AdmDecision | None = None
    iro_view: IroView | None = None
    review: Review | None = None
    guest: Person | None = None


def find_bar(subject: Subject, case: Case) -> str | None:
    """Why the parent whom this paper is for may not get it; None where they may, or where it is for no parent."""
    parent = subject.parent
    if subject.guest and any(subject.guest in case.parents_of(child.id) for child in find_children(subject, case)):
        parent = subject.guest
    if parent is None:
        return None
    mine = [child for child in find_children(subject, case) if subject.child or parent in case.parents_of(child.id)]
    bars = [find_letter_bar(parent, child.id) for child in mine]
    # A letter about a meeting goes while there is one child about whom this parent may be told.
    said = [bar.reason for bar in bars if bar]
    return None if None in bars else next(iter(said), "This person is not a parent of any of the children.")


def letter_children(subject: Subject, case: Case) -> tuple[Child, ...]:
    """The children that a paper is about; in a parent's paper, only those about whom that parent may be told.

    In the paper of a guest from the family, only those whom the guest is related to or cares for; of any other guest
    who is no professional, none.
    """
    about = find_children(subject, case)
    parent = subject.parent
    if guest := subject.guest:
        if guest.role:
            return about
        theirs = tuple(child for child in about if guest.is_to(child.id))
        parents = {child.id: case.parents_of(child.id) for child in theirs}
        return tuple(one for one in theirs if guest not in parents[one.id] or find_letter_bar(guest, one.id) is None)
    if parent is None:
        return about
    mine = tuple(child for child in about if parent in case.parents_of(child.id))
    return tuple(child for child in mine if find_letter_bar(parent, child.id) is None) or mine


def find_children(subject: Subject, case: Case) -> tuple[Child, ...]:
    """The children that a paper is about."""
    if subject.child:
        return (subject.child,)
    return case.meeting_children(subject.meeting) if subject.meeting else case.children


def show_subject(subject: Subject, scene: Scene, needs: Collection[str] = ()) -> dict[str, Any]:
    """All facts that a template for this subject may ask for, as seen by this reader, as at the day `on`.

    What the rules say, and when events happened, stands in papers alone whose card `needs` it: it changes from day to
    day, and a paper that does not print it must not be made anew for that.
    """
    case, lens = scene.case, scene.lens
    children = letter_children(subject, case)
    facts: dict[str, Any] = {
        "authority": lens.facts(case.authority) | {"address_lines": _office_address(case)},
        "case": _show_case(scene),
        "procedure": show_procedure(scene),
        "children": [show_child(child, scene) for child in children],
        "many_children": len(children) > 1,
        "cited": show_cited(scene),
    }
    for name, roles in _NAMED_ROLES.items():
        facts[name] = next(filter(None, (show_role(role, scene) for role in roles)), None)
    if worker := _find_worker(subject, case):
        facts["social_worker"] = show_person(worker, scene)
    if subject.child:
        facts["child"] = facts["children"][0]
        report = find_report(case, subject.child.id)
        facts["report"] = show_report(report, scene) if report else None
        if "compliance" in needs:
            facts["compliance"] = show_compliance(subject.child, scene)
    if subject.meeting:
        facts["meeting"] = show_meeting(subject.meeting, scene, children, subject.child)
        facts["meeting"] |= show_meeting_rules(subject.meeting, scene, children)
        if "happened" in needs:
            for outcome, child in zip(facts["meeting"]["outcomes"], children, strict=True):
                outcome["happened"] = show_happened(child, scene)
    if subject.meeting and subject.guest:
        facts["guest"] = show_invitation(subject.meeting, subject.guest, scene)
    if subject.review:
        facts["review"] = show_review(subject.review, scene)
        if subject.child:
            facts["review"] |= show_review_rules(subject.review, subject.child, scene)
    if subject.decision:
        facts["decision"] = show_decision(subject.decision, scene)
    if subject.iro_view:
        facts["iro_view"] = show_iro_view(subject.iro_view, scene)
    if subject.parent:
        facts["parent"] = show_person(subject.parent, scene, children[0])
        facts["letter"] = show_letter(subject.parent, scene, _find_told(subject), find_bar(subject, case), children)
    return facts


_NAMED_ROLES = {
    # For a relinquished baby the adoption worker is the responsible social worker (requirement R001-075).
    "social_worker": (Role.SOCIAL_WORKER, Role.ADOPTION_SOCIAL_WORKER),
    "team_manager": (Role.TEAM_MANAGER,),
    "iro": (Role.INDEPENDENT_REVIEWING_OFFICER,),
    "guardian": (Role.CHILDRENS_GUARDIAN,),
    "medical_adviser": (Role.MEDICAL_ADVISER,),
    "lawyer": (Role.LOCAL_AUTHORITY_LAWYER,),
}


def _find_worker(subject: Subject, case: Case) -> Person | None:
    """The social worker who told this parent, else who wrote the child's report; None where neither is known."""
    told = _find_told(subject)
    report = find_report(case, subject.child.id) if subject.child else None
    keys = (told.told_by if told else None, report.author.person if report and report.author else None)
    people = (case.person(key) for key in keys if key)
    return next((one for one in people if one.role in _NAMED_ROLES["social_worker"]), None)


def _find_told(subject: Subject) -> Any:
    parent = subject.parent
    told = (
        subject.decision.parents_notified
        if subject.decision
        else subject.meeting.parents_told
        if subject.meeting
        else ()
    )
    return next((one for one in told if parent and one.person == parent.id), None)


def _office_address(case: Case) -> list[str]:
    address = case.authority.address
    return list(address.all_lines) if address else []


def _show_case(scene: Scene) -> dict[str, Any]:
    case, lens, on = scene.case, scene.lens, scene.on
    court = case.court
    following = find_next_hearing(case, on)
    seen = lens.reader is None
    return {
        "reference": case.reference,
        "procedure": case.procedure,
        "court_name": court.name if court else None,
        "case_number": court.case_number if court else None,
        "issued_on": speak(court.issued_on) if court else None,
        "final_evidence_due_on": speak(court.final_evidence_due_on) if court else None,
        "next_hearing": _show_hearing(following) if following else None,
        "hearings": [_show_hearing(hearing) for hearing in list_hearings(case)],
        "directions": [lens.facts(direction) for direction in court.directions] if court and seen else [],
    }


def _show_hearing(hearing: Hearing) -> dict[str, Any]:
    # When and where a hearing is stands in every party's notice, so parents read it too.
    return {
        "kind": say_words(hearing.kind.value),
        "at": speak(hearing.at),
        "judge": hearing.judge,
        "place": hearing.place,
        "time_estimate": hearing.time_estimate,
    }
