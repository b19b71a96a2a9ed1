"""What one paper's template sees: the case through the eyes of its reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from generator.case.audience import Audience
from generator.case.child import Child
from generator.case.court import Direction, Hearing
from generator.case.decision import AdmDecision, ParentNotified
from generator.case.facts import Disclosure
from generator.case.family import Authority, Case
from generator.case.iro import IroView
from generator.case.meeting import Meeting, ParentTold, Review
from generator.case.person import Person
from generator.case.questions import find_letter_bar, find_next_hearing, find_report, list_hearings
from generator.case.words import Role
from generator.disclosure.lens import Lens
from generator.disclosure.readers import OF_READERS, list_audiences
from generator.papers.card import Card, Gap
from generator.papers.facts.children import ChildFacts, show_child
from generator.papers.facts.declare import DeclaredNames, Keyed, Shown, ShownOf, shown
from generator.papers.facts.describe import PaperKind, describe_group
from generator.papers.facts.meetings import GuestFacts, MeetingFacts, ReviewFacts, is_about_children
from generator.papers.facts.people import LetterFacts, PersonFacts, find_role, show_person
from generator.papers.facts.reports import AdmDecisionFacts, CitedFacts, IroViewFacts, ReportFacts, show_cited
from generator.papers.facts.rules import ComplianceFacts, ProcedureFacts
from generator.papers.facts.types import AskType, GroupType, ListType, ParagraphsType, PictureType, TextType, TypedFact
from generator.papers.facts.view import PaperShape, ReaderView, shape_of
from generator.papers.facts.written import SeenBy

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class PaperSubject:
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

    def shape(self, needs: Collection[str]) -> PaperShape:
        """What decides which facts such a paper has."""
        units = ("child", "meeting", "parent", "decision", "iro_view", "review", "guest")
        return PaperShape(frozenset(one for one in units if getattr(self, one)), frozenset(needs))

    @property
    def told(self) -> ParentNotified | ParentTold | None:
        """The record of how the parent learned the news, where there is one."""
        about = self.decision.parents_notified if self.decision else self.meeting.parents_told if self.meeting else ()
        return next((one for one in about if self.parent and one.person == self.parent.id), None)


def find_bar(subject: PaperSubject, case: Case) -> str | None:
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


def letter_children(subject: PaperSubject, case: Case) -> tuple[Child, ...]:
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


def find_children(subject: PaperSubject, case: Case) -> tuple[Child, ...]:
    """The children that a paper is about."""
    if subject.child:
        return (subject.child,)
    return case.meeting_children(subject.meeting) if subject.meeting else case.children


class AuthorityFacts(
    ShownOf[Authority], says="authority", model=Authority, source="authority", seen_as=Disclosure.OPEN
):
    """The authority whose paper it is."""

    @shown("The address of the office", example="Civic Centre, ZZ99 1AA")
    def address_lines(self) -> list[str]:
        return list(self.written.address.all_lines) if self.written.address else []


class HearingFacts(
    ShownOf[Hearing], says="hearing", model=Hearing, source="court.hearings", written_as=Disclosure.OPEN
):
    """A hearing. When and where it is stands in every party's notice, so parents read it too."""


class DirectionFacts(
    ShownOf[Direction], says="direction", model=Direction, source="court.directions", seen_as=Disclosure.EVIDENCE
):
    """A direction of the court."""


