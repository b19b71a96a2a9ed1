"""How one rule is answered: six outcomes, days counted from what is known, and nothing passed on a missing fact."""

from __future__ import annotations

import datetime as dt
import textwrap
from pathlib import Path
from typing import Any

import pytest

from generator.base import resources
from generator.base.errors import CannotReadError
from generator.base.yaml.read import parse_yaml, read_yaml
from generator.rules.judging.examples import make_case
from generator.rules.judging.judge import judge_child
from generator.rules.judging.ruling import RuleOutcome, Ruling
from generator.rules.procedures.load import load_procedure
from generator.rules.procedures.model import Procedure
from places import CORPORA

BAD = CORPORA / "bad-procedures"
OPENING = """\
title: Trial procedure
publisher: Trial Council
edition: first
jurisdiction: england
source: local-procedure
checked_on: 2026-11-22
roles: {team_manager: Team manager, service_manager: Service manager, childrens_guardian: Guardian}
events: {letter_posted: Letter posted, staff_disagree: Staff disagree}
rules:
"""
FIRST = """\
  - id: first
    ref: T-0
    kind: timescale
    level: must
    cite: local-procedure page 1
    says: The first review is held within twenty working days.
    event: first_review
    due: [within 20 working days of became_looked_after]
"""


class Trial:
    """A procedure with one rule of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, rule: str, *, kind: str = "timescale", level: str = "must") -> Procedure:
        head = f"  - {{id: one, ref: T-1, kind: {kind}, level: {level}, cite: local-procedure page 2, says: A rule.,"
        text = f"{OPENING}{FIRST}{head} {rule}}}\n"
        (self.folder / "trial.yaml").write_text(text, encoding="utf-8")
        return load_procedure("trial", [self.folder, resources.PROCEDURES], resources.SOURCES)

    def ask(self, rule: str, facts: str, on: str, **of_rule: str) -> Ruling:
        found = self.ask_all(rule, facts, on, **of_rule)
        assert len(found) == 1
        return found[0]

    def ask_all(self, rule: str, facts: str, on: str, **of_rule: str) -> list[Ruling]:
        given = parse_yaml(textwrap.dedent(facts).encode() or b"child: {}", "facts").facts
        case = make_case(given, "trial")
        rulings = judge_child(case, case.children[0], self.load(rule, **of_rule), dt.date.fromisoformat(on))
        return [one for one in rulings if one.rule.name == "trial/one"]


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


REVIEW = "event: second_review, due: [within 14 weeks of became_looked_after]"
IN_CARE = "child: {looked_after_from: 5 January 2026}\n"


@pytest.mark.parametrize(
    ("facts", "on", "outcome"),
    [
        (IN_CARE + "reviews: [{number: 2, held_on: 13 April 2026}]", "2026-05-01", RuleOutcome.MET),
        (IN_CARE + "reviews: [{number: 2, held_on: 14 April 2026}]", "2026-05-01", RuleOutcome.MET_LATE),
        (IN_CARE, "2026-04-13", RuleOutcome.DUE),
        (IN_CARE, "2026-04-14", RuleOutcome.OVERDUE),
        ("child: {}", "2026-04-14", RuleOutcome.CANNOT_BE_CHECKED),
        (IN_CARE + "reviews: [{number: 2, booked_for: 13 April 2026}]", "2026-04-01", RuleOutcome.DUE),
    ],
)
def test_each_outcome_of_a_timescale(trial: Trial, facts: str, on: str, outcome: RuleOutcome) -> None:
    assert trial.ask(REVIEW, facts, on).outcome is outcome


def test_a_rule_whose_condition_is_false_does_not_apply(trial: Trial) -> None:
    facts = "child: {looked_after_from: 5 January 2026}\norders: [{order: section_20, made_on: 5 January 2026}]"
    assert trial.ask(f"{REVIEW}, when: in_proceedings", facts, "2026-05-01").outcome is RuleOutcome.DOES_NOT_APPLY


def test_an_unknown_condition_cannot_be_checked_and_says_what_would_settle_it(trial: Trial) -> None:
    ruling = trial.ask(f"{REVIEW}, when: in_proceedings", IN_CARE, "2026-05-01")
    assert (ruling.outcome, ruling.needs) == (RuleOutcome.CANNOT_BE_CHECKED, ("court.issued_on", "orders"))


@pytest.mark.parametrize(
    ("when", "outcome"),
    [
        ("in_proceedings and age > 90", RuleOutcome.DOES_NOT_APPLY),
        ("age > 90 and in_proceedings", RuleOutcome.DOES_NOT_APPLY),
        ("in_proceedings or age < 90", RuleOutcome.OVERDUE),
        ("age < 90 or in_proceedings", RuleOutcome.OVERDUE),
        ("in_proceedings or age > 90", RuleOutcome.CANNOT_BE_CHECKED),
        ("not in_proceedings", RuleOutcome.CANNOT_BE_CHECKED),
        ("in_proceedings is defined", RuleOutcome.DOES_NOT_APPLY),
    ],
)
def test_what_is_unknown_stays_unknown_unless_the_rest_decides(trial: Trial, when: str, outcome: RuleOutcome) -> None:
    assert trial.ask(f"{REVIEW}, when: '{when}'", IN_CARE, "2026-05-01").outcome is outcome


def test_a_held_review_is_counted_from_before_a_booked_one(trial: Trial) -> None:
    rule = "event: letter_posted, due: [at least 5 working days before second_review]"
    facts = IN_CARE + "reviews: [{number: 2, booked_for: 17 August 2026, held_on: 24 August 2026}]"
    assert trial.ask(rule, facts, "2026-09-01").due == dt.date(2026, 8, 17)


def test_where_nothing_is_booked_the_latest_lawful_day_is_used_and_named(trial: Trial) -> None:
    rule = "event: letter_posted, due: [at least 5 working days before first_review]"
    ruling = trial.ask(rule, IN_CARE, "2026-01-06")
    assert ruling.due == dt.date(2026, 1, 26)
    assert "the latest day that is allowed, 2 February 2026, is used (trial/first)" in " ".join(ruling.working)


def test_an_event_that_no_rule_dates_leaves_the_rule_due_on_no_day(trial: Trial) -> None:
    ruling = trial.ask("event: letter_posted, due: [before adm_decision_made]", IN_CARE, "2026-05-01")
    assert (ruling.outcome, ruling.due) == (RuleOutcome.DUE, None)


def test_a_clock_that_has_not_started_does_not_apply_yet(trial: Trial) -> None:
    ruling = trial.ask("event: letter_posted, due: [within 5 working days of adm_decision_made]", IN_CARE, "2026-05-01")
    assert ruling.outcome is RuleOutcome.DOES_NOT_APPLY
    assert "Not yet" in ruling.working[0]


def test_before_is_strict(trial: Trial) -> None:
    rule = "event: letter_posted, due: [before first_review]"
    facts = (
        IN_CARE
        + "reviews: [{number: 1, held_on: 2 February 2026}]\nrecord: [{on: 2 February 2026, event: letter_posted}]"
    )
    ruling = trial.ask(rule, facts, "2026-03-01")
    assert (ruling.outcome, ruling.due) == (RuleOutcome.MET_LATE, dt.date(2026, 2, 1))


def test_the_earliest_of_several_limits_counts(trial: Trial) -> None:
    rule = "event: letter_posted, due: [within 10 weeks of became_looked_after, before first_review]"
    facts = IN_CARE + "reviews: [{number: 1, booked_for: 30 January 2026}]"
    assert trial.ask(rule, facts, "2026-01-10").due == dt.date(2026, 1, 29)


def test_a_limit_that_cannot_be_told_never_lets_a_rule_pass(trial: Trial) -> None:
    rule = "event: letter_posted, due: [within 10 weeks of became_looked_after, by final_evidence_due]"
    facts = IN_CARE + "court: {issued_on: 5 January 2026}\nrecord: [{on: 10 January 2026, event: letter_posted}]"
    assert trial.ask(rule, facts, "2026-02-01").outcome is RuleOutcome.CANNOT_BE_CHECKED


def test_what_was_done_before_its_clock_started_does_not_count(trial: Trial) -> None:
    facts = IN_CARE + "record: [{on: 2 January 2026, event: letter_posted}]"
    ruling = trial.ask("event: letter_posted, due: [within 10 days of became_looked_after]", facts, "2026-02-01")
    assert ruling.outcome is RuleOutcome.OVERDUE
    assert "too early to count" in " ".join(ruling.working)


def test_a_paper_that_is_too_old_does_not_count(trial: Trial) -> None:
    rule = "event: cpr_dated, due: [by adm_decision_made], not_before: [6 months before adm_decision_made]"
    facts = """\
    reports: [{dated: 1 January 2026}]
    adm_decisions: [{decision: should_be_placed, decided_on: 2 July 2026}]
    """
    assert trial.ask(rule, facts, "2026-07-02").outcome is RuleOutcome.DUE
    assert trial.ask(rule, facts.replace("1 January", "2 January"), "2026-07-02").outcome is RuleOutcome.MET


def test_a_due_day_on_a_sunday_is_not_moved(trial: Trial) -> None:
    facts = "court: {issued_on: 5 January 2026}\n"
    ruling = trial.ask(
        "event: final_order_made, due: [within 26 weeks beginning with proceedings_issued]", facts, "2026-02-01"
    )
    assert ruling.due == dt.date(2026, 7, 5)


def test_age_is_the_age_on_the_rules_own_day(trial: Trial) -> None:
    facts = "child: {born_on: 14 April 2019, looked_after_from: 5 January 2026}\n"
    assert trial.ask(f"{REVIEW}, when: age < 7", facts, "2026-12-01").outcome is RuleOutcome.OVERDUE
    assert (
        trial.ask(f"{REVIEW}, when: age < 7, at: became_looked_after", facts, "2026-12-01").outcome
        is RuleOutcome.OVERDUE
    )
    later = facts.replace("14 April", "13 April")
    assert trial.ask(f"{REVIEW}, when: age < 7", later, "2026-12-01").outcome is RuleOutcome.DOES_NOT_APPLY


OVERRIDE = IN_CARE + "overrides: [{rule: trial/one, reason: The chair was ill., by: F Sesay, on: 1 May 2026}]"


def test_a_rule_set_aside_keeps_its_outcome_and_says_why(trial: Trial) -> None:
    ruling = trial.ask(REVIEW, OVERRIDE, "2026-05-01")
    assert (ruling.outcome, ruling.is_open) == (RuleOutcome.OVERDUE, False)
    assert ruling.overridden
    assert ruling.overridden.by == "F Sesay"


def test_an_override_for_another_child_sets_nothing_aside(trial: Trial) -> None:
    facts = OVERRIDE.replace("rule: trial/one", "rule: trial/one, child: other")
    facts += "\nchildren: [{id: other, name: {given: Jo}, born_on: 1 March 2020}]"
    assert trial.ask(REVIEW, facts, "2026-05-01").overridden is None


def test_an_override_counts_from_the_day_of_its_decision(trial: Trial) -> None:
    assert trial.ask(REVIEW, OVERRIDE, "2026-04-30").overridden is None


def test_an_override_of_one_item_leaves_the_others_open(trial: Trial) -> None:
    facts = """
        child: {looked_after_from: 5 January 2026}
        people: [{id: manager, role: team_manager}]
        meetings:
          - {id: ppm-1, kind: permanence_planning_meeting, starts_at: "3 March 2026, 10am", chair: manager}
          - {id: ppm-2, kind: permanence_planning_meeting, starts_at: "4 May 2026, 10am", chair: manager}
        overrides: [{rule: trial/one, of: ppm-2, reason: The guardian was ill., by: F Sesay, on: 5 May 2026}]
    """
    found = trial.ask_all("each: meeting, invite: [childrens_guardian]", facts, "2026-05-06")
    assert [bool(one.overridden) for one in found] == [False, True]


@pytest.mark.parametrize(
    ("booked", "on", "outcome"),
    [
        ("13 April 2026", "2026-04-13", RuleOutcome.DUE),
        ("13 April 2026", "2026-04-14", RuleOutcome.OVERDUE),
    ],
)
def test_a_review_that_was_booked_and_not_held_is_none(
    trial: Trial, booked: str, on: str, outcome: RuleOutcome
) -> None:
    facts = IN_CARE + f"reviews: [{{number: 2, booked_for: {booked}}}]"
    assert trial.ask(REVIEW, facts, on).outcome is outcome


def test_a_procedure_of_ones_own_may_not_take_the_name_of_the_national_rules(tmp_path: Path) -> None:
    (tmp_path / "england.yaml").write_text(OPENING + FIRST, encoding="utf-8")
    with pytest.raises(CannotReadError) as refused:
        load_procedure("hertfordshire-2024", [tmp_path, resources.PROCEDURES], resources.SOURCES)
    assert [one.code for one in refused.value.problems] == ["P006"]


def test_a_procedure_of_ones_own_may_bring_its_own_sources(tmp_path: Path) -> None:
    text = (OPENING + FIRST).replace("local-procedure", "hartsmere-handbook")
    (tmp_path / "hartsmere.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CannotReadError):
        load_procedure("hartsmere", [tmp_path, resources.PROCEDURES], resources.SOURCES)
    (tmp_path / "sources.yaml").write_text(
        "sources:\n  - {id: hartsmere-handbook, title: Hartsmere handbook, edition: 2026, checked_on: 2026-11-22}\n",
        encoding="utf-8",
    )
    loaded = load_procedure("hartsmere", [tmp_path, resources.PROCEDURES], resources.SOURCES)
    assert [rule.name for rule in loaded.rules] == ["hartsmere/first"]


MEETING = """\
child: {{looked_after_from: 5 January 2026}}
people:
  - {{id: guardian, role: childrens_guardian}}
  - {{id: manager, role: team_manager}}
