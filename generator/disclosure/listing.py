"""Everything that is kept from one reader, with every way in which it may be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from generator.case.family import Case
from generator.disclosure.childhood import list_children, list_homes, list_siblings
from generator.disclosure.facts import Held, list_facts
from generator.disclosure.lens import Lens
from generator.disclosure.people import list_people
from generator.disclosure.protected import Protected
from generator.disclosure.sentences import list_kept_back, list_sentences
from generator.disclosure.sight import look_at
from generator.disclosure.spelling import Spelling


def list_protected(case: Case, lens: Lens, held: Sequence[Held] = ()) -> tuple[Protected, ...]:
    """Everything that is kept from this reader and can be recognised in a text.

    `held` are all facts of the case, where they have been listed before.

    From those who may not know carers: who cares for the child or will, how and where they can be reached, nurseries,
    schools and villages, and what the carers say. From everybody outside the agency: addresses marked confidential
    (FPR 2010 r 29.1) but for that person's own letters, private telephones, informants, numbers of registers, and
    brothers' and sisters' adoptive names (court form A50). From a parent: everything about the other parent and
    relatives but their names, the family of half-brothers and half-sisters, and what is written about health. Legal
    advice from all but the authority's lawyers.
    """
    if lens.audience.sees_everything:
        return ()
    sight = look_at(case, lens, held or tuple(list_facts(case)))
    found: dict[tuple[str, tuple[Spelling, ...], dt.date | None], Protected] = {}
    for shelf in (list_people, list_children, list_homes, list_siblings, list_sentences, list_kept_back):
        for one in shelf(sight):
            if one.spellings or one.day:
                longer = {name for name in sight.known.names for each in one.spellings if each.letters in name}
                inside = frozenset(longer - {each.letters for each in one.spellings})
                found.setdefault((one.fact, one.spellings, one.day), replace(one, inside=inside))
    return tuple(found.values())
