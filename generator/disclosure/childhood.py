"""Protected values about children: names of other families' children, schools, homes, adopted brothers and sisters."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.yaml.paths import Path_
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.planning import Placement
from generator.case.words import CARE_PLACEMENTS
from generator.disclosure.everyday import SETTINGS
from generator.disclosure.folding import squash, words_of
from generator.disclosure.people import list_single_names
from generator.disclosure.places import list_line, list_villages
from generator.disclosure.protected import Certainty, Protected
from generator.disclosure.reader_knowledge import ReaderKnowledge
from generator.disclosure.spelling import spell, spell_name, spell_number, spell_phrase, spell_title, spell_word


def list_children(reader: ReaderKnowledge) -> Iterator[Protected]:
    """Yield names of children who are not the reader's, numbers in registers, nurseries and schools."""
    for number, child in enumerate(reader.case.children):
        at: Path_ = ("children", number)
        fact = f"children.{child.id}"
        if child.id in reader.strange:
            yield from _strange_child(reader, child, fact, at)
        if not reader.sees(Disclosure.PRIVATE):
            for key in ("nhs_number", "pupil_number"):
                if value := getattr(child, key):
                    spelled = tuple(spell_number(value))
                    what, certainty = "a number of the child’s in a register", Certainty.LIKELY
                    yield Protected(what, f"{fact}.{key}", (*at, key), spelled, certainty=certainty)
        if not reader.sees(Disclosure.CARER):
            yield from _settings(reader, child, fact, at)


def _strange_child(reader: ReaderKnowledge, child: Child, fact: str, at: Path_) -> Iterator[Protected]:
    what, path = "the name of a child who is not theirs", (*at, "name")
    yield Protected(what, f"{fact}.name", path, tuple(spell_name(child.name, reader.known.names)))
    # Brothers and sisters who lived together are spoken of by their first names; a family name tells of the family.
    yield from list_single_names(reader, [child.name.family], what, f"{fact}.name", path)
    if child.born_on not in {one.born_on for one in reader.case.children if one.id in reader.theirs}:
        says = "the date of birth of a child who is not theirs"
        yield Protected(says, f"{fact}.born_on", (*at, "born_on"), day=child.born_on)


def _settings(reader: ReaderKnowledge, child: Child, fact: str, at: Path_) -> Iterator[Protected]:
    """Yield the nurseries and schools since the child came into care: the family knows those before."""
    since = child.looked_after_from
    for place, setting in enumerate(child.education.settings):
        if since and setting.ended_on and setting.ended_on <= since:
            continue
        was_there = bool(since and setting.started_on and setting.started_on < since)
        path: Path_ = (*at, "education", "settings", place)
        called = f"{fact}.education.settings[{place}]"
        certainty = Certainty.LIKELY if was_there else Certainty.SURE
        what = "a nursery or school"
        words = words_of(setting.name)
        if {*words} <= SETTINGS:
            continue
        if len(words) > 1:
            spelled = tuple(dict.fromkeys((*spell_phrase(setting.name), *spell_title(setting.name))))
            yield Protected(what, f"{called}.name", (*path, "name"), spelled, certainty=certainty)
        special = [word for word in setting.name.split() if squash(word) not in SETTINGS]
        bare = " ".join(special)
        if bare != setting.name or len(words) == 1:
            if len(special) == 1 and not {*words_of(bare)} <= reader.known.words:
                yield Protected(
                    what, f"{called}.name", (*path, "name"), tuple(spell_word(bare)), certainty=Certainty.LIKELY
                )
            elif len(special) > 1 and not {*words_of(bare)} <= reader.known.words:
                yield Protected(what, f"{called}.name", (*path, "name"), tuple(spell_phrase(bare)), certainty=certainty)
        # On the street of a school that the child has left lie other places that the family knows.
        if setting.address and not (was_there and setting.ended_on):
            called, at_address = f"{called}.address", (*path, "address")
            yield from list_line(reader, "the address of a nursery or school", setting.address, called, at_address)


def list_homes(reader: ReaderKnowledge) -> Iterator[Protected]:
    """Yield the villages in which children are placed."""
    if reader.sees(Disclosure.CARER):
        return
    for number, placement in enumerate(reader.case.placements):
        if placement.type in CARE_PLACEMENTS and placement.where and not _is_with_reader(reader, placement):
            what, at = "where the child lives", f"placements[{number}].where"
            yield from list_villages(reader, [placement.where], what, at, ("placements", number, "where"))
    for number, child in enumerate(reader.case.children):
        if child.local_authority_area:
            path: Path_ = ("children", number, "local_authority_area")
            fact = f"children.{child.id}.local_authority_area"
            yield from list_villages(reader, [child.local_authority_area], "where the child lives", fact, path)


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
        fact, at = f"people.{person.id}.sibling", ("people", number, "sibling")
        adopted = life.adopted_on or life.adoptive_name
        home = life.living_with
        if home and len(words_of(home)) > (1 if adopted else 3) and (adopted or not reader.sees(Disclosure.SIBLING)):
            what = f"where {'an adopted' if adopted else 'a'} brother or sister lives"
            yield Protected(what, f"{fact}.living_with", (*at, "living_with"), (spell(home),))
        if life.adoptive_name:
            what, path = "a brother’s or sister’s adoptive name", (*at, "adoptive_name")
            if len(life.adoptive_name.split()) > 1:
                yield Protected(what, f"{fact}.adoptive_name", path, (spell(life.adoptive_name),))
            yield from list_single_names(reader, life.adoptive_name.split()[-1:], what, f"{fact}.adoptive_name", path)
        if life.adopted_on:
            yield Protected("when a brother or sister was adopted", f"{fact}.adopted_on", (*at, "adopted_on"),
                            day=life.adopted_on)  # fmt: skip
        for place, order in enumerate(life.orders if adopted else ()):
            if order.made_on and order.made_on != life.adopted_on:
                yield Protected("an order about an adopted brother or sister", f"{fact}.orders[{place}].made_on",
                                (*at, "orders", place, "made_on"), day=order.made_on,
                                certainty=Certainty.LIKELY)  # fmt: skip
