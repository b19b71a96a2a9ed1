"""Protected passages: sentences of protected facts, and the words listed under kept_back."""

from __future__ import annotations

from collections.abc import Iterator

from generator.case.facts import Disclosure
from generator.disclosure.facts import CaseFact
from generator.disclosure.protected import FactPlace, Protected
from generator.disclosure.reader_knowledge import ReaderKnowledge
from generator.disclosure.spelling import spell_line, spell_number, spell_passage, spell_phrase, spell_telephone


def list_sentences(reader: ReaderKnowledge) -> Iterator[Protected]:
    """Yield the sentences of protected texts, which may have been copied: advice, health, another person's history."""
    hidden = [fact for fact in reader.held if _is_passage(reader, fact)]
    spelled = [(fact, tuple(spell_passage(fact.value))) for fact in hidden]
    # The same sentence is often written for two people, for example for both parents. Then it gives nobody away.
    shown = [one for one in reader.held if isinstance(one.value, str) and not _is_passage(reader, one)]
    theirs = {(one.key, each.letters) for one in shown for each in spell_passage(one.value)}
    for fact, passages in spelled:
        kept = tuple(each for each in passages if (fact.key, each.letters) not in theirs)
        kind = next(kind for kind in fact.hidden_from(reader.lens) if kind in _PASSAGES)
        yield Protected(_PASSAGES[kind], fact.named, fact.path, kept)


def _is_passage(reader: ReaderKnowledge, fact: CaseFact) -> bool:
    # Everybody may know where a child lived with family; `list_homes` protects the other places.
    if not isinstance(fact.value, str) or fact.key == "Placement.where":
        return False
    return any(kind in _PASSAGES for kind in fact.hidden_from(reader.lens))


def list_kept_back(reader: ReaderKnowledge) -> Iterator[Protected]:
    """Yield the words listed under kept_back, which have no other place in the case file."""
    if reader.lens.audience.is_agency:
        return
    for number, one in enumerate(reader.case.kept_back):
        readers = {*one.from_readers}
        mine = {reader.lens.audience.value, reader.lens.reader or ""}
        if readers & mine or (not readers and not reader.sees(Disclosure.CARER)):
            place = FactPlace(f"kept_back[{number}]", ("kept_back", number, "words"))
            spelled = {*spell_phrase(one.words), *spell_line(one.words), *spell_passage(one.words)}
            if sum(sign.isdigit() for sign in one.words) >= 9:
                spelled |= {*spell_telephone(one.words), *spell_number(one.words)}
            yield Protected("what is kept back", *place, tuple(sorted(spelled, key=lambda each: each.letters)))


_PASSAGES = {
    Disclosure.ADVICE: "legal advice",
    Disclosure.HEALTH: "what is written about health",
    Disclosure.PERSON: "what is written about another person",
    Disclosure.SIBLING: "what is written about a brother or sister",
    Disclosure.PRIVATE: "what is kept in the agency’s own file",
    Disclosure.CARER: "what a carer says",
}
