"""What somebody decided by hand about who may read what: words to keep back, and finds that were looked at."""

from __future__ import annotations

from generator.case.facts import PRIVATE, Day, Facts, Key, Line, Prose, fact


class KeptBack(Facts, seen_as=PRIVATE):
    """Words that must not reach some readers and have no place of their own in the file."""

    words: Line = fact(
        "The words, number or address to keep back", example="Millbrook Surgery", meets="FPR 2010 r 29.1"
    )
    what: Line = fact("What it is, for those who look after the file", example="the carers' surgery")
    from_readers: tuple[Key, ...] = fact(
        "From whom: ids of people, or court, parent, professionals, matching; "
        "left out, from all who may not know carers",
        example=["mother", "court"],
        default=(),
        alias="from",
    )


class Cleared(Facts, seen_as=PRIVATE):
    """A find of the search before delivery that a person looked at and allowed, for one reader."""

    allows: Line = fact(
        "Which fact may stand there after all: as the message names it", example="people.carer.name", alias="fact"
    )
    reader: Key = fact(
        "For whom: the id of a person, or court, professionals, internal, matching", example="mother", alias="for"
    )
    papers: tuple[Line, ...] = fact(
        "In which papers or evidence: their names or ids; left out, in all for this reader",
        example=["letter-decision-adm-1-mother"],
        default=(),
        alias="in",
    )
    reason: Prose = fact("Why", example="She met the carer at every handover and knows her name.")
    by: Line = fact("Who decided", example="Farida Sesay, service manager")
    on: Day = fact("When", example="3 November 2026")