meetings: [{{kind: permanence_planning_meeting, starts_at: "3 March 2026, 10am", chair: manager, {more}}}]
"""


@pytest.mark.parametrize(
    ("more", "level", "on", "outcome"),
    [
        ("invited: [{person: guardian}]", "must", "2026-03-04", RuleOutcome.MET),
        ("invited: [{person: manager}]", "must", "2026-03-04", RuleOutcome.OVERDUE),
        ("invited: [{person: manager}]", "must", "2026-03-03", RuleOutcome.DUE),
        ("venue: Room 4", "must", "2026-03-04", RuleOutcome.CANNOT_BE_CHECKED),
        ("not_invited: [{person: guardian, reason: Ill}]", "must", "2026-03-04", RuleOutcome.OVERDUE),
        ("not_invited: [{person: guardian, reason: Ill}]", "should", "2026-03-04", RuleOutcome.MET),
    ],
)
def test_an_invitation_is_kept_by_inviting_and_by_a_reason_only_where_it_should_be(
    trial: Trial, more: str, level: str, on: str, outcome: RuleOutcome
) -> None:
    rule = "each: meeting, invite: [childrens_guardian]"
    assert trial.ask(rule, MEETING.format(more=more), on, level=level).outcome is outcome


def test_the_wrong_chair_is_named_and_a_missing_one_cannot_be_checked(trial: Trial) -> None:
    facts = MEETING.format(more="venue: Room 4")
    rule = "each: meeting, chair: [service_manager]"
    assert trial.ask(rule, facts, "2026-03-04").outcome is RuleOutcome.OVERDUE
    assert trial.ask(rule, facts.replace("chair: manager, ", ""), "2026-03-04").outcome is RuleOutcome.CANNOT_BE_CHECKED
    assert trial.ask("each: meeting, chair: [team_manager]", facts, "2026-03-04").outcome is RuleOutcome.MET


ORDER = "in_order: [iro_view_given, letter_posted, adm_decision_made]"
VIEW = "iro_views: [{on: 3 March 2026, outcome: supports}]\n"


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ("child: {}", RuleOutcome.DOES_NOT_APPLY),
        (VIEW, RuleOutcome.DUE),
        (VIEW + "record: [{on: 2 March 2026, event: letter_posted}]", RuleOutcome.OVERDUE),
        (VIEW + "record: [{on: 3 March 2026, event: letter_posted}]", RuleOutcome.DUE),
        (VIEW + "adm_decisions: [{decision: should_be_placed, decided_on: 4 March 2026}]", RuleOutcome.OVERDUE),
        (
            VIEW + "record: [{on: 3 March 2026, event: letter_posted}]\n"
            "adm_decisions: [{decision: should_be_placed, decided_on: 4 March 2026}]",
            RuleOutcome.MET,
        ),
    ],
)
def test_a_chain_is_broken_by_a_step_too_early_or_left_out(trial: Trial, facts: str, outcome: RuleOutcome) -> None:
    assert trial.ask(ORDER, facts, "2026-04-01").outcome is outcome


PARENTS = """\
people:
  - {id: mother, relationships: [{to: child, as: mother}]}
  - {id: father, relationships: [{to: child, as: father}]}
