"""The list of everything that is protected from one reader, with all its spellings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from generator.case.family import Case
from generator.disclosure.childhood import list_children, list_homes, list_siblings
from generator.disclosure.facts import CaseFact, list_facts
from generator.disclosure.lens import Lens
from generator.disclosure.people import list_people
from generator.disclosure.protected import Protected
from generator.disclosure.reader_knowledge import gather_knowledge
from generator.disclosure.sentences import list_kept_back, list_sentences
from generator.disclosure.spelling import Spelling


def list_protected(case: Case, lens: Lens, held: Sequence[CaseFact] = ()) -> tuple[Protected, ...]:
    """Return everything that is protected from this reader and can be recognised in a text.

    `held` are all facts of the case, where the caller has listed them before. Protected are:

    - from readers who may not know carers: who cares or will care for the child, how and where they can be reached,
      nurseries, schools and villages, and what the carers say;
    - from everybody outside the agency: addresses marked confidential (FPR 2010 r 29.1) except in that person's own
      letters, private telephones, informants, numbers in registers, and adoptive names of brothers and sisters (court
      form A50);
    - from a parent: everything about the other parent and relatives except their names, the family of half-brothers
      and half-sisters, and what is written about health;
    - from everybody but the authority's lawyers: legal advice.
    """
    if lens.audience.sees_everything:
        return ()
    reader = gather_knowledge(case, lens, held or tuple(list_facts(case)))
    found: dict[tuple[str, tuple[Spelling, ...], dt.date | None], Protected] = {}
    for shelf in (list_people, list_children, list_homes, list_siblings, list_sentences, list_kept_back):
        for one in shelf(reader):
            if one.spellings or one.day:
                longer = {name for name in reader.known.names for each in one.spellings if each.letters in name}
                inside = frozenset(longer - {each.letters for each in one.spellings})
                found.setdefault((one.fact, one.spellings, one.day), replace(one, inside=inside))
    return tuple(found.values())
