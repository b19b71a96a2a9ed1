"""Whom the procedure asks to a meeting, and what is told of each: invited, excused with a reason, or forgotten."""

from __future__ import annotations

import datetime as dt
import textwrap

import pytest

from generator.base import resources
from generator.base.errors import Level
from generator.base.yaml.read import parse_yaml
from generator.rules.invitations import AskedGuest, GuestStanding, find_uninvited, list_asked_guests
from generator.rules.judging.examples import make_case
from generator.rules.judging.judge import judge_case
from generator.rules.procedures.load import load_procedure

PEOPLE = """\
child: {looked_after_from: 5 January 2026}
orders: [{order: interim_care_order, made_on: 5 January 2026}]
court: {issued_on: 5 January 2026}
people:
  - {id: worker, role: social_worker}
  - {id: manager, role: team_manager}
  - {id: adoption, role: adoption_team_manager}
  - {id: senior, role: senior_practitioner}
  - {id: lawyer, role: local_authority_lawyer}
  - {id: carer}
  - {id: aunt, relationships: [{to: child, as: connected_carer}]}
placements: [{type: foster_care, carer: carer, started_on: 5 January 2026}]
"""
PARENTS = """\
  - {id: mother, relationships: [{to: child, as: mother, parental_responsibility: yes}]}
  - {id: father, relationships: [{to: child, as: father, parental_responsibility: yes}]}
"""
LOCAL, SOUTH_WEST = "hertfordshire-2024", "permanence-planning-2024"
SERVICE = "adoption team manager or fostering team manager or senior practitioner"


def ask(
    invited: str, not_invited: str = "", *, people: str = PEOPLE, procedure: str = LOCAL, more: str = ""
) -> list[AskedGuest]:
    meeting = (
        f"{{kind: permanence_planning_meeting, starts_at: '9 March 2026, 10am', invited: [{invited}], "
        f"not_invited: [{not_invited}]}}"
    )
    text = f"{people}meetings: [{meeting}]\n{textwrap.dedent(more)}"
    case = make_case(parse_yaml(text.encode(), "facts").facts, procedure)
    rules = load_procedure(procedure, [resources.PROCEDURES], resources.SOURCES)
    return [*list_asked_guests(case, case.meetings[0], judge_case(case, rules, dt.date(2026, 3, 6)))]


def find(who: str, asked: list[AskedGuest]) -> AskedGuest:
    (found,) = [one for one in asked if one.who == who]
    return found


def test_who_is_invited_is_told_with_the_person_and_the_rule() -> None:
    found = find("social worker", ask("{person: worker}"))
    assert (found.standing, found.level, found.people) == (GuestStanding.INVITED, Level.MUST, ("worker",))
    assert [rule.name for rule in found.rules] == ["hertfordshire-2024/invite-social-worker"]


def test_anyone_who_holds_one_of_the_roles_will_do() -> None:
    found = find(SERVICE, ask("{person: senior}"))
    assert (found.standing, found.people, found.invited) == (GuestStanding.INVITED, ("adoption", "senior"), ("senior",))


def test_who_is_forgotten_is_told_and_who_is_excused_is_not() -> None:
    asked = ask("{person: worker}", "{person: lawyer, reason: Advised in writing}, {person: carer, reason: At work}")
    assert find("lawyer for the local authority", asked).standing is GuestStanding.EXPLAINED
    assert [one.reason for one in find("the carer", asked).reasons] == ["At work"]
    forgotten = [one.who for one in find_uninvited(asked)]
    assert forgotten == [SERVICE, "team manager or service manager", "supervising social worker"]


def test_a_role_that_nobody_holds_is_forgotten_too_and_names_nobody() -> None:
    found = find("supervising social worker", ask("{person: worker}"))
    assert (found.standing, found.people) == (GuestStanding.MISSING, ())


def test_a_connected_carer_is_asked_about_only_where_invited_and_only_for_the_information() -> None:
    relatives = "relatives who might care"
    assert relatives not in [one.who for one in ask("{person: worker}")]
    assert find(relatives, ask("{person: aunt, part: information}")).standing is GuestStanding.INVITED
    assert find(relatives, ask("{person: aunt}")).standing is GuestStanding.BEYOND_PART


def test_each_parent_is_a_guest_of_their_own() -> None:
    people = PEOPLE.replace("placements:", f"{PARENTS}placements:")
    asked = ask("{person: mother}", people=people, procedure=SOUTH_WEST)
    found = [(one.people, one.standing, one.level) for one in asked if one.who == "each parent"]
    assert found == [
        (("mother",), GuestStanding.INVITED, Level.SHOULD),
        (("father",), GuestStanding.MISSING, Level.SHOULD),
    ]


@pytest.mark.parametrize(
    ("of", "standing"),
    [(", of: meeting-1", GuestStanding.SET_ASIDE), ("", GuestStanding.MISSING), (", of: m-9", GuestStanding.MISSING)],
)
def test_a_rule_that_is_set_aside_for_this_meeting_forgets_nobody(of: str, standing: GuestStanding) -> None:
    more = f"""\
    overrides:
      - {{rule: {LOCAL}/invite-manager, reason: There is none, by: Head of service, on: 5 March 2026{of}}}
    """
    assert find("team manager or service manager", ask("{person: worker}", more=more)).standing is standing


def test_where_nobody_knows_who_the_carer_is_it_cannot_be_told() -> None:
    found = find("the carer", ask("{person: worker}", people=PEOPLE.replace("carer: carer, ", "")))
    assert (found.standing, found.needs) == (GuestStanding.CANNOT_BE_TOLD, ("placements.carer",))
