"""A child as papers show them: who they are, where they have lived, the plan, and what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.base.dates import say_age, say_date, say_duration, speak, whole_years
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.family import Case, RecordedEvent
from generator.case.person import Person
from generator.case.planning import Option, Placement, Plan
from generator.case.questions import (
    count_homes_in_care,
    find_home,
    find_meeting,
    find_next_review_day,
    find_plan,
    lasts_on,
    list_orders_in_force,
)
from generator.case.words import (
    CARE_PLACEMENTS,
    CARER_KINDS,
    PARENT_KINDS,
    SIBLING_KINDS,
    PlanKind,
    RealisticAnswer,
    say_words,
)
from generator.disclosure.lens import Audience, neutral_carer
from generator.papers.context.people import show_name, show_person
from generator.papers.context.scene import Scene
from generator.rules.expressions.language import say_sentence


def show_child(child: Child, scene: Scene) -> dict[str, Any]:
    """Everything about one child that this reader may see, as at the day of the scene."""
    return scene.remember(("child", child.id), lambda: _show_child(child, scene))


def _show_child(child: Child, scene: Scene) -> dict[str, Any]:
    case, lens, on = scene.case, scene.lens, scene.on
    view = lens.facts(child)
    placements = [_show_placement(placement, scene) for placement in case.placements_of(child.id)]
    plans = [plan for plan in case.plans_of(child.id) if plan.agreed_on <= on]
    options = [option for option in case.options if option.child == child.id]
    orders = case.orders_of(child.id)
    current = list_orders_in_force(case, child.id, on)
    view |= {
        "full_name": child.name.full,
        "name": child.name.short,
        "initials": child.name.initials,
        "age": say_age(child.born_on, on) or None,
        "age_years": max(whole_years(child.born_on, on), 0),
        "time_in_care": _say_time_in_care(child, on),
        "legal_status": _say_status(say_words(order.order.value) for order in current),
        "placements": placements,
        "placement_count": count_homes_in_care(case, child.id, on),
        "current_placement": next((placement for placement in reversed(placements) if placement["current"]), None),
        "orders": [lens.facts(order) | {"current": order in current} for order in orders],
        "reviews": [
            lens.facts(review) | {"chair": _name_of(review.chair, scene)} for review in case.reviews_of(child.id)
        ],
        "next_review_on": speak(find_next_review_day(case, child.id, on)),
        "plan": _show_plan(plans[-1], scene) if plans else None,
        "earlier_plans": [_show_plan(plan, scene) for plan in plans[:-1]],
        "brothers_and_sisters": [*_show_siblings(child, scene)],
        "family_time": [
            lens.facts(time, owner=time.person) | {"who": show_other(time.person, child, scene)}
            for time in child.family_time
            if lens.audience is not Audience.PARENT or time.person == lens.reader
        ],
        "wishes": [lens.facts(wish) | {"heard_by": _name_of(wish.heard_by, scene)} for wish in child.wishes],
    }
    if lens.audience is Audience.PARENT:
        return view
    view |= {
        "parents": [show_person(person, scene, child) for person in case.parents_of(child.id)],
        "family": [show_person(person, scene, child) for person in case.people if _is_wider_family(person, child)],
        "options": [_show_option(option, scene) for option in options if option.answer is RealisticAnswer.REALISTIC],
        "options_ruled_out": [_show_option(o, scene) for o in options if o.answer is RealisticAnswer.RULED_OUT],
        "relationships": [
            lens.facts(tie) | {"who": show_other(tie.person, child, scene)} for tie in child.relationships
        ],
        "siblings": [
            lens.facts(sibling)
            | {"who": show_other(sibling.sibling, child, scene), "analysed_by": _name_of(sibling.analysed_by, scene)}
            for sibling in child.siblings
        ],
        "care_chronology": [
            {"from": p["started_on"], "to": p["ended_on"], "what": _say_home(p), "why": p["moved_because"]}
            for p in placements
            if p["started_on"] <= on
        ],
        "agency_chronology": _list_in_order(_agency_events(child, scene)),
        "court_chronology": _list_in_order(_court_events(child, case, on)),
    }
    return view


def show_other(key: str, child: Child, scene: Scene) -> dict[str, Any]:
    """A person or another child in short: names, relationship to `child` and through whom, age."""
    case, lens, on = scene.case, scene.lens, scene.on
    other = next((one for one in case.children if one.id == key), None)
    if other:
        return {
            "id": key,
            "full_name": other.name.full,
            "name": other.name.short,
            "relationship": _say_sibling(child, other, case),
            "side": _find_shared_side(child, other, case),
            "age": say_age(other.born_on, on) or None,
            "died_on": None,
        }
    person = case.person(key)
    tie = person.is_to(child.id)
    visible = lens.sees(Disclosure.PERSON, owner=key)
    name = show_name(person, lens)
    return {
        "id": key,
        "full_name": name,
        "name": person.name.short if name == person.name.full else name,
        "relationship": say_words(tie.kind.value) if tie else None,
        "side": tie.side if tie else None,
        "age": (say_age(person.born_on, person.died_on or on) or None) if visible and person.born_on else None,
        "died_on": speak(person.died_on) if visible else None,
    }


_SIBLING_WORDS = {"female": "sister", "male": "brother"}
_SIDES = {"mother": "maternal", "father": "paternal"}


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


def _name_of(key: str | None, scene: Scene) -> str | None:
    case, lens = scene.case, scene.lens
    return show_name(case.person(key), lens) if key else None


def _is_wider_family(person: Person, child: Child) -> bool:
    tie = person.is_to(child.id)
    return tie is not None and tie.kind not in PARENT_KINDS | SIBLING_KINDS | CARER_KINDS and not person.role


def _show_placement(placement: Placement, scene: Scene) -> dict[str, Any]:
    case, lens, on = scene.case, scene.lens, scene.on
    carer = case.person(placement.carer) if placement.carer else None
    open_ = lens.sees(Disclosure.CARER) or placement.type not in CARE_PLACEMENTS
    view = lens.facts(placement)
    ended = placement.ended_on
    secret = carer is not None and carer.address is not None and carer.address.confidential
    return view | {
        "with_whom": show_name(carer, lens) if open_ else neutral_carer(placement.type),
        "where": placement.where if open_ and (not secret or lens.sees(Disclosure.PRIVATE)) else None,
        "current": lasts_on(on, placement.started_on, ended),
        "length": say_duration(placement.started_on, min(ended or on, on)),
    }


def _say_home(placement: dict[str, Any]) -> str:
    where = placement["where"] or placement["with_whom"]
    kind = str(placement["type"])
    return f"{kind[:1].upper()}{kind[1:]}{f': {where}' if where else ''}"


def _say_time_in_care(child: Child, on: dt.date) -> str | None:
    since = child.looked_after_from
    return say_duration(since, on) if since and since <= on else None


def _show_plan(plan: Plan, scene: Scene) -> dict[str, Any]:
    case, lens = scene.case, scene.lens
    meeting = find_meeting(case, plan.agreed_at)
    at = f"{say_words(meeting.kind.value)}, {say_date(meeting.starts_at.date())}" if meeting else None
    return lens.facts(plan) | {"agreed_at": at, "parallel": [say_words(kind.value) for kind in plan.parallel]}


def _show_option(option: Option, scene: Scene) -> dict[str, Any]:
    lens = scene.lens
    name = option.described_as or say_words(option.option.value)
    return lens.facts(option) | {
        "id": f"{option.option.value}-{option.person or option.described_as or ''}",
        "name": name,
        "person_name": _name_of(option.person, scene),
    }


def _show_siblings(child: Child, scene: Scene) -> Iterator[dict[str, Any]]:
    case, lens = scene.case, scene.lens
    for other in case.children:
        # A parent reads about their own children only: a half-brother may be another family's secret.
        theirs = lens.audience is not Audience.PARENT or any(p.id == lens.reader for p in case.parents_of(other.id))
        if other.id != child.id and theirs and other.born_on <= scene.on:
            placement = find_home(case, other.id, scene.on)
            yield show_other(other.id, child, scene) | {
                "sex": say_words(other.sex.value),
                "born_on": speak(other.born_on),
                "place_of_birth": other.place_of_birth,
                "nationality": other.identity.nationality,
                "description": other.physical_description,
                "living_with": _show_placement(placement, scene)["with_whom"] if placement else None,
                "looked_after": bool(other.looked_after_from),
                "orders": [
                    {"order": say_words(order.order.value), "court": order.court, "made_on": speak(order.made_on)}
                    for order in case.orders_of(other.id)
                ],
                "adoption_considered": _considers_adoption(other, scene),
                "adopted": False,
                "in_this_case": True,
            }
    if lens.audience is Audience.PARENT:
        return
    for person in case.people:
        tie = person.is_to(child.id)
        if tie is None or tie.kind not in SIBLING_KINDS:
            continue
        life = person.sibling
        adopted = bool(life and (life.adopted_on or life.adoptive_name))
        # Nothing about an adopted brother's or sister's family may stand in a paper that leaves the agency (form A50).
        known = life and lens.sees(Disclosure.SIBLING) and (not adopted or lens.sees(Disclosure.PRIVATE))
        yield show_other(person.id, child, scene) | {
            "sex": say_words(person.sex.value),
            "born_on": speak(person.born_on),
            "place_of_birth": person.place_of_birth,
            "nationality": person.identity.nationality,
            "description": person.history.description,
            "living_with": life.living_with if known and life else None,
            "looked_after": life.looked_after if known and life else None,
            "orders": [lens.facts(order) for order in life.orders] if known and life else [],
            "adoption_considered": life.adoption_considered if known and life else None,
            "adopted": adopted and lens.sees(Disclosure.SIBLING),
            "in_this_case": False,
        }


def _considers_adoption(child: Child, scene: Scene) -> bool | None:
    plan = find_plan(scene.case, child.id, scene.on)
    return PlanKind.ADOPTION in (plan.primary, *plan.parallel) if plan else None


_Event = tuple[dt.date, str]


def _list_in_order(events: Iterator[_Event]) -> list[dict[str, Any]]:
    return [{"on": speak(day), "what": what} for day, what in sorted(dict.fromkeys(events), key=lambda event: event[0])]


def _agency_events(child: Child, scene: Scene) -> Iterator[_Event]:
    """What the agency decided and did (AAR 2005 reg 17(1)(h)): from the record, meetings, reviews, plans, decisions."""
    case, on, labels = scene.case, scene.on, scene.compliance.procedure.events
    for report in case.reports:
        if report.child == child.id:
            yield from ((event.on, event.what) for event in report.agency_events if event.on <= on)
    for event in case.record:
        if event.event in _DECISIONS_AND_ACTIONS and event.child in (None, child.id) and event.on <= on:
            yield event.on, _say_event(event, labels)
    for meeting in case.meetings:
        if child in case.meeting_children(meeting) and meeting.starts_at.date() <= on:
            yield meeting.starts_at.date(), say_sentence(say_words(meeting.kind.value))
    for review in case.reviews_of(child.id):
        if review.held_on and review.held_on <= on:
            yield review.held_on, f"Review {review.number}" if review.number else "Review"
    for plan in case.plans_of(child.id):
        if plan.agreed_on <= on:
            yield plan.agreed_on, f"Plan agreed: {say_words(plan.primary.value)}"
    for decision in case.adm_decisions:
        if decision.child == child.id and decision.decision and decision.decided_on and decision.decided_on <= on:
            yield decision.decided_on, f"Agency decision maker: {say_words(decision.decision.value)}"


def _say_status(orders: Iterable[str]) -> str:
    words = "; ".join(orders) or "not subject to an order"
    return f"{words[:1].upper()}{words[1:]}"


_DECISIONS_AND_ACTIONS = frozenset(
    {
        "family_group_conference_offered",
        "family_group_conference_held",
        "family_network_meeting_held",
        "viability_assessment_completed",
        "genogram_completed",
        "adoption_medical_held",
        "placement_application_lodged",
        "fostering_panel_held",
        "adoption_matching_panel_held",
        "family_finder_allocated",
        "counselling_offered",
        "birth_parent_pack_given",
        "policy_information_given",
        "final_care_plan_filed",
        "parenting_capacity_assessment_started",
        "parenting_capacity_assessment_completed",
        "pre_permanence_report_completed",
        "permanence_away_from_home_recommended",
    }
)
"""What of the record is a decision or action about the child (AAR 2005 reg 17(1)(h)). How the office kept to its own
procedure is not, and stands in no paper that leaves it."""


def _say_event(event: RecordedEvent, labels: Mapping[str, str]) -> str:
    said = labels.get(event.event) or say_sentence(event.event.replace("_", " "))
    return f"{said}: {event.note}" if event.note else said


def _court_events(child: Child, case: Case, on: dt.date) -> Iterator[_Event]:
    if case.court:
        if case.court.issued_on and case.court.issued_on <= on:
            yield case.court.issued_on, "Proceedings issued"
        for hearing in case.court.hearings:
            if hearing.at.date() <= on:
                yield hearing.at.date(), say_sentence(say_words(hearing.kind.value))
        for direction in case.court.directions:
            if direction.ordered_on <= on:
                yield direction.ordered_on, f"Direction: {direction.what}"
    for order in case.orders_of(child.id):
        if order.made_on <= on:
            yield order.made_on, say_sentence(say_words(order.order.value))
