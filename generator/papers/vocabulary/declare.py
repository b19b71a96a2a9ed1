"""How a fact that is worked out, and stands nowhere in the case file, is declared: its meaning and an example."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from generator.case.words import say_words
from generator.papers.vocabulary.kinds import Date, Fact, Kind, ListOf, Moment, Number, Record, Text, YesNo

TEXT, PROSE, NUMBER, YES, DATE, MOMENT = Text(), Text(prose=True), Number(), YesNo(), Date(), Moment()
TEXTS = ListOf(Text())


def declare(name: str, kind: Kind, label: str, example: str = "", *, optional: bool = False, meets: str = "") -> Fact:
    """A fact that `context` works out. `optional` where it may be nothing."""
    return Fact(name, kind, label, example, optional, meets=meets)


def group(name: str, *facts: Fact) -> Record:
    """A group of facts that `context` puts together."""
    return Record(name, {fact.name: fact for fact in facts})


def words_of(*vocabularies: type[StrEnum]) -> Text:
    """Any of the words of some vocabularies, in plain words."""
    return Text(tuple(dict.fromkeys(say_words(one.value) for words in vocabularies for one in words)))


def codes_of(vocabulary: type[StrEnum]) -> Text:
    """Any of the codes of a vocabulary."""
    return Text(tuple(one.value for one in vocabulary))


def shown(record: Record, *facts: Fact) -> Record:
    """A group of the case file with what `context` adds, or shows in the place of what is written.

    What is shown in the place of a written fact keeps its requirement and its place in the case file.
    """
    kept = (
        replace(
            one,
            meets=one.meets or record.facts[one.name].meets,
            source=record.facts[one.name].source,
            seen_as=record.facts[one.name].seen_as,
            readers=record.facts[one.name].readers,
        )
        if one.name in record.facts
        else one
        for one in facts
    )
    return record.with_facts(*kept)