class CaseFacts(Shown, says="case", seen_as=Disclosure.OPEN):
    """The case and its proceedings."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view)
        self._court = view.case.court

    @shown("The reference of the case", example="FAM-2026-0142")
    def reference(self) -> str:
        return self.view.case.reference

    @shown("The short name of the procedure", example="hertfordshire")
    def procedure(self) -> str:
        return self.view.case.procedure

    @shown("The court", example="Family Court at Hartsmere")
    def court_name(self) -> str | None:
        return self._court.name if self._court else None

    @shown("The number of the proceedings", example="HM26C00142")
    def case_number(self) -> str | None:
        return self._court.case_number if self._court else None

    @shown("When proceedings were issued", example="2 April 2026")
    def issued_on(self) -> dt.date | None:
        return self._court.issued_on if self._court else None

    @shown("When final evidence is due", example="1 October 2026")
    def final_evidence_due_on(self) -> dt.date | None:
        return self._court.final_evidence_due_on if self._court else None

    @shown("The next hearing")
    def next_hearing(self) -> HearingFacts | None:
        hearing = find_next_hearing(self.view.case, self.view.on)
        return HearingFacts(self.view, hearing) if hearing else None

    @shown("Every hearing, in order of time")
    def hearings(self) -> list[HearingFacts]:
        return [HearingFacts(self.view, one) for one in list_hearings(self.view.case)]

    @shown("Directions of the court; none in papers for one person")
    def directions(self) -> list[DirectionFacts]:
        directions = self._court.directions if self._court and self.view.lens.reader is None else ()
        return [DirectionFacts(self.view, one) for one in directions]


class PaperFacts(Shown, says="paper", seen_as=Disclosure.OPEN):
    """All facts that the template of a paper may ask for.

    What the rules say, and when events happened, stands in papers alone whose card `needs` it: it changes from day to
    day, and a paper that does not print it must not be made anew for that.
    """

    def __init__(self, view: ReaderView, subject: PaperSubject) -> None:
        super().__init__(view)
        self._subject = subject
        self._children = letter_children(subject, view.case)

    @shown("The authority whose paper it is")
    def authority(self) -> AuthorityFacts:
        return AuthorityFacts(self.view, self.view.case.authority)

    @shown("The case and its proceedings")
    def case(self) -> CaseFacts:
        return CaseFacts(self.view)

    @shown("The procedure that the case follows")
    def procedure(self) -> ProcedureFacts:
        return ProcedureFacts(self.view)

    @shown("The children that the paper is about", there=is_about_children)
    def children(self) -> list[ChildFacts]:
        return [show_child(child, self.view) for child in self._children]

    @shown("Whether they are several", example="no")
    def many_children(self) -> bool:
        return len(self._children) > 1

    @shown(
        "Evidence that the case file cites, by its id",
        keyed=Keyed("cited evidence by id", "Evidence that the case file cites"),
    )
    def cited(self) -> dict[str, CitedFacts | None]:
        return show_cited(self.view)

    @shown("The social worker")
    def social_worker(self) -> PersonFacts | None:
        worker = _find_worker(self._subject, self.view.case)
        if worker:
            return show_person(worker, self.view)
        return next(filter(None, (find_role(role, self.view) for role in _WORKERS)), None)

    @shown("The team manager")
    def team_manager(self) -> PersonFacts | None:
        return find_role(Role.TEAM_MANAGER, self.view)

    @shown("The independent reviewing officer")
    def iro(self) -> PersonFacts | None:
        return find_role(Role.INDEPENDENT_REVIEWING_OFFICER, self.view)

    @shown("The children's guardian")
    def guardian(self) -> PersonFacts | None:
        return find_role(Role.CHILDRENS_GUARDIAN, self.view)

    @shown("The medical adviser")
    def medical_adviser(self) -> PersonFacts | None:
        return find_role(Role.MEDICAL_ADVISER, self.view)

    @shown("The local authority's lawyer")
    def lawyer(self) -> PersonFacts | None:
        return find_role(Role.LOCAL_AUTHORITY_LAWYER, self.view)

    @shown("The child that the paper is about", given="child")
    def child(self) -> ChildFacts:
        return self.children()[0]

    @shown("The child's permanence report", given="child")
    def report(self) -> ReportFacts | None:
        report = find_report(self.view.case, _need(self._subject.child).id)
        return ReportFacts(self.view, report) if report else None

    @shown("How far the rules are kept for the child", given="child", needs="compliance", seen_as=Disclosure.WORKING)
    def compliance(self) -> ComplianceFacts:
        return ComplianceFacts(self.view, self._children[0])

    @shown("The meeting that the paper is about", given="meeting")
    def meeting(self) -> MeetingFacts:
        return MeetingFacts(self.view, _need(self._subject.meeting), self._children, self._subject.child)

    @shown("Who is invited, and whom the paper is for", given="guest")
    def guest(self) -> GuestFacts:
        return GuestFacts(self.view, _need(self._subject.meeting), _need(self._subject.guest))

    @shown("The review", given="review")
    def review(self) -> ReviewFacts:
        return ReviewFacts(self.view, _need(self._subject.review), self._subject.child)

    @shown("The decision", given="decision")
    def decision(self) -> AdmDecisionFacts:
        return AdmDecisionFacts(self.view, _need(self._subject.decision))

    @shown("The reviewing officer's view", given="iro_view")
    def iro_view(self) -> IroViewFacts:
        return IroViewFacts(self.view, _need(self._subject.iro_view))

    @shown("The parent whom the paper is for", given="parent", about_reader=True)
    def parent(self) -> PersonFacts:
        return show_person(_need(self._subject.parent), self.view, self._children[0])

    @shown("How the letter reaches this parent", given="parent", about_reader=True)
    def letter(self) -> LetterFacts:
        subject, bar = self._subject, find_bar(self._subject, self.view.case)
        return LetterFacts(self.view, _need(subject.parent), subject.told, bar, self._children)


_WORKERS = (Role.SOCIAL_WORKER, Role.ADOPTION_SOCIAL_WORKER)
"""For a relinquished baby the adoption worker is the responsible social worker (requirement R001-075)."""


def _find_worker(subject: PaperSubject, case: Case) -> Person | None:
    """The social worker who told this parent, else who wrote the child's report; None where neither is known."""
    told = subject.told
    report = find_report(case, subject.child.id) if subject.child else None
    keys = (told.told_by if told else None, report.author.person if report and report.author else None)
    people = (case.person(key) for key in keys if key)
    return next((one for one in people if one.role in _WORKERS), None)


