"""Which papers a case calls for, what each says, and what is still missing in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.base.errors import UnsafeToDiscloseError
from generator.case.family import Case
from generator.case.person import Person
from generator.case.questions import list_children_in_court
from generator.disclosure.lens import AS_COURT, SEEING_ALL, Lens
from generator.disclosure.readers import OF_READERS, find_view
from generator.papers.card import Answer, Card, Gap, PaperTemplate, PlannedDocument, Question
from generator.papers.copies import reads_minutes
from generator.papers.facts.paper import (
    OnPaperFacts,
    OpenQuestionFacts,
    PaperItselfFacts,
    PaperSubject,
    find_bar,
    find_children,
    show_subject,
)
from generator.papers.facts.view import ReaderView
from generator.rules.expressions.language import evaluate, fill
from generator.rules.judging.judge import Compliance

_COURT_COPY = "-court-copy"
"""Added to the name of a paper that is made again for the bundle, as the court may see it."""


def name_court_copy(name: str) -> str:
    """The name of the court copy of a paper."""
    return f"{working_name(name)}{_COURT_COPY}"


def working_name(name: str) -> str:
    """The name of the working paper, whether this is its own or that of its court copy."""
    return name.removesuffix(_COURT_COPY)


def names_of(planned: PlannedDocument) -> tuple[str, ...]:
    """The names by which a clearance in the case file may call a paper."""
    return planned.name, working_name(planned.name), planned.code


@dataclass(frozen=True, slots=True)
class _Views:
    """The views of one case that its papers share: one for each reader and day."""

    case: Case
    compliance: Compliance
    _seen: dict[tuple[Lens, dt.date], ReaderView] = field(default_factory=dict)

    def seen(self, lens: Lens, on: dt.date) -> ReaderView:
        return self._seen.setdefault((lens, on), ReaderView(self.case, self.compliance, lens, on))


def plan_documents(
    case: Case, compliance: Compliance, templates: Mapping[str, PaperTemplate], *, for_bundle: bool = False
) -> tuple[PlannedDocument, ...]:
    """Every paper that this case calls for, in the order of the templates' codes, then of the case file.

    Today is the day of the compliance: what lies after it has not happened. With `for_bundle`, only papers that may be
    filed are planned, each as the court may see it: those normally filed, and those that a direction lets in.
    """
    planned = []
    views, on = _Views(case, compliance), compliance.on
    for code, template in sorted(templates.items()):
        if for_bundle and template.card.bundle.filed == "never":
            continue
        if compliance.procedure.jurisdiction not in template.card.jurisdictions:
            continue
        for subject in list_subjects(template.card, case):
            paper = _plan_paper(code, template, subject, views, on, for_bundle=for_bundle)
            if paper:
                planned.append(paper)
    return tuple(planned)


def may_be_filed(card: Card, case: Case, name: str) -> bool:
    """Whether a paper may go into this case's bundle: normally, or because a direction lets it in.

    A direction names a code, which lets in every paper of that code and its easy-read form, or the name of one paper.
    """
    if not card.may_be_filed:
        return False
    if card.bundle.filed == "if_directed":
        directions = case.court.directions if case.court else ()
        return any({card.code, card.form_of, name} & {*direction.papers} for direction in directions)
    return True


def _is_before_court(subject: PaperSubject, case: Case, name: str) -> bool:
    """Whether a paper is about a child in the proceedings, or about no one child.

    A paper about a brother or sister outside them is filed only where a direction names it.
    """
    directions = case.court.directions if case.court else ()
    is_directed = any(name in direction.papers for direction in directions)
    return subject.child is None or is_directed or subject.child in list_children_in_court(case)


def list_subjects(card: Card, case: Case) -> Iterator[PaperSubject]:
    """What a card's papers could be about in a case: each child, meeting, parent and so on, as its `for_each` says."""
    units = card.for_each
    if units == ("case",):
        yield PaperSubject()
    elif units == ("child",):
        yield from (PaperSubject(child=child) for child in case.children)
    elif units == ("review", "child"):
        yield from (
            PaperSubject(child=child, review=one) for child in case.children for one in case.reviews_of(child.id)
        )
    elif units == ("iro_view",):
        yield from (PaperSubject(child=case.child(view.child), iro_view=view) for view in case.iro_views)
    elif units[0] == "meeting":
        for meeting in case.meetings:
            children = case.meeting_children(meeting)
            if units == ("meeting",):
                yield PaperSubject(meeting=meeting)
            elif units == ("meeting", "guest"):
                guests = (case.person(one.person) for one in meeting.invited if not reads_minutes(case, one))
                yield from (PaperSubject(meeting=meeting, guest=guest) for guest in guests)
            elif units == ("meeting", "parent"):
                yield from (
                    PaperSubject(meeting=meeting, parent=parent) for parent in _parents(case, [c.id for c in children])
                )
            else:
                for child in children:
                    yield PaperSubject(meeting=meeting, child=child)
                    for parent in case.parents_of(child.id):
                        yield PaperSubject(meeting=meeting, child=child, parent=parent)
    else:
        for decision in case.adm_decisions:
            child = case.child(decision.child)
            if units == ("decision",):
                yield PaperSubject(child=child, decision=decision)
            else:
                for parent in case.parents_of(child.id):
                    yield PaperSubject(child=child, decision=decision, parent=parent)


