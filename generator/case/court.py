"""The proceedings, the evidence, and what may be filed."""

from __future__ import annotations

from generator.case.facts import (
    CHILD,
    EVIDENCE,
    WORKING,
    ChildId,
    Day,
    DirectionId,
    Facts,
    FileName,
    Key,
    Line,
    Moment,
    Number,
    PartyName,
    PersonOrChildId,
    Prose,
    Yes,
    fact,
    facts_list,
)
from generator.case.words import EvidenceKind, HearingKind, StaysInWord


class Direction(Facts):
    """One paragraph of an order that tells somebody to do something."""

    id: Key | None = fact("A short id that other parts of the file point to", example="final-evidence")
    ordered_on: Day = fact("Date of the order", example="12 June 2026", seen_as=EVIDENCE)
    paragraph: Line | None = fact("Paragraph of the order", example="9", seen_as=EVIDENCE)
    what: Line = fact("What is to be done", example="Local authority to file final evidence", seen_as=EVIDENCE)
    by_whom: Line | None = fact("By whom", example="Local authority", seen_as=EVIDENCE)
    due_on: Day | None = fact("By when", example="30 October 2026", seen_as=EVIDENCE)
    done_on: Day | None = fact("When it was done", example="29 October 2026", seen_as=EVIDENCE)
    papers: tuple[Line, ...] = facts_list(
        "Papers not usually filed that this direction lets in: "
        "the code of a paper for all of its kind, or the name of one",
        example=["ppm-minutes"],
        seen_as=WORKING,
    )
    replaces: tuple[Line, ...] = facts_list(
        "What was filed and may be replaced or taken out because of it: ids of evidence, or names of papers",
        example=["mother-statement"],
        seen_as=WORKING,
    )


class Hearing(Facts, seen_as=EVIDENCE):
    """One hearing, past or listed."""

    kind: HearingKind = fact("Kind of hearing", example="issues_resolution")
    at: Moment = fact("When", example="30 November 2026, 10am")
    judge: Line | None = fact("Before whom", example="District Judge Marlowe")
    place: Line | None = fact("Where", example="Family Court at Hartsmere, court 3")
    time_estimate: Line | None = fact("Time estimate", example="2 hours")


class Party(Facts, seen_as=EVIDENCE):
    """One party, as the cover of the bundle names them."""

    name: Line = fact("Name on the cover", example="Hartsmere Council")
    capacity: Line = fact("Capacity", example="Applicant")
    person: PersonOrChildId | None = fact("The same person in this file: their id", example="mother")
    represented_by: Line | None = fact("Who acts for them", example="Bright & Lowe Solicitors")
    counsel: Line | None = fact("Counsel", example="Imogen Vale")


class PageLimit(Facts, seen_as=EVIDENCE):
    """The court's permission for a bundle of more than 350 pages (PD27A paragraph 11.2(b))."""

    pages: Number = fact("How many pages are allowed", example="420")
    ordered_on: Day = fact("Date of the order", example="12 June 2026")
    paragraph: Line | None = fact("Paragraph of the order", example="14")


class Court(Facts):
    """The proceedings about the children."""

    name: Line = fact("Which court", example="Family Court at Hartsmere", seen_as=CHILD)
    children: tuple[ChildId, ...] = facts_list(
        "The children whom the proceedings are about; left out, all of them", example=["rowan"]
    )
    case_number: Line | None = fact("Case number", example="ZZ26C50142", seen_as=CHILD)
    issued_on: Day | None = fact(
        "Day the application was issued", example="29 May 2026", seen_as=CHILD, meets="CA 1989 s 32(1)(a)(ii)"
    )
    judge: Line | None = fact("Allocated judge", example="District Judge Marlowe", seen_as=EVIDENCE)
    parties: tuple[Party, ...] = facts_list(
        "Parties, applicant first", example=[{"name": "Hartsmere Council", "capacity": "Applicant"}]
    )
    directions: tuple[Direction, ...] = facts_list(
        "Directions", example=[{"ordered_on": "12 June 2026", "what": "File final evidence"}], seen_as=EVIDENCE
    )
    hearings: tuple[Hearing, ...] = facts_list(
        "Hearings, past and listed", example=[{"kind": "final", "at": "14 December 2026, 10am"}]
    )
    final_evidence_due_on: Day | None = fact(
        "When final evidence must be filed, as ordered", example="30 October 2026", seen_as=EVIDENCE
    )
    page_limit: PageLimit | None = fact(
        "Permission for a longer bundle",
        example={"pages": "420", "ordered_on": "12 June 2026"},
        meets="PD27A para 11.2(b)",
    )


class Evidence(Facts):
    """One file from outside: a statement, an order, a report."""

    id: Key | None = fact("A short id that text can point to", example="psychologist-report")
    file: FileName = fact("The file, in the case folder", example="evidence/psychologist.pdf")
    title: Line = fact("Title for the index", example="Psychological assessment of Leanne Hale", seen_as=EVIDENCE)
    author: Line | None = fact("Who wrote or made it", example="Dr Oluchi Bankole", seen_as=EVIDENCE)
    dated: Day | None = fact("Its date", example="18 September 2026", seen_as=EVIDENCE)
    bundle_section: Key = fact("Which section of the bundle: its id in the layout", example="reports")
    kind: EvidenceKind | None = fact(
        "What sort of paper it is: some sorts may be only so long, others need a direction",
        example="expert_report",
        seen_as=WORKING,
        meets="PD27A",
    )
    directed_by: DirectionId | None = fact(
        "The direction that lets it in, where its sort needs one: the direction's id", example="final-evidence"
    )
    essential: Yes = fact(
        "Whether it is essential reading for the next hearing", example="yes", seen_as=WORKING, default=False
    )
    not_for: tuple[PartyName, ...] = facts_list(
        "Parties whose copy holds a slip in its place, by their names as under court.parties",
        example=["Daniel Okafor"],
        seen_as=WORKING,
    )
    may_stay: tuple[StaysInWord, ...] = facts_list(
        "For a Word file: what may be printed or left in it, although it is unfinished",
        example=["comments"],
        seen_as=WORKING,
    )
    children: tuple[ChildId, ...] = facts_list("The children it is about; left out, all of them", example=["rowan"])
    disclosure_basis: Line | None = fact(
        "Why this report may be read by those who get it",
        example="Permission in the order of 12 June 2026",
        seen_as=WORKING,
        meets="FPR 2010 PD12G",
    )
    in_bundle: Yes = fact("Whether it goes into the bundle", example="yes", seen_as=WORKING, default=True)
    note: Prose | None = fact(
        "A note for those who file it", example="Signed original on the court file.", seen_as=WORKING
    )
