"""Protected values about children: names of other families' children, schools, homes, adopted brothers and sisters."""

from __future__ import annotations

from collections.abc import Iterator

from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.planning import Placement
from generator.case.words import CARE_PLACEMENTS
from generator.disclosure.everyday import SETTINGS
from generator.disclosure.folding import squash, words_of
from generator.disclosure.people import list_single_names
from generator.disclosure.places import list_line, list_villages
from generator.disclosure.protected import Certainty, FactPlace, Protected
from generator.disclosure.reader_knowledge import ReaderKnowledge
from generator.disclosure.spelling import spell, spell_name, spell_number, spell_phrase, spell_title, spell_word


def list_children(reader: ReaderKnowledge) -> Iterator[Protected]:
    """Yield names of children who are not the reader's, numbers in registers, nurseries and schools."""
    for number, child in enumerate(reader.case.children):
        place = FactPlace(f"children.{child.id}", ("children", number))
        if child.id in reader.strange:
            yield from _strange_child(reader, child, place)
        if not reader.sees(Disclosure.PRIVATE):
            for key in ("nhs_number", "pupil_number"):
                if value := getattr(child, key):
                    what, spelled = "a number of the child’s in a register", tuple(spell_number(value))
                    yield Protected(what, *place.at(key), spelled, certainty=Certainty.LIKELY)
        if not reader.sees(Disclosure.CARER):
            yield from _settings(reader, child, place)


def _strange_child(reader: ReaderKnowledge, child: Child, place: FactPlace) -> Iterator[Protected]:
    what, name = "the name of a child who is not theirs", place.at("name")
    yield Protected(what, *name, tuple(spell_name(child.name, reader.known.names)))
    # Brothers and sisters who lived together are spoken of by their first names; a family name tells of the family.
    yield from list_single_names(reader, [child.name.family], what, name)
    if child.born_on not in {one.born_on for one in reader.case.children if one.id in reader.theirs}:
        yield Protected("the date of birth of a child who is not theirs", *place.at("born_on"), day=child.born_on)


def _settings(reader: ReaderKnowledge, child: Child, place: FactPlace) -> Iterator[Protected]:
    """Yield the nurseries and schools since the child came into care: the family knows those before."""
    since = child.looked_after_from
    for number, setting in enumerate(child.education.settings):
        if since and setting.ended_on and setting.ended_on <= since:
            continue
        was_there = bool(since and setting.started_on and setting.started_on < since)
        here = place.at("education", "settings", number)
        certainty = Certainty.LIKELY if was_there else Certainty.SURE
        what, name = "a nursery or school", here.at("name")
        words = words_of(setting.name)
        if {*words} <= SETTINGS:
            continue
        if len(words) > 1:
            spelled = tuple(dict.fromkeys((*spell_phrase(setting.name), *spell_title(setting.name))))
            yield Protected(what, *name, spelled, certainty=certainty)
        special = [word for word in setting.name.split() if squash(word) not in SETTINGS]
        bare = " ".join(special)
        if (bare != setting.name or len(words) == 1) and special and not {*words_of(bare)} <= reader.known.words:
            if len(special) == 1:
                yield Protected(what, *name, tuple(spell_word(bare)), certainty=Certainty.LIKELY)
            else:
                yield Protected(what, *name, tuple(spell_phrase(bare)), certainty=certainty)
        # On the street of a school that the child has left lie other places that the family knows.
        if setting.address and not (was_there and setting.ended_on):
            yield from list_line(reader, "the address of a nursery or school", setting.address, here.at("address"))


def list_homes(reader: ReaderKnowledge) -> Iterator[Protected]:
    """Yield the villages in which children are placed."""
    if reader.sees(Disclosure.CARER):
        return
    what = "where the child lives"
    for number, placement in enumerate(reader.case.placements):
        if placement.type in CARE_PLACEMENTS and placement.where and not _is_with_reader(reader, placement):
            place = FactPlace("placements", ("placements",)).at(number, "where")
            yield from list_villages(reader, [placement.where], what, place)
    for number, child in enumerate(reader.case.children):
        if child.local_authority_area:
            place = FactPlace(f"children.{child.id}", ("children", number)).at("local_authority_area")
            yield from list_villages(reader, [child.local_authority_area], what, place)


def _is_with_reader(reader: ReaderKnowledge, placement: Placement) -> bool:
    return placement.carer is not None and placement.carer == reader.own


def list_siblings(reader: ReaderKnowledge) -> Iterator[Protected]:
    """Yield what tells of a brother's or sister's adoption, which the court may not see either (court form A50)."""
    if reader.lens.audience.is_agency:
        return
    for number, person in enumerate(reader.case.people):
        life = person.sibling
        if life is None or person.id == reader.own:
            continue
        place = FactPlace(f"people.{person.id}", ("people", number)).at("sibling")
        adopted = life.adopted_on or life.adoptive_name
        home = life.living_with
        if home and len(words_of(home)) > (1 if adopted else 3) and (adopted or not reader.sees(Disclosure.SIBLING)):
            what = f"where {'an adopted' if adopted else 'a'} brother or sister lives"
            yield Protected(what, *place.at("living_with"), (spell(home),))
        if life.adoptive_name:
            what, name = "a brother’s or sister’s adoptive name", place.at("adoptive_name")
            if len(life.adoptive_name.split()) > 1:
                yield Protected(what, *name, (spell(life.adoptive_name),))
            yield from list_single_names(reader, life.adoptive_name.split()[-1:], what, name)
        if life.adopted_on:
            yield Protected("when a brother or sister was adopted", *place.at("adopted_on"), day=life.adopted_on)
        for each, order in enumerate(life.orders if adopted else ()):
            if order.made_on and order.made_on != life.adopted_on:
                what, made = "an order about an adopted brother or sister", place.at("orders", each, "made_on")
                yield Protected(what, *made, day=order.made_on, certainty=Certainty.LIKELY)