def _parents(case: Case, children: Iterable[str]) -> tuple[Person, ...]:
    return tuple({person.id: person for child in children for person in case.parents_of(child)}.values())


def _plan_paper(
    code: str, template: PaperTemplate, subject: PaperSubject, views: _Views, on: dt.date, *, for_bundle: bool
) -> PlannedDocument | None:
    card, case = template.card, views.case
    parent, guest = subject.parent, subject.guest
    lens = find_view(case, card.audience, parent.id if parent else None, guest.id if guest else None)
    # A parent's copy says what the professionals' copy says, so the court needs only one; and none goes past a bar.
    if card.audience == OF_READERS and parent and (for_bundle or find_bar(subject, case)):
        return None
    if guest and find_bar(subject, case):
        return None
    name = "-".join([code, *_name_subject(subject, case)])
    if for_bundle and not (may_be_filed(card, case, name) and _is_before_court(subject, case, name)):
        return None
    # Whether, and as at which day, a paper is made is worked out over all facts: nothing of that is printed.
    known = show_subject(subject, views.seen(SEEING_ALL, on), card.needs)
    if not _ask(card.when, known, code, "when"):
        return None
    as_of = _ask(card.as_of, known, code, "as_of")
    day = (
        as_of.date() if isinstance(as_of, dt.datetime) else as_of if isinstance(as_of, dt.date) else _last_day(case, on)
    )
    blocked_by = _find_blocks(code, subject, views)
    draft = bool(blocked_by) or not _ask(card.signed_off, known, code, "signed_off")
    audience = lens.audience
    if for_bundle and audience is not AS_COURT.audience:
        name, lens = name_court_copy(name), lens.in_bundle()
    view = views.seen(lens, day)
    facts = show_subject(subject, view, card.needs)
    title = fill(card.title, facts, where=f"The title on the card {code}.yaml")
    facts |= OnPaperFacts(PaperItselfFacts(view, card, title, audience, draft=draft))
    answers, gaps = _answer(card, facts)
    facts["missing"] = [OpenQuestionFacts(view, gap) for gap in gaps]
    for_one = parent or guest
    reader = for_one.id if for_one else None
    return PlannedDocument(
        template,
        name,
        title,
        audience.value,
        reader,
        day,
        draft,
        for_bundle,
        lens,
        facts,
        answers,
        gaps,
        blocked_by,
        subject.meeting.id if subject.meeting else None,
        subject.child.id if subject.child else None,
    )