"""


def test_each_parent_is_answered_alone_and_an_entry_that_names_nobody_counts_for_nobody(trial: Trial) -> None:
    rule = "each: parent, event: letter_posted"
    named = PARENTS + "record: [{on: 2 March 2026, event: letter_posted, person: mother}]"
    assert [one.outcome for one in trial.ask_all(rule, named, "2026-04-01")] == [RuleOutcome.MET, RuleOutcome.DUE]
    unnamed = PARENTS + "record: [{on: 2 March 2026, event: letter_posted}]"
    assert [(one.outcome, one.needs) for one in trial.ask_all(rule, unnamed, "2026-04-01")] == [
        (RuleOutcome.CANNOT_BE_CHECKED, ("record.person",)),
        (RuleOutcome.CANNOT_BE_CHECKED, ("record.person",)),
    ]


def test_a_measure_counts_or_does_not_apply(trial: Trial) -> None:
    rule = "counts: months_in_care >= 4"
    assert trial.ask(rule, IN_CARE, "2026-05-05", kind="measure").outcome is RuleOutcome.DUE
    assert trial.ask(rule, IN_CARE, "2026-05-04", kind="measure").outcome is RuleOutcome.DOES_NOT_APPLY
    assert trial.ask(rule, "child: {}", "2026-05-04", kind="measure").outcome is RuleOutcome.CANNOT_BE_CHECKED


@pytest.mark.parametrize("name", sorted(path.stem for path in BAD.glob("*.yaml") if path.stem != "expects"))
def test_a_bad_procedure_is_refused_at_its_place_with_a_way_out(name: str) -> None:
    code, words = expectations()[name]
    with pytest.raises(CannotReadError) as refused:
        load_procedure(name, [BAD, resources.PROCEDURES], resources.SOURCES)
    assert refused.value.exit_code == 2
    found = [one for one in refused.value.problems if one.code == code and words.lower() in one.says.lower()]
    assert found, [(one.code, one.says) for one in refused.value.problems]
    assert found[0].place
    assert found[0].place.file.endswith(".yaml")


def expectations() -> dict[str, Any]:
    return read_yaml(BAD / "expects.yaml").facts


def test_every_bad_procedure_says_what_it_is_refused_for() -> None:
    assert {*expectations()} == {path.stem for path in BAD.glob("*.yaml")} - {"expects"}


def test_an_unknown_procedure_names_the_nearest() -> None:
    with pytest.raises(CannotReadError, match=r"Did you mean hertfordshire-2024\?"):
        load_procedure("hertfordshire-2025", [resources.PROCEDURES], resources.SOURCES)