def _need(found: _Found | None) -> _Found:
    """What a paper is about. The facts that ask for it stand in no other paper."""
    if found is None:
        raise KeyError("this paper is about something else")
    return found


def show_subject(subject: PaperSubject, view: ReaderView, needs: Collection[str] = ()) -> dict[str, Any]:
    """All facts that a template for this subject may ask for, as seen by this reader, as at the day of the view.

    They are worked out when they are asked for. `needs` are those of the paper's card.
    """
    return dict(PaperFacts(replace(view, paper=subject.shape(needs)), subject))


# What a paper says of itself


class PaperItselfFacts(Shown, says="paper itself", seen_as=Disclosure.OPEN):
    """The paper itself: `audience` is that of the working paper, whose court copy this may be."""

    def __init__(self, view: ReaderView, card: Card, title: str, audience: Audience, *, draft: bool) -> None:
        super().__init__(view)
        self._card, self._title, self._audience, self._draft = card, title, audience, draft

    @shown("The paper's code")
    def code(self) -> str:
        return self._card.code

    @shown("Its title", example="Agenda: permanence planning meeting")
    def title(self) -> str:
        return self._title

    @shown("Its reader")
    def audience(self) -> str:
        return self._audience.value

    @shown("Whether it is a draft", example="yes")
    def draft(self) -> bool:
        return self._draft

    @shown("How it is to be handled, for its footer", example="For professionals only")
    def handling(self) -> str:
        return self._audience.handling

    @shown("The day as at which it speaks", example="22 November 2026")
    def as_of(self) -> dt.date:
        return self.view.on


