"""Whole sentences that are kept back, and words that somebody wrote down to be kept back."""

from __future__ import annotations

from collections.abc import Iterator

from generator.case.audience import Audience
from generator.case.facts import Disclosure
from generator.disclosure.facts import Held
from generator.disclosure.protected import Protected
from generator.disclosure.sight import Sight
from generator.disclosure.spelling import spell_line, spell_number, spell_passage, spell_phrase, spell_telephone


def list_sentences(sight: Sight) -> Iterator[Protected]:
    """Whole sentences of what is kept back, as copying leaves them: advice, health, another person's history."""
    hidden = [fact for fact in sight.held if _is_passage(sight, fact)]
    spelled = [(fact, tuple(spell_passage(fact.value))) for fact in hidden]
    # A sentence written for two people in the same place, such as what became of their wishes, tells on nobody.
    shown = [one for one in sight.held if isinstance(one.value, str) and not _is_passage(sight, one)]
    theirs = {(one.key, each.letters) for one in shown for each in spell_passage(one.value)}
    for fact, passages in spelled:
        kept = tuple(each for each in passages if (fact.key, each.letters) not in theirs)
        kind = next(kind for kind in fact.hidden_from(sight.lens) if kind in _PASSAGES)
        yield Protected(_PASSAGES[kind], fact.named, fact.path, kept)


def _is_passage(sight: Sight, fact: Held) -> bool:
    # Where a child lived with family is said to everybody; where else, `list_homes` knows.
    if not isinstance(fact.value, str) or fact.key == "Placement.where":
        return False
    return any(kind in _PASSAGES for kind in fact.hidden_from(sight.lens))


def list_kept_back(sight: Sight) -> Iterator[Protected]:
    """What somebody wrote down to be kept back because it has no place of its own in the case file."""
    if sight.lens.audience is Audience.INTERNAL:
        return
    for number, one in enumerate(sight.case.kept_back):
        readers = {*one.from_readers}
        mine = {sight.lens.audience.value, sight.lens.reader or ""}
        if readers & mine or (not readers and not sight.sees(Disclosure.CARER)):
            fact, path = f"kept_back[{number}]", ("kept_back", number, "words")
            spelled = {*spell_phrase(one.words), *spell_line(one.words), *spell_passage(one.words)}
            if sum(sign.isdigit() for sign in one.words) >= 9:
                spelled |= {*spell_telephone(one.words), *spell_number(one.words)}
            yield Protected("what is kept back", fact, path, tuple(sorted(spelled, key=lambda each: each.letters)))


_PASSAGES = {
    Disclosure.ADVICE: "legal advice",
    Disclosure.HEALTH: "what is written about health",
    Disclosure.PERSON: "what is written about another person",
    Disclosure.SIBLING: "what is written about a brother or sister",
    Disclosure.PRIVATE: "what is kept in the agency’s own file",
    Disclosure.CARER: "what a carer says",
}