def _find_blocks(code: str, subject: PaperSubject, views: _Views) -> tuple[str, ...]:
    """The rules that keep a paper a draft: those that block it and are not kept for a child whom it is about."""
    children = {child.id for child in find_children(subject, views.case)}
    rulings = views.compliance.rulings
    found = [one.rule.name for one in rulings if code in one.rule.blocks and one.is_open and one.child in children]
    return tuple(dict.fromkeys(found))


def _ask(source: str, facts: Mapping[str, Any], code: str, key: str) -> Any:
    try:
        return evaluate(source, facts, where=f"{key} on the card {code}.yaml")
    except UnsafeToDiscloseError as error:
        raise UnsafeToDiscloseError(f"The paper {code} is withheld. {error.summary} ({key})") from None


def _last_day(case: Case, on: dt.date) -> dt.date:
    """The latest day, not after today, on which the case file says that something happened.

    A paper without a date of its own speaks as at this day, so that it does not change merely because time passes.
    """
    days = [event.on for event in case.record]
    days += [meeting.starts_at.date() for meeting in case.meetings]
    days += [plan.agreed_on for plan in case.plans] + [order.made_on for order in case.orders]
    days += [review.held_on for review in case.reviews if review.held_on]
    days += [placement.started_on for placement in case.placements]
    days += [child.born_on for child in case.children]
    return max((day for day in days if day <= on), default=on)


def _name_subject(subject: PaperSubject, case: Case) -> Iterator[str]:
    if subject.decision:
        yield subject.decision.id or subject.decision.child
    elif subject.review and subject.child:
        reviews = case.reviews_of(subject.child.id)
        place = next(i for i, one in enumerate(reviews, start=1) if one is subject.review)
        called = [one.number or i for i, one in enumerate(reviews, start=1)]
        yield f"review-{called[place - 1]}"
        # A number may be there twice, or be the place of one that has none. Two papers of one name would be one.
        if called.count(called[place - 1]) > 1:
            yield str(place)
        yield subject.child.id
    elif subject.iro_view:
        mine = case.views_of(subject.iro_view.child)
        yield subject.iro_view.child
        if len(mine) > 1:
            yield subject.iro_view.on.isoformat()
    else:
        if subject.meeting:
            yield subject.meeting.id
        if subject.child:
            yield subject.child.id
    if for_one := subject.parent or subject.guest:
        yield for_one.id


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Question
    item: str | None
    facts: Mapping[str, Any]


def _answer(card: Card, facts: Mapping[str, Any]) -> tuple[dict[tuple[str, str | None], Answer], tuple[Gap, ...]]:
    answers: dict[tuple[str, str | None], Answer] = {}
    gaps: list[Gap] = []
    for asked in _list_asked(card, facts):
        question, known = asked.question, asked.facts
        if not _ask(question.when, known, card.code, f"when of the question {question.id}"):
            answers[question.id, asked.item] = Answer("", "", "")
            continue
        where = f"The question {question.id} on the card {card.code}.yaml"
        found = _ask(question.of, known, card.code, f"of, in the question {question.id}")
        text = None if found is None or isinstance(found, bool) else str(found).strip() or None
        asks = fill(question.asks, known, where=where) if text is None else ""
        answers[question.id, asked.item] = Answer(text, asks, question.source)
        if text is None:
            gaps.append(Gap(question.id, asks, question.level, question.source, question.write))
    return answers, tuple(gaps)


def _list_asked(card: Card, facts: Mapping[str, Any]) -> Iterator[_Asked]:
    for question in card.questions:
        if question.each is None:
            yield _Asked(question, None, facts)
            continue
        for item in _ask(question.each, facts, card.code, f"each of the question {question.id}"):
            yield _Asked(question, str(item["id"]), {**facts, question.as_: item})


def plan_all_documents(
    case: Case, compliance: Compliance, templates: Mapping[str, PaperTemplate]
) -> list[PlannedDocument]:
    """Every paper of a case: those that people work with, then the court's copies as they stand in a bundle."""
    return [
        paper
        for for_bundle in (False, True)
        for paper in plan_documents(case, compliance, templates, for_bundle=for_bundle)
    ]