class OnPaperFacts(Shown, says="what a paper adds", seen_as=Disclosure.OPEN):
    """What a paper adds to the facts of its subject. Pictures are drawn when it is written."""

    def __init__(self, itself: PaperItselfFacts) -> None:
        super().__init__(itself.view)
        self._itself = itself

    @shown("The paper itself")
    def paper(self) -> PaperItselfFacts:
        return self._itself

    @shown("The family tree, where the card needs it")
    def family_tree(self) -> PictureType | None:
        return None

    @shown("The child's homes and orders, where the card needs it")
    def homes_pictures(self) -> list[PictureType]:
        return []

    @shown("The days of the child's care, where the card needs it")
    def care_timeline(self) -> list[PictureType]:
        return []


class OpenQuestionFacts(Shown, says="open question", seen_as=Disclosure.OPEN):
    """A question of the card that nobody has answered."""

    def __init__(self, view: ReaderView, gap: Gap) -> None:
        super().__init__(view)
        self._gap = gap

    @shown("The question", example="Where was the meeting held?")
    def asks(self) -> str:
        return self._gap.asks

    @shown("What asks for it", example="Local procedure")
    def source(self) -> str:
        return self._gap.source

    @shown("Where the answer goes", example="meetings.venue")
    def write(self) -> str:
        return self._gap.write


# The same as types


@dataclass(frozen=True, slots=True)
class PaperCopy:
    """One of the copies in which a paper is made: for which reader, and whether it is that of one parent."""

    audience: Audience
    is_parents: bool


def list_copies_of(card: Card) -> tuple[PaperCopy, ...]:
    """Every copy in which a paper may be made: its reader's, and the court's where it may be filed."""
    has_parent = "parent" in card.for_each
    audiences = list_audiences(card.audience)
    copies = [PaperCopy(one, has_parent or (card.audience == OF_READERS and one.is_family)) for one in audiences]
    if card.may_be_filed:
        filed = (Lens(one).in_bundle().audience for one in audiences if not one.is_family)
        copies += [PaperCopy(one, has_parent) for one in filed]
    return tuple(dict.fromkeys(copies))


def describe_subject(
    units: Collection[str], needs: Collection[str], copy: PaperCopy, names: DeclaredNames
) -> GroupType:
    """All facts that `show_subject` shows for such a paper, with their types."""
    shape = shape_of(units, needs, is_parents=copy.is_parents)
    return describe_group(PaperFacts, PaperKind(SeenBy(copy.audience), shape, names))


def on_paper(subject: GroupType, card: Card, copy: PaperCopy) -> GroupType:
    """The same with what the paper says of itself: what questions on a card see."""
    added = describe_group(OnPaperFacts, PaperKind(SeenBy(copy.audience)))
    paper = added.facts["paper"]
    itself = describe_group(PaperItselfFacts, PaperKind(SeenBy(copy.audience)))
    said = {"code": card.code, "audience": copy.audience.value}
    known = (replace(itself.facts[name], kind=TextType((word,)), example=word) for name, word in said.items())
    return subject.with_facts(*added.facts.values(), replace(paper, kind=itself.with_facts(*known)))


def describe_paper(card: Card, copy: PaperCopy, names: DeclaredNames) -> GroupType:
    """All facts that the Word template of a paper may ask for in one of its copies, with their types."""
    paper = on_paper(describe_subject(card.for_each, card.needs, copy, names), card, copy)
    answers = {
        one.id: TypedFact(one.id, ParagraphsType(), one.asks, meets=one.source)
        for one in card.questions
        if one.each is None
    }
    group = GroupType("answers to the card's questions", answers)
    missing = ListType(describe_group(OpenQuestionFacts, PaperKind(SeenBy(copy.audience))))
    asked = tuple(one.id for one in card.questions if one.each is not None)
    return paper.with_facts(
        TypedFact("answers", group, "Answers to the card's questions"),
        TypedFact("missing", missing, "The questions that are open"),
        TypedFact("ask", AskType(asked), "The answer to a question about one item of a list"),
    )
