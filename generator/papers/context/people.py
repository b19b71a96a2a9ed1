"""People as papers show them: a person in full, in short, and as the one a letter is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.base.dates import say_age, speak
from generator.base.english import join_words
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.family import Case
from generator.case.person import Person, Relationship
from generator.case.questions import is_in_proceedings
from generator.case.words import CARER_KINDS, Delivery, Role, Told, say_words
from generator.disclosure.lens import CARER_WORDS, WITHHELD_ADDRESS, Lens
from generator.papers.context.scene import Scene


def show_name(person: Person | None, lens: Lens) -> str | None:
    """A person's full name, or the neutral words for a carer whom this reader may not know."""
    if person is None:
        return None
    if person.is_only_carer and not lens.sees(Disclosure.CARER):
        return CARER_WORDS
    return person.name.full


def show_person(person: Person, scene: Scene, child: Child | None = None) -> dict[str, Any]:
    """One person, with what this reader may see of them; relationship as to `child`, else to the first child."""
    about = child or scene.case.children[0]
    return scene.remember(("person", person.id, about.id), lambda: _show_person(person, scene, about))


def _show_person(person: Person, scene: Scene, about: Child) -> dict[str, Any]:
    case, lens, on = scene.case, scene.lens, scene.on
    tie = person.is_to(about.id) or (person.relationships[0] if person.relationships else None)
    hidden = person.is_only_carer and not lens.sees(Disclosure.CARER)
    view = lens.facts(person, owner=person.id)
    view |= {
        "full_name": CARER_WORDS if hidden else person.name.full,
        "name": CARER_WORDS if hidden else person.name.short,
        "formal_name": CARER_WORDS if hidden else person.name.formal,
        "initials": "" if hidden else person.name.initials,
        "role": say_words(person.role.value) if person.role else "",
        "role_code": person.role.value if person.role else None,
        "capacity": _say_capacity(person, tie, case),
        "relationship": say_words(tie.kind.value) if tie else None,
        "relationship_code": tie.kind.value if tie else None,
        "side": tie.side if tie else None,
        "parental_responsibility": tie.parental_responsibility if tie else None,
        "how_acquired": tie.how_acquired if tie else None,
        "notification": _show_notification(tie, lens),
        "age": (say_age(person.born_on, person.died_on or on) or None)
        if _may_see_self(person, lens) and person.born_on
        else None,
    }
    if hidden or not (person.role or _may_see_self(person, lens)):
        view |= dict.fromkeys(("telephone", "email", "organisation", "job_title", "private_telephone"))
    # Printed by way of address_lines and brothers_and_sisters, which know what is confidential and who was adopted.
    view |= _show_address(person, lens) | {"address": None, "sibling": None}
    return view


def _may_see_self(person: Person, lens: Lens) -> bool:
    return lens.sees(Disclosure.PERSON, owner=person.id)


def _show_address(person: Person, lens: Lens) -> dict[str, Any]:
    address = person.address
    if address is None or not _may_see_self(person, lens):
        return {"address_lines": [], "address_known_on": None}
    if person.is_carer and not lens.sees(Disclosure.CARER):
        return {"address_lines": [WITHHELD_ADDRESS], "address_known_on": None}
    own = lens.reader == person.id and not lens.filed
    if address.confidential and not own and not lens.sees(Disclosure.PRIVATE):
        return {"address_lines": [WITHHELD_ADDRESS], "address_known_on": None}
    return {"address_lines": list(address.all_lines), "address_known_on": speak(address.known_on)}


def _say_capacity(person: Person, tie: Relationship | None, case: Case) -> str:
    if person.role:
        return person.job_title or say_words(person.role.value)
    if tie is None:
        return person.job_title or "not recorded"
    if tie.kind in CARER_KINDS:
        return say_words(tie.kind.value)
    named = [case.child(other.to).name.short for other in person.relationships if other.kind is tie.kind]
    return f"{say_words(tie.kind.value)} of {join_words(named)}"


def _show_notification(tie: Relationship | None, lens: Lens) -> dict[str, Any] | None:
    if tie is None or tie.notification is None or not lens.sees(Disclosure.PRIVATE):
        return None
    return lens.facts(tie.notification)


def show_letter(person: Person, scene: Scene, told: Any, bar: str | None, children: Sequence[Child]) -> dict[str, Any]:
    """How a letter reaches one parent. `told` is the record of how they learned the news, or None."""
    case, lens = scene.case, scene.lens
    letters = person.letters
    by = case.person(told.told_by) if told and told.told_by else None
    sealed = letters.deliver in (Delivery.PRISON, Delivery.HOSPITAL_WARD)
    solicitor = person.solicitor
    copy = f"{solicitor.name or 'The solicitor'}, {solicitor.firm}" if solicitor and letters.copy_to_solicitor else None
    view = _show_address(person, lens)
    lines = [line for line in view["address_lines"] if line != WITHHELD_ADDRESS]
    return {
        "date": speak(getattr(told, "letter_dated", None) or getattr(told, "summary_sent_on", None)),
        # A letter or an e-mail is not the conversation that comes before this letter.
        "told_on": speak(told.told_on) if told and told.how not in (Told.LETTER, Told.EMAIL) else None,
        "told_by": show_name(by, lens),
        "how": say_words(told.how.value) if told and told.how else None,
        "greeting": letters.greeting or person.name.formal,
        "delivery": say_words(letters.deliver.value),
        "delivery_code": letters.deliver.value,
        "delivered_by": letters.delivered_by,
        "format": letters.format.value,
        "language": letters.language,
        "translation": told.translation if told else None,
        "translated_by": told.translated_by if told else None,
        "advocate": letters.advocate,
        "interpreter": letters.interpreter,
        "copy_to": copy,
        "address_lines": [
            f"{person.name.title} {person.name.full}" if person.name.title else person.name.full,
            *([letters.prison_number] if sealed and letters.prison_number and not lens.filed else []),
            *lines,
        ],
        "how_views_counted": told.how_views_counted if told else None,
        "may_be_sent": bar is None,
        "not_sent_because": bar,
        "children_named": join_words([child.name.short for child in children]),
        "in_proceedings": any(is_in_proceedings(case, child.id, scene.on) for child in children),
    }


def show_role(role: Role, scene: Scene) -> dict[str, Any] | None:
    """The person with a professional role, or None."""
    case = scene.case
    person = case.with_role(role)
    return show_person(person, scene) if person else None
