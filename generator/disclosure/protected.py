"""What is kept from one reader, with every way in which it may be written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from generator.case import Case, Child, Disclosure, Person, Placement
from generator.case.words import CARE_PLACEMENTS, CARER_KINDS
from generator.disclosure.everyday import SETTINGS
from generator.disclosure.facts import Held, list_facts
from generator.disclosure.folding import squash, words_of
from generator.disclosure.known import list_known
from generator.disclosure.lens import Audience, Lens
from generator.disclosure.spelling import (
    STREETS,
    Fit,
    Spelling,
    spell,
    spell_line,
    spell_name,
    spell_number,
    spell_passage,
    spell_phrase,
    spell_telephone,
    spell_title,
    spell_word,
    street_of,
)
from generator.yamlfile import Path_


class Weight(Enum):
    """How much a find says."""

    SURE = "sure"
    """It is the value, wherever it stands."""
    LIKELY = "likely"
    """It may be another of the same name: it stops our own papers, and is pointed out in files that others wrote."""


@dataclass(frozen=True, slots=True)
class Protected:
    """One value that must not stand before a reader: what it is, and where the case file holds it. Never printed.

    `fact` is how a clearance names it. `also` is where the same value stands as something that this reader may know;
    only a person can say which of the two is meant.
    """

    what: str
    fact: str
    path: Path_
    spellings: tuple[Spelling, ...] = field(default=(), repr=False)
    day: dt.date | None = field(default=None, repr=False)
    weight: Weight = Weight.SURE
    also: str = ""
    inside: frozenset[str] = field(default=frozenset(), repr=False)
    """Longer names that readers may know, as squashed, in which a spelling is no find: Ann Lee in Jo-Ann Lee-Smith."""


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
    return _List(case, lens, held or tuple(list_facts(case))).make()


class _List:
    """The list for one reader while it is made."""

    def __init__(self, case: Case, lens: Lens, held: Sequence[Held]) -> None:
        self.case, self.lens = case, lens
        self.own = lens.reader
        self.is_parent = lens.audience is Audience.PARENT
        self.held = held
        self.theirs = _children_of(case, lens)
        self.strange = {child.id for child in case.children} - self.theirs if self.is_parent else set()
        self.hidden = tuple(person for person in case.people if self._is_hidden(person))
        self.known = list_known(case, lens, self.held, self.hidden, self.strange)

    def make(self) -> tuple[Protected, ...]:
        if self.lens.audience is Audience.PRIVILEGED:
            return ()
        found: dict[tuple[str, tuple[Spelling, ...], dt.date | None], Protected] = {}
        for one in (
            *self._people(), *self._children(), *self._homes(), *self._siblings(), *self._passages(), *self._kept_back()
        ):  # fmt: skip
            if one.spellings or one.day:
                longer = {name for name in self.known.names for each in one.spellings if each.letters in name}
                inside = frozenset(longer - {each.letters for each in one.spellings})
                found.setdefault((one.fact, one.spellings, one.day), replace(one, inside=inside))
        return tuple(found.values())

    def _sees(self, kind: Disclosure) -> bool:
        return self.lens.sees(kind)

    def _is_hidden(self, person: Person) -> bool:
        """Whether this reader may not know who this person is."""
        if person.id == self.own:
            return False
        if _is_stranger(person):
            return not self._sees(Disclosure.CARER)
        if person.informant and not person.relationships and not person.role:
            return not self._sees(Disclosure.PRIVATE)
        return self._is_strange(person)

    def _is_strange(self, person: Person) -> bool:
        """Whether this person is of the family of a half-brother or half-sister, and not of the reader's."""
        ties = {tie.to for tie in person.relationships}
        return self.is_parent and bool(ties) and not ties & self.theirs and person.role is None

    def _people(self) -> Iterator[Protected]:
        for number, person in enumerate(self.case.people):
            # Their own letter may say all about them; other parties read the copy of it that is filed.
            mine = person.id == self.own
            if mine and not self.lens.filed:
                continue
            at: Path_ = ("people", number)
            fact = f"people.{person.id}"
            carer = any(tie.kind in CARER_KINDS for tie in person.relationships) and not self._sees(Disclosure.CARER)
            secret = bool(person.address and person.address.confidential) and not self._sees(Disclosure.PRIVATE)
            other = not self._sees(Disclosure.PERSON) and not person.role and not mine
            if person in self.hidden:
                yield from self._name(person, fact, at)
            if person in self.hidden or (other and not carer):
                yield from self._reach(person, fact, at, _whose(person, self.hidden))
            if person.letters.prison_number and not self._sees(Disclosure.PRIVATE):
                spelled = tuple(spell_number(person.letters.prison_number))
                key = "prison_number"
                yield Protected("a prison number", f"{fact}.letters.{key}", (*at, "letters", key), spelled)
            if person.private_telephone and not self._sees(Disclosure.PRIVATE):
                yield self._number("a private telephone number", person.private_telephone, f"{fact}.private_telephone",
                                   (*at, "private_telephone"))  # fmt: skip
            if carer and not _is_stranger(person):
                yield from self._reach(person, fact, at, "a carer’s", sure=secret)
            elif secret:
                yield from self._address("an address kept confidential", person, fact, at)

    def _name(self, person: Person, fact: str, at: Path_) -> Iterator[Protected]:
        what = f"{_whose(person, self.hidden)} name"
        name, known = person.name, self.known
        whole = squash(name.full)
        place, path = f"{fact}.name", (*at, "name")
        spellings = tuple(spell_name(name, known.names))
        if whole in known.names and name.family:
            yield Protected(what, place, path, (spell(name.full),), also=self._namesake(whole))
        yield Protected(what, place, path, spellings)
        # Half of a double name is as good as the whole.
        halves = name.family.split("-") if name.family and "-" in name.family else []
        yield from self._words([name.family, *halves], what, place, path)
        yield from self._words([*name.given.split()[:1], name.known_as], what, place, path, Fit.FIRST_NAME)

    def _namesake(self, whole: str) -> str:
        """Where the case file holds the same name of somebody whom this reader may know."""
        known = [one for one in self.case.people if one not in self.hidden and squash(one.name.full) == whole]
        return f"people.{known[0].id}.name" if known else "another name in the case file"

    def _words(
        self, words: Iterable[str | None], what: str, fact: str, path: Path_, fit: Fit = Fit.NAME
    ) -> Iterator[Protected]:
        """Single names, as far as nobody whom the reader may know has them too."""
        for word in filter(None, words):
            letters = squash(word)
            if letters not in self.known.words:
                owned = not (letters.endswith("s") and letters[:-1] in self.known.words)
                yield Protected(what, fact, path, tuple(spell_word(word, fit, owned=owned)), weight=Weight.LIKELY)

    def _reach(self, person: Person, fact: str, at: Path_, whose: str, *, sure: bool = True) -> Iterator[Protected]:
        """How somebody can be reached or recognised: telephone, e-mail, address, date of birth."""
        weight = Weight.SURE if sure else Weight.LIKELY
        for key in ("telephone", "private_telephone"):
            if number := getattr(person, key):
                yield replace(
                    self._number(f"{whose} telephone number", number, f"{fact}.{key}", (*at, key)), weight=weight
                )
        if person.email:
            # As it is typed, and as it is said aloud.
            at_sign = person.email.replace("@", "at")
            spelled = tuple(Spelling(squash(one)) for one in (person.email, at_sign, at_sign.replace(".", "dot")))
            yield self._shared(
                Protected(f"{whose} e-mail address", f"{fact}.email", (*at, "email"), spelled, weight=weight)
            )
        if person.born_on and person.born_on not in self._known_births(person):
            yield Protected(
                f"{whose} date of birth", f"{fact}.born_on", (*at, "born_on"), day=person.born_on, weight=weight
            )
        for one in self._address(f"{whose} address", person, fact, at):
            yield one if sure else replace(one, weight=weight)

    def _known_births(self, person: Person) -> set[dt.date]:
        """Birthdays that this reader may know: those of their children and their own."""
        births = {child.born_on for child in self.case.children if child.id not in self.strange}
        return births | {
            one.born_on for one in self.case.people if one.id == self.own and one.born_on and one is not person
        }

    def _number(self, what: str, number: str, fact: str, path: Path_) -> Protected:
        return self._shared(Protected(what, fact, path, tuple(spell_telephone(number))), squash(number))

    def _shared(self, one: Protected, letters: str = "") -> Protected:
        """With the place where the same value stands as something known; without spellings where it is one's own."""
        letters = letters or (one.spellings[0].letters if one.spellings else "")
        if letters in self.known.own:
            return replace(one, spellings=())
        return replace(one, also=self.known.values.get(letters, ""))

    def _address(self, what: str, person: Person, fact: str, at: Path_) -> Iterator[Protected]:
        """Each line with a number or the name of a house, the street by itself, the postcode, and the village."""
        address = person.address
        if address is None:
            return
        fact, path = f"{fact}.address", (*at, "address")
        for place, line in enumerate(address.lines):
            yield from self._line(
                what, line, fact, (*path, "lines", place), first=place == 0 and len(address.lines) > 1
            )
        if address.postcode:
            spelled = tuple(spell_number(address.postcode))
            yield self._shared(Protected(what, fact, (*path, "postcode"), spelled))
        if person in self.hidden:
            towns = [line for line in address.lines[1:] if not any(sign.isdigit() for sign in line)]
            yield from self._villages(towns, what, fact, path)

    def _line(self, what: str, line: str, fact: str, path: Path_, *, first: bool = False) -> Iterator[Protected]:
        parts = [part.strip() for part in line.split(",") if part.strip()]
        for number, part in enumerate(parts):
            opens = first or (number == 0 and len(parts) > 1)
            has_number = any(sign.isdigit() for sign in part)
            if has_number and re.fullmatch(r"\D{0,10}\d+\s?[a-zA-Z]?", part):
                # A bare number of a house or flat is nobody's; with the part that follows it, it is an address.
                if number + 1 < len(parts):
                    yield self._shared(Protected(what, fact, path, tuple(spell_line(f"{part} {parts[number + 1]}"))))
                continue
            is_street = not has_number and words_of(part)[-1] in STREETS
            if has_number or (opens and " " in part and not self._is_known_phrase(part)):
                weight = Weight.LIKELY if is_street else Weight.SURE
                spelled = tuple(spell_line(part) if has_number or is_street else spell_title(part))
                yield self._shared(Protected(what, fact, path, spelled, weight=weight), squash(line))
            street = street_of(part) if has_number else None
            if street and not self._is_known_phrase(street):
                spelled = tuple(spell_line(street) if " " in street else spell_word(street))
                yield Protected(what, fact, path, spelled, weight=Weight.LIKELY)

    def _is_known_phrase(self, phrase: str) -> bool:
        """Whether a street or house stands in an address that this reader may see, or in words that send them there."""
        letters = squash(phrase)
        if " " not in phrase and letters in self.known.words:
            return True
        return any(letters in value for value in self.known.own | self.known.places)

    def _villages(self, names: Iterable[str], what: str, fact: str, path: Path_) -> Iterator[Protected]:
        for name in names:
            letters = squash(name)
            if letters not in self.known.words and not {*words_of(name)} <= self.known.words:
                yield Protected(what, fact, path, tuple(spell_phrase(name)), weight=Weight.LIKELY)

    def _children(self) -> Iterator[Protected]:
        for number, child in enumerate(self.case.children):
            at: Path_ = ("children", number)
            fact = f"children.{child.id}"
            if child.id in self.strange:
                yield from self._strange_child(child, fact, at)
            if not self._sees(Disclosure.PRIVATE):
                for key in ("nhs_number", "pupil_number"):
                    if value := getattr(child, key):
                        spelled = tuple(spell_number(value))
                        yield Protected("a number of the child’s in a register", f"{fact}.{key}", (*at, key), spelled,
                                        weight=Weight.LIKELY)  # fmt: skip
            if not self._sees(Disclosure.CARER):
                yield from self._settings(child, fact, at)

    def _strange_child(self, child: Child, fact: str, at: Path_) -> Iterator[Protected]:
        what, path = "the name of a child who is not theirs", (*at, "name")
        yield Protected(what, f"{fact}.name", path, tuple(spell_name(child.name, self.known.names)))
        # Brothers and sisters who lived together are spoken of by their first names; a family name tells of the family.
        yield from self._words([child.name.family], what, f"{fact}.name", path)
        if child.born_on not in {one.born_on for one in self.case.children if one.id in self.theirs}:
            says = "the date of birth of a child who is not theirs"
            yield Protected(says, f"{fact}.born_on", (*at, "born_on"), day=child.born_on)

    def _settings(self, child: Child, fact: str, at: Path_) -> Iterator[Protected]:
        """Nurseries and schools since the child came into care: those before are the family's own memories."""
        since = child.looked_after_from
        for place, setting in enumerate(child.education.settings):
            if since and setting.ended_on and setting.ended_on <= since:
                continue
            was_there = bool(since and setting.started_on and setting.started_on < since)
            path: Path_ = (*at, "education", "settings", place)
            called = f"{fact}.education.settings[{place}]"
            weight = Weight.LIKELY if was_there else Weight.SURE
            what = "a nursery or school"
            words = words_of(setting.name)
            if {*words} <= SETTINGS:
                continue
            if len(words) > 1:
                spelled = tuple(dict.fromkeys((*spell_phrase(setting.name), *spell_title(setting.name))))
                yield Protected(what, f"{called}.name", (*path, "name"), spelled, weight=weight)
            special = [word for word in setting.name.split() if squash(word) not in SETTINGS]
            bare = " ".join(special)
            if bare != setting.name or len(words) == 1:
                if len(special) == 1 and not {*words_of(bare)} <= self.known.words:
                    yield Protected(
                        what, f"{called}.name", (*path, "name"), tuple(spell_word(bare)), weight=Weight.LIKELY
                    )
                elif len(special) > 1 and not {*words_of(bare)} <= self.known.words:
                    yield Protected(what, f"{called}.name", (*path, "name"), tuple(spell_phrase(bare)), weight=weight)
            # On the street of a school that the child has left lie other places that the family knows.
            if setting.address and not (was_there and setting.ended_on):
                called, at_address = f"{called}.address", (*path, "address")
                yield from self._line("the address of a nursery or school", setting.address, called, at_address)

    def _homes(self) -> Iterator[Protected]:
        if self._sees(Disclosure.CARER):
            return
        for number, placement in enumerate(self.case.placements):
            if placement.type in CARE_PLACEMENTS and placement.where and not self._is_with_reader(placement):
                what, at = "where the child lives", f"placements[{number}].where"
                yield from self._villages([placement.where], what, at, ("placements", number, "where"))
        for number, child in enumerate(self.case.children):
            if child.local_authority_area:
                path: Path_ = ("children", number, "local_authority_area")
                fact = f"children.{child.id}.local_authority_area"
                yield from self._villages([child.local_authority_area], "where the child lives", fact, path)

    def _is_with_reader(self, placement: Placement) -> bool:
        return placement.carer is not None and placement.carer == self.own

    def _siblings(self) -> Iterator[Protected]:
        """A brother's or sister's adoption is another family's secret, from the court as well (court form A50)."""
        if self.lens.audience in (Audience.INTERNAL, Audience.PRIVILEGED):
            return
        for number, person in enumerate(self.case.people):
            life = person.sibling
            if life is None or person.id == self.own:
                continue
            fact, at = f"people.{person.id}.sibling", ("people", number, "sibling")
            adopted = life.adopted_on or life.adoptive_name
            home = life.living_with
            if home and len(words_of(home)) > (1 if adopted else 3) and (adopted or not self._sees(Disclosure.SIBLING)):
                what = f"where {'an adopted' if adopted else 'a'} brother or sister lives"
                yield Protected(what, f"{fact}.living_with", (*at, "living_with"), (spell(home),))
            if life.adoptive_name:
                what, path = "a brother’s or sister’s adoptive name", (*at, "adoptive_name")
                if len(life.adoptive_name.split()) > 1:
                    yield Protected(what, f"{fact}.adoptive_name", path, (spell(life.adoptive_name),))
                yield from self._words(life.adoptive_name.split()[-1:], what, f"{fact}.adoptive_name", path)
            if life.adopted_on:
                yield Protected("when a brother or sister was adopted", f"{fact}.adopted_on", (*at, "adopted_on"),
                                day=life.adopted_on)  # fmt: skip
            for place, order in enumerate(life.orders if adopted else ()):
                if order.made_on and order.made_on != life.adopted_on:
                    yield Protected("an order about an adopted brother or sister", f"{fact}.orders[{place}].made_on",
                                    (*at, "orders", place, "made_on"), day=order.made_on,
                                    weight=Weight.LIKELY)  # fmt: skip

    def _passages(self) -> Iterator[Protected]:
        """Whole sentences of what is kept back, as copying leaves them: advice, health, another person's history."""
        hidden = [fact for fact in self.held if self._is_passage(fact)]
        spelled = [(fact, tuple(spell_passage(fact.value))) for fact in hidden]
        # A sentence written for two people in the same place, such as what became of their wishes, tells on nobody.
        shown = [one for one in self.held if isinstance(one.value, str) and not self._is_passage(one)]
        theirs = {(one.key, each.letters) for one in shown for each in spell_passage(one.value)}
        for fact, passages in spelled:
            kept = tuple(each for each in passages if (fact.key, each.letters) not in theirs)
            kind = next(kind for kind in self._hides(fact) if kind in _PASSAGES)
            yield Protected(_PASSAGES[kind], fact.named, fact.path, kept)

    def _is_passage(self, fact: Held) -> bool:
        # Where a child lived with family is said to everybody; where else, `_homes` knows.
        is_home = fact.key == "Placement.where"
        return isinstance(fact.value, str) and not is_home and any(kind in _PASSAGES for kind in self._hides(fact))

    def _hides(self, fact: Held) -> tuple[Disclosure, ...]:
        return fact.hidden_from(self.lens)

    def _kept_back(self) -> Iterator[Protected]:
        """What somebody wrote down to be kept back because it has no place of its own in the case file."""
        if self.lens.audience is Audience.INTERNAL:
            return
        for number, one in enumerate(self.case.kept_back):
            readers = {*one.from_readers}
            mine = {self.lens.audience.value, self.lens.reader or ""}
            if readers & mine or (not readers and not self._sees(Disclosure.CARER)):
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


def _is_stranger(person: Person) -> bool:
    """Whether a carer is nobody's relative. A connected carer on one side of the family is: an aunt, say."""
    return person.is_only_carer and not any(tie.side for tie in person.relationships)


def _whose(person: Person, hidden: Iterable[Person]) -> str:
    if person.is_only_carer:
        adopting = {"prospective_adopter", "adoptive_parent"}
        return "an adopter’s" if {tie.kind.value for tie in person.relationships} & adopting else "a carer’s"
    if person.informant and not person.relationships:
        return "an informant’s"
    return "another family’s" if person in hidden else "another person’s"


def _children_of(case: Case, lens: Lens) -> set[str]:
    """The children whose family the reader of a parent's paper belongs to."""
    reader = next((person for person in case.people if person.id == lens.reader), None)
    return {tie.to for tie in reader.relationships} if reader else {child.id for child in case.children}


__all__ = ["Protected", "Weight", "list_protected"]
