"""People and children in short, and brothers and sisters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.base.dates import format_age
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.family import Case
from generator.case.person import Person, SharedCare
from generator.case.questions import find_home, find_plan
from generator.case.words import SIBLING_KINDS, PlanKind, RelationshipKind, Sex
from generator.disclosure.projection import CARER_WORDS, is_nameless, may_tell_of_sibling, show_home
from generator.papers.facts.declare import Shown, ShownOf, shown, words_of
from generator.papers.facts.people import say_age_of
from generator.papers.facts.view import ReaderView

_BROTHERS = ("brother", "sister", "brother or sister", "half-brother", "half-sister", "half-brother or sister")
_RELATIONSHIPS = tuple(dict.fromkeys((*words_of(RelationshipKind), *_BROTHERS)))
_SIBLING_WORDS = {"female": "sister", "male": "brother"}
_SIDES = {"mother": "maternal", "father": "paternal"}


class OtherFacts(Shown, says="person in short", seen_as=Disclosure.OPEN):
    """A person, or another child of the case, as `child` is related to them."""

    def __init__(self, view: ReaderView, key: str, child: Child) -> None:
        super().__init__(view)
        self._to = child
        of_case = next((one for one in view.case.children if one.id == key), None)
        self._one: Child | Person = of_case or view.case.person(key)
        self._tie = self._one.is_to(child.id) if isinstance(self._one, Person) else None

    @property
    def kept_about(self) -> str:
        """Facts of a person are kept about that person."""
        return self._one.id

    @shown("The id in the case file", example="mother")
    def id(self) -> str:
        return self._one.id

    @shown("First names and surname", example="Leanne Marie Hale")
    def full_name(self) -> str:
        return CARER_WORDS if self._is_nameless() else self._one.name.full

    @shown("The name in short", example="Leanne")
    def name(self) -> str:
        return CARER_WORDS if self._is_nameless() else self._one.name.short

    @shown("What they are to the child", example="mother", words=_RELATIONSHIPS)
    def relationship(self) -> str | None:
        if isinstance(self._one, Child):
            return _say_sibling(self._to, self._one, self.view.case)
        return self._tie.kind.words if self._tie else None

    @shown("On which side of the family", example="maternal")
    def side(self) -> str | None:
        if isinstance(self._one, Child):
            return _find_shared_side(self._to, self._one, self.view.case)
        return self._tie.side if self._tie else None

    @shown("Age on the paper's day, or at death", example="29 years")
    def age(self) -> str | None:
        if isinstance(self._one, Child):
            return format_age(self._one.born_on, self.view.on) or None
        return say_age_of(self._one, self.view.on) if self._may_see_life() else None

    @shown("When they died", example="3 March 2024")
    def died_on(self) -> dt.date | None:
        return self._one.died_on if isinstance(self._one, Person) and self._may_see_life() else None

    def _is_nameless(self) -> bool:
        return isinstance(self._one, Person) and is_nameless(self._one, self.view.lens)

    def _may_see_life(self) -> bool:
        return self.view.lens.sees(Disclosure.PERSON, owner=self.kept_about)


class SharedCareFacts(
    ShownOf[SharedCare],
    says="order about a brother or sister",
    model=SharedCare,
    source="people.sibling.orders",
    written_as=Disclosure.OPEN,
):
    """An order about a brother or sister, which `SiblingFacts` lists for those who may know of it."""


class SiblingFacts(OtherFacts, says="brother or sister"):
    """A brother or sister. One who is not in this case may be adopted: then few may know of their life."""

    def __init__(self, view: ReaderView, key: str, child: Child) -> None:
        super().__init__(view, key, child)
        life = self._one.sibling if isinstance(self._one, Person) else None
        self._is_adopted = bool(life and (life.adopted_on or life.adoptive_name))
        self._life = life if life and may_tell_of_sibling(life, view.lens) else None

    @shown("What they are to the child", example="half-sister", words=_RELATIONSHIPS)
    def relationship(self) -> str:
        return super().relationship() or ""

    @shown("Sex", example="female")
    def sex(self) -> Sex:
        return self._one.sex

    @shown("Date of birth", example="3 May 2021")
    def born_on(self) -> dt.date | None:
        return self._one.born_on

    @shown("Place of birth", example="Hartsmere")
    def place_of_birth(self) -> str | None:
        return self._one.place_of_birth

    @shown("Nationality", example="British")
    def nationality(self) -> str | None:
        return self._one.identity.nationality

    @shown("Description", example="A lively girl")
    def description(self) -> str | None:
        if isinstance(self._one, Child):
            return self._one.physical_description
        return self._one.history.description

    @shown("With whom they live", example="Her father")
    def living_with(self) -> str | None:
        if isinstance(self._one, Person):
            return self._life.living_with if self._life else None
        case = self.view.case
        home = find_home(case, self._one.id, self.view.on)
        carer = case.person(home.carer) if home and home.carer else None
        return show_home(home, carer, self.view.lens)[0] if home else None

    @shown("Whether they are looked after", example="no")
    def looked_after(self) -> bool | None:
        if isinstance(self._one, Child):
            return bool(self._one.looked_after_from)
        return self._life.looked_after if self._life else None

    @shown("Orders about them")
    def orders(self) -> list[SharedCareFacts]:
        orders: tuple[SharedCare, ...] = self._life.orders if self._life else ()
        if isinstance(self._one, Child):
            made = self.view.case.orders_of(self._one.id)
            orders = tuple(SharedCare(order=o.order.words, court=o.court, made_on=o.made_on) for o in made)
        return [SharedCareFacts(self.view, one) for one in orders]

    @shown("Whether adoption is, or was, considered for them", example="no")
    def adoption_considered(self) -> bool | None:
        if isinstance(self._one, Child):
            plan = find_plan(self.view.case, self._one.id, self.view.on)
            return PlanKind.ADOPTION in (plan.primary, *plan.parallel) if plan else None
        return self._life.adoption_considered if self._life else None

    @shown("Whether they were adopted", example="no")
    def adopted(self) -> bool:
        return self._is_adopted and self.view.lens.sees(Disclosure.SIBLING)

    @shown("Whether this case file is about them too", example="yes")
    def in_this_case(self) -> bool:
        return isinstance(self._one, Child)


def list_siblings(child: Child, view: ReaderView) -> Iterator[SiblingFacts]:
    """The brothers and sisters of a child: those in this case, then those who are not.

    A parent reads about their own children alone: a half-brother may be another family's secret.
    """
    case, lens = view.case, view.lens
    for other in case.children:
        is_theirs = not lens.is_family or any(lens.owns(parent.id) for parent in case.parents_of(other.id))
        if other.id != child.id and is_theirs and other.born_on <= view.on:
            yield SiblingFacts(view, other.id, child)
    for person in () if lens.is_family else case.people:
        tie = person.is_to(child.id)
        if tie is not None and tie.kind in SIBLING_KINDS:
            yield SiblingFacts(view, person.id, child)


def _say_sibling(child: Child, other: Child, case: Case) -> str:
    words = _SIBLING_WORDS.get(other.sex.value, "brother or sister")
    mine, theirs = _birth_parents(child, case), _birth_parents(other, case)
    # Only where the file names a different mother or father for each are they half-brothers or half-sisters.
    differ = any(
        {key for key, kind in mine if kind == side}
        and {key for key, kind in theirs if kind == side}
        and not {pair for pair in mine & theirs if pair[1] == side}
        for side in _SIDES
    )
    return f"half-{words}" if differ else words


def _find_shared_side(child: Child, other: Child, case: Case) -> str | None:
    """Through which parent two children are related, where it is one alone."""
    shared = _birth_parents(child, case) & _birth_parents(other, case)
    sides = {_SIDES[kind] for _, kind in shared}
    return sides.pop() if len(sides) == 1 else None


def _birth_parents(child: Child, case: Case) -> set[tuple[str, str]]:
    ties = ((person.id, person.is_to(child.id)) for person in case.people)
    return {(key, tie.kind.value) for key, tie in ties if tie and tie.kind.value in _SIDES}
