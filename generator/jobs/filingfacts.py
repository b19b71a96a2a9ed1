"""What the case file says for the cover, the check of the bundle, the filing kit and the report of a bundle."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.base.dates import say_date
from generator.bundle.layout.model import BundleLayout
from generator.case.court import Hearing
from generator.case.family import Case
from generator.case.questions import find_next_hearing, list_hearings
from generator.case.words import EvidenceKind, say_words

if TYPE_CHECKING:
    from generator.bundle.access import Access
    from generator.bundle.assemble import AssembledBundle
    from generator.bundle.audit.facts import BundleFacts
    from generator.bundle.audit.findings import BundleCheck
    from generator.bundle.entries import AssembledEntry, Cover
    from generator.bundle.filing_kit.entries import KitFacts, KitRow
    from generator.jobs.gathering import Gathered

_CHILDREN_ACT = "In the matter of the Children Act 1989"
_ADOPTION_ACT = "In the matter of the Adoption and Children Act 2002"
_BUNDLE = re.compile(r"\bbundle\b", re.IGNORECASE)
_PRELIMINARY = re.compile(r"\b(?:preliminary|case summary|position statement)", re.IGNORECASE)


def next_hearing(case: Case, on: dt.date) -> Hearing | None:
    """The next hearing from a day on, else the last one before it; None where none is listed."""
    return find_next_hearing(case, on) or next(reversed(list_hearings(case)), None)


def write_cover(case: Case, on: dt.date) -> Cover:
    """The words of the cover. What the case file does not say is left out."""
    from generator.bundle.entries import Cover, CoverParty

    court = case.court
    hearing = next_hearing(case, on)
    return Cover(
        court=court.name if court else "",
        case_number=(court.case_number or "") if court else "",
        matters=(_CHILDREN_ACT, _ADOPTION_ACT) if _plans_adoption(case) else (_CHILDREN_ACT,),
        children=tuple(child.name.full for child in case.children),
        parties=tuple(
            CoverParty(party.name, party.capacity, party.represented_by or "", party.counsel or "")
            for party in (court.parties if court else ())
        ),
        hearing=say_words(hearing.kind.value) if hearing else "",
        prepared_on=on,
        hearing_at=hearing.at if hearing else None,
        place=(hearing.place or "") if hearing else "",
        judge=(hearing.judge or (court.judge if court else None) or "") if hearing else "",
    )


def _plans_adoption(case: Case) -> bool:
    return any("adoption" in {plan.primary.value, *(kind.value for kind in plan.parallel)} for plan in case.plans)


def tell_check(case: Case, on: dt.date, bundle: AssembledBundle, papers: Sequence[Gathered]) -> BundleFacts:
    """What the case file knows of a bundle that the file itself does not show: kinds, dates, orders, the hearing."""
    from generator.bundle.audit.facts import BundleFacts, EntryFacts, OrderedDay

    court = case.court
    hearing = next_hearing(case, on)
    known = {one.entry.id: one for one in papers}
    directions = {one.id: one for one in (court.directions if court else ()) if one.id}
    entries = []
    for placed in bundle.entries:
        one = known.get(placed.entry.id)
        item = one.item if one else None
        direction = directions.get(item.directed_by) if item and item.directed_by else None
        entries.append(
            EntryFacts(
                placed.first_label,
                placed.last_label,
                item.kind if item else None,
                placed.entry.dated,
                f"order of {say_date(direction.ordered_on)}" if direction else None,
                placed.entry.essential,
                own=one is not None and one.paper is not None,
            )
        )
    ordered = []
    for one_direction in court.directions if court else ():
        due = one_direction.due_on
        if due and due >= on:
            said_in = f"order of {say_date(one_direction.ordered_on)}"
            if _BUNDLE.search(one_direction.what):
                ordered.append(OrderedDay("bundle", due, said_in))
            elif _PRELIMINARY.search(one_direction.what):
                ordered.append(OrderedDay("preliminary documents", due, said_in))
    limit = court.page_limit if court else None
    return BundleFacts(
        tuple(entries),
        hearing.at if hearing else None,
        limit.pages if limit else None,
        f"order of {say_date(limit.ordered_on)}" if limit else "",
        tuple(ordered),
        on,
    )


def list_kit_rows(bundle: AssembledBundle, papers: Sequence[Gathered], case: Case) -> list[KitRow]:
    """The papers of the bundle as the filing kit takes them, in order."""
    from generator.bundle.filing_kit.entries import KitRow

    known = {one.entry.id: one for one in papers}
    numbers = {label: number for number, label in enumerate(bundle.labels, 1)}
    rows = []
    for placed in bundle.entries:
        one = known.get(placed.entry.id)
        item = one.item if one else None
        pages = tuple(sorted({numbers[label] for label in _sheets_of(placed, numbers)}))
        author = item.author if item and item.author else case.authority.name
        rows.append(
            KitRow(
                placed.entry.id,
                placed.entry.title,
                _say_kind(one),
                placed.first_label[:1],
                placed.entry.dated,
                bundle.labels[pages[0] - 1] if pages else placed.first_label,
                bundle.labels[pages[-1] - 1] if pages else placed.last_label,
                pages,
                author,
                _role_of(author, case),
                placed.entry.essential,
            )
        )
    return rows


def _sheets_of(placed: AssembledEntry, numbers: dict[str, int]) -> list[str]:
    return [label for label in placed.sheets if label in numbers]


def _say_kind(one: Gathered | None) -> str:
    if one is None:
        return ""
    if one.item:
        return say_words(one.item.kind.value) if one.item.kind else ""
    return one.paper.planned.template.card.code.replace("-", " ") if one.paper else ""


def _role_of(author: str, case: Case) -> str:
    person = next((one for one in case.people if one.name.full == author), None)
    if person and person.role:
        return say_words(person.role.value)
    party = next((one for one in (case.court.parties if case.court else ()) if one.name == author), None)
    return party.capacity if party else ""


def say_kit_facts(
    case: Case, on: dt.date, bundle: AssembledBundle, layout: BundleLayout, check: BundleCheck
) -> KitFacts:
    """What the filing kit says about the case, with the days by which to lodge as the check worked them out."""
    from generator.bundle.filing_kit.entries import KitFacts

    court = case.court
    hearing = next_hearing(case, on)
    contact = (case.authority.name, case.authority.department, case.authority.telephone, case.authority.email)
    lodging = {rule.id for rule in layout.list_rules() if rule.check and rule.check.name == "lodged_by"}
    lodge_by = tuple(
        f"{finding.detail} ({finding.source}, {finding.paragraph})"
        for finding in check.findings
        if finding.rule in lodging
    )
    names = {name for child in case.children for name in (child.name.full, child.name.short, child.name.given)}
    return KitFacts(
        case_title=f"In the matter of {' and '.join(child.name.initials for child in case.children)}",
        case_number=(court.case_number or "") if court else "",
        court=court.name if court else "",
        hearing=say_words(hearing.kind.value) if hearing else "",
        hearing_at=hearing.at if hearing else None,
        prepared_on=on,
        lodge_by=lodge_by,
        contact=tuple(line for line in contact if line),
        sections=tuple((section.letter, section.title) for section in layout.sections),
        index_pages=tuple(range(bundle.front_pages - len(bundle.changes.index_labels) + 1, bundle.front_pages + 1)),
        children=tuple(sorted(names)),
    )


# The report beside the bundle


def write_report(bundle: AssembledBundle, papers: Sequence[Gathered], facts: BundleFacts, access: Access) -> str:
    """Every file that went in, with its SHA-256, pages, labels and what became of it; and what the check needs to know.

    It says too what a screen reader finds in the bundle, and what was lost when papers were joined.

    It names papers by their ids and files, and stays beside the bundle: it is not to be filed.
    """
    known = {one.entry.id: one for one in papers}
    rows: list[dict[str, Any]] = []
    for placed in bundle.entries:
        row: dict[str, Any] = {"id": placed.entry.id, "pages": placed.pages, "labels": list(placed.labels)}
        if one := known.get(placed.entry.id):
            row |= {
                "file": one.item.file if one.item else f"{one.paper.word.name if one.paper else ''}",
                "sha256": one.entry.sha256,
                "outcome": one.admitted.outcome.value,
                "removed": dict(sorted(one.admitted.removed.items())),
                "pages_without_text": list(one.admitted.without_text),
                "pages_drawn": list(one.admitted.drawn),
                "signed": one.admitted.signed,
                "warnings": list(one.admitted.warnings),
                "problem": one.admitted.problem.says if one.admitted.problem else None,
            }
        rows.append(row)
    told = {"bundle": bundle.path.name, "sha256": bundle.sha256, "pages": bundle.pages, "papers": rows}
    more = {"accessibility": _say_access(access), "known": _say_facts(facts)}
    return json.dumps(told | more, indent=1, ensure_ascii=False) + "\n"


def _say_access(access: Access) -> dict[str, Any]:
    from generator.bundle.access import TAGS_LOST

    return {**dataclasses.asdict(access), "lost": "" if access.tagged else TAGS_LOST}


def _say_facts(facts: BundleFacts) -> dict[str, Any]:
    return {
        "entries": [
            {
                "first": one.first_label,
                "last": one.last_label,
                "kind": one.kind.value if one.kind else None,
                "dated": one.dated.isoformat() if one.dated else None,
                "directed_by": one.directed_by,
                "essential": one.essential,
                "own": one.own,
            }
            for one in facts.entries
        ],
        "hearing_at": facts.hearing_at.isoformat() if facts.hearing_at else None,
        "permitted_pages": facts.permitted_pages,
        "permission": facts.permission,
        "ordered": [{"what": one.what, "on": one.on.isoformat(), "said_in": one.said_in} for one in facts.ordered],
        "today": facts.today.isoformat() if facts.today else None,
    }


def read_facts(pdf: Path, report: Path, sha256: str) -> BundleFacts | None:
    """What the report beside a bundle says of it; None where there is none, or it is about another file."""
    from generator.bundle.audit.facts import BundleFacts, EntryFacts, OrderedDay

    try:
        told = json.loads(report.read_text("utf-8"))
        if told["sha256"] != sha256 or told["bundle"] != pdf.name:
            return None
        known = told["known"]
        return BundleFacts(
            tuple(
                EntryFacts(
                    one["first"],
                    one["last"],
                    EvidenceKind(one["kind"]) if one["kind"] else None,
                    dt.date.fromisoformat(one["dated"]) if one["dated"] else None,
                    one["directed_by"],
                    bool(one["essential"]),
                    bool(one["own"]),
                )
                for one in known["entries"]
            ),
            dt.datetime.fromisoformat(known["hearing_at"]) if known["hearing_at"] else None,
            known["permitted_pages"],
            known["permission"],
            tuple(
                OrderedDay(one["what"], dt.date.fromisoformat(one["on"]), one["said_in"]) for one in known["ordered"]
            ),
            dt.date.fromisoformat(known["today"]) if known["today"] else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
