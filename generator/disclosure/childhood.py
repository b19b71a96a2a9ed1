"""What is kept of children: half-brothers and half-sisters, schools and homes, and brothers and sisters adopted."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.yaml.paths import Path_
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.planning import Placement
from generator.case.words import CARE_PLACEMENTS
from generator.disclosure.everyday import SETTINGS
from generator.disclosure.folding import squash, words_of
from generator.disclosure.naming import list_words
from generator.disclosure.places import list_line, list_villages
from generator.disclosure.protected import Protected, Weight
from generator.disclosure.sight import Sight
from generator.disclosure.spelling import spell, spell_name, spell_number, spell_phrase, spell_title, spell_word


def list_children(sight: Sight) -> Iterator[Protected]:
    """Children of the case: names of those who are not the reader's, numbers in registers, nurseries and schools."""
    for number, child in enumerate(sight.case.children):
        at: Path_ = ("children", number)
        fact = f"children.{child.id}"
        if child.id in sight.strange:
            yield from _strange_child(sight, child, fact, at)
        if not sight.sees(Disclosure.PRIVATE):
            for key in ("nhs_number", "pupil_number"):
                if value := getattr(child, key):
                    spelled = tuple(spell_number(value))
                    yield Protected("a number of the child’s in a register", f"{fact}.{key}", (*at, key), spelled,
                                    weight=Weight.LIKELY)  # fmt: skip
        if not sight.sees(Disclosure.CARER):
            yield from _settings(sight, child, fact, at)


def _strange_child(sight: Sight, child: Child, fact: str, at: Path_) -> Iterator[Protected]:
    what, path = "the name of a child who is not theirs", (*at, "name")
    yield Protected(what, f"{fact}.name", path, tuple(spell_name(child.name, sight.known.names)))
    # Brothers and sisters who lived together are spoken of by their first names; a family name tells of the family.
    yield from list_words(sight, [child.name.family], what, f"{fact}.name", path)
    if child.born_on not in {one.born_on for one in sight.case.children if one.id in sight.theirs}:
        says = "the date of birth of a child who is not theirs"
        yield Protected(says, f"{fact}.born_on", (*at, "born_on"), day=child.born_on)


def _settings(sight: Sight, child: Child, fact: str, at: Path_) -> Iterator[Protected]:
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
            if len(special) == 1 and not {*words_of(bare)} <= sight.known.words:
                yield Protected(what, f"{called}.name", (*path, "name"), tuple(spell_word(bare)), weight=Weight.LIKELY)
            elif len(special) > 1 and not {*words_of(bare)} <= sight.known.words:
                yield Protected(what, f"{called}.name", (*path, "name"), tuple(spell_phrase(bare)), weight=weight)
        # On the street of a school that the child has left lie other places that the family knows.
        if setting.address and not (was_there and setting.ended_on):
            called, at_address = f"{called}.address", (*path, "address")
            yield from list_line(sight, "the address of a nursery or school", setting.address, called, at_address)


def list_homes(sight: Sight) -> Iterator[Protected]:
    """The villages in which children are placed."""
    if sight.sees(Disclosure.CARER):
        return
    for number, placement in enumerate(sight.case.placements):
        if placement.type in CARE_PLACEMENTS and placement.where and not _is_with_reader(sight, placement):
            what, at = "where the child lives", f"placements[{number}].where"
            yield from list_villages(sight, [placement.where], what, at, ("placements", number, "where"))
    for number, child in enumerate(sight.case.children):
        if child.local_authority_area:
            path: Path_ = ("children", number, "local_authority_area")
            fact = f"children.{child.id}.local_authority_area"
            yield from list_villages(sight, [child.local_authority_area], "where the child lives", fact, path)


def _is_with_reader(sight: Sight, placement: Placement) -> bool:
    return placement.carer is not None and placement.carer == sight.own


def list_siblings(sight: Sight) -> Iterator[Protected]:
    """A brother's or sister's adoption is another family's secret, from the court as well (court form A50)."""
    if sight.lens.audience.is_agency:
        return
    for number, person in enumerate(sight.case.people):
        life = person.sibling
        if life is None or person.id == sight.own:
            continue
        fact, at = f"people.{person.id}.sibling", ("people", number, "sibling")
        adopted = life.adopted_on or life.adoptive_name
        home = life.living_with
        if home and len(words_of(home)) > (1 if adopted else 3) and (adopted or not sight.sees(Disclosure.SIBLING)):
            what = f"where {'an adopted' if adopted else 'a'} brother or sister lives"
            yield Protected(what, f"{fact}.living_with", (*at, "living_with"), (spell(home),))
        if life.adoptive_name:
            what, path = "a brother’s or sister’s adoptive name", (*at, "adoptive_name")
            if len(life.adoptive_name.split()) > 1:
                yield Protected(what, f"{fact}.adoptive_name", path, (spell(life.adoptive_name),))
            yield from list_words(sight, life.adoptive_name.split()[-1:], what, f"{fact}.adoptive_name", path)
        if life.adopted_on:
            yield Protected("when a brother or sister was adopted", f"{fact}.adopted_on", (*at, "adopted_on"),
                            day=life.adopted_on)  # fmt: skip
        for place, order in enumerate(life.orders if adopted else ()):
            if order.made_on and order.made_on != life.adopted_on:
                yield Protected("an order about an adopted brother or sister", f"{fact}.orders[{place}].made_on",
                                (*at, "orders", place, "made_on"), day=order.made_on,
                                weight=Weight.LIKELY)  # fmt: skip
