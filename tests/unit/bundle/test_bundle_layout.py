"""The layout of a bundle: complete, with a source for every rule, and strict about what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.base.errors import CannotReadError, Level
from generator.base.yaml.read import read_yaml
from generator.bundle.layout.checks import (
    FileSizeCheck,
    KindsLeftOutCheck,
    LodgedByCheck,
    PageLimitCheck,
    ResolutionCheck,
)
from generator.bundle.layout.load import load_layout
from generator.bundle.layout.model import BundleLayout, LatePages, LayoutRule, Sure
from generator.case.words import EvidenceKind
from places import ROOT

LAYOUT = ROOT / "data/bundles/children-proceedings.yaml"


def write(tmp_path: Path, old: str, new: str) -> Path:
    text = LAYOUT.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "layout.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def problems_of(file: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(CannotReadError) as refused:
        load_layout(file)
    return [(problem.code, problem.place.line if problem.place else None) for problem in refused.value.problems]


def line_of(text: str) -> int:
    lines = LAYOUT.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_sections_run_from_a_to_f_in_the_order_of_the_practice_direction() -> None:
    sections = load_layout(LAYOUT).sections
    assert [(one.letter, one.id) for one in sections] == [
        ("A", "preliminary"),
        ("B", "applications"),
        ("C", "statements"),
        ("D", "care-plans"),
        ("E", "reports"),
        ("F", "other"),
    ]


def test_the_page_limit_is_350_under_paragraph_11_2_b() -> None:
    limit = load_layout(LAYOUT).page_limit
    assert (limit.pages, limit.paragraph, limit.sure, limit.fallback) == (350, "11.2(b)", Sure.PRIMARY, False)


def test_it_says_when_it_was_checked_and_from_when_it_holds() -> None:
    layout = load_layout(LAYOUT)
    assert (layout.checked_on.isoformat(), layout.in_force_from.isoformat()) == ("2026-11-22", "2026-03-02")


def test_what_the_new_text_was_not_read_for_is_marked_to_be_confirmed() -> None:
    layout = load_layout(LAYOUT)
    for row in (*layout.sections, *layout.rules, *layout.never_included, *layout.document_limits):
        assert row.fallback == (row.sure in ("carried over from the old text", "not found in the new text"))


def test_a_care_plan_of_more_than_10_pages_is_over_the_old_limit() -> None:
    assert {one.id: one.pages for one in load_layout(LAYOUT).document_limits}["care-plan"] == 10


def test_a_fallback_that_is_not_marked_is_refused_at_its_place(tmp_path: Path) -> None:
    file = write(tmp_path, "    fallback: yes\n", "")
    assert problems_of(file) == [("C003", line_of("- id: preliminary"))]


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("    letter: B", "    letter: b", "C003", "letter: B"),
        ("    letter: B", "    letter: A", "C003", "letter: B"),
        ("  - id: statements", "  - id: preliminary", "C007", "- id: statements"),
        ("  pages: 350", "  pages: many", "C003", "pages: 350"),
        ("sure: primary text", "sure: certain", "C004", "sure: primary text"),
        ("checked_on:", "chekced_on:", "C001", "checked_on:"),
        ("checked_on: 2026-11-22", "checked_on: 2026-02-30", "C003", "checked_on:"),
        ("  style: restarts in each section", "  style: continuous", "C004", "style: restarts"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, code: str, at: str) -> None:
    assert (code, line_of(at)) in problems_of(write(tmp_path, old, new))


def test_a_misspelt_key_names_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(CannotReadError) as refused:
        load_layout(write(tmp_path, "checked_on:", "chekced_on:"))
    assert "checked_on:" in [problem.remedy for problem in refused.value.problems]


# Rules as data


def rule_of(layout: BundleLayout, named: str) -> LayoutRule:
    (found,) = [rule for rule in layout.list_rules() if rule.id == named]
    return found


def test_every_rule_says_where_it_comes_from_and_when_that_was_looked_at() -> None:
    for file in LAYOUT.parent.glob("*.yaml"):
        rules = load_layout(file).list_rules()
        assert len({rule.id for rule in rules}) == len(rules)
        assert all(rule.source and rule.checked_on for rule in rules)
        assert all(rule.binding is Level.SHOULD for rule in rules if rule.fallback)


def test_numbering_and_limits_are_rules_like_the_others() -> None:
    layout = load_layout(LAYOUT)
    assert rule_of(layout, "page-limit").check == PageLimitCheck(pages=350)
    left_out = rule_of(layout, "foster-carer-logs").check
    assert isinstance(left_out, KindsLeftOutCheck)
    assert left_out.kinds == (EvidenceKind.FOSTER_CARER_LOGS,)
    assert rule_of(layout, "care-plan-length").says == "Care plan: at most 10 pages"


def test_a_file_may_be_as_large_as_the_filing_kit_makes_it() -> None:
    channels = read_yaml(LAYOUT.parent.parent / "filing/channels.yaml").facts["channels"]
    allowed = {one["id"]: int(one["megabytes"]) for one in channels}
    checks = [rule.check for rule in load_layout(LAYOUT).list_rules() if isinstance(rule.check, FileSizeCheck)]
    assert {check.channel: check.megabytes for check in checks}.items() <= allowed.items()
    assert checks


def test_every_kind_of_paper_that_is_left_out_is_one_that_evidence_can_have() -> None:
    layout = load_layout(LAYOUT)
    assert all(row.kinds for row in layout.never_included)
    assert all(row.kinds for row in layout.document_limits)


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("check: upright", "check: upside_down", "C004", "check: upright"),
        ("check: upright", "check: {dpi: 300}", "C002", "check: upright"),
        ("check: {name: resolution, dpi: 300}", "check: {name: resolution, dpi: fine}", "C003", "name: resolution"),
        (
            "check: {name: resolution, dpi: 300}",
            "check: {name: resolution, dpi: 300, dots: 300}",
            "C001",
            "name: resolution",
        ),
        ("check: {name: resolution, dpi: 300}", "check: resolution", "C002", "name: resolution"),
        ("kinds: [photographs]", "kinds: [paintings]", "C004", "kinds: [photographs]"),
        ("before: [1 working day]", "before: [soon]", "C003", "before: [1 working day]"),
        ('at: "11:00"', "at: noon", "C003", 'at: "11:00"'),
        ("section: preliminary", "section: first", "P002", "section: preliminary"),
        ("  - id: upright", "  - id: numbering", "C007", "- id: upright"),
        ("late_pages: lettered", "late_pages: anywhere", "C004", "late_pages: lettered"),
    ],
)
def test_a_mistake_in_a_check_is_told_with_its_line(tmp_path: Path, old: str, new: str, code: str, at: str) -> None:
    assert problems_of(write(tmp_path, old, new)) == [(code, line_of(at))]


def test_a_rule_that_was_not_read_may_not_be_called_binding(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "    fallback: yes\n    check: chronological",
        "    fallback: yes\n    level: must\n    check: chronological",
    )
    assert problems_of(file) == [("C003", line_of("- id: chronological"))]


# Local protocols


OPENING = """extends: children-proceedings
title: Court bundle at Hartsmere
source: Practice note of the Family Court at Hartsmere
in_force_from: 1 September 2026
checked_on: 2026-11-22
"""


def protocol(tmp_path: Path, rows: str, name: str = "ours.yaml") -> Path:
    file = tmp_path / name
    file.write_text(OPENING + rows, encoding="utf-8")
    return file


def test_the_example_of_a_local_protocol_has_its_own_sections_and_days_over_the_national_rules() -> None:
    local, national = load_layout(LAYOUT.parent / "local-overlay-example.yaml"), load_layout(LAYOUT)
    assert [(one.letter, one.id) for one in local.sections] == [
        ("A", "preliminary"),
        ("B", "applications"),
        ("C", "threshold"),
        ("D", "statements"),
        ("E", "care-plans"),
        ("F", "reports"),
        ("G", "other"),
    ]
    assert local.late_pages is LatePages.AT_THE_END
    lodged = rule_of(local, "bundle-by").check
    assert isinstance(lodged, LodgedByCheck)
    assert [str(span) for span in lodged.before] == ["5 working days"]
    assert rule_of(local, "advocates-email-size").check == FileSizeCheck(channel="advocates-email", megabytes=10)
    ours = {"bundle-by", "late-pages", "advocates-email-size", "chambers-copy"}
    for rule in local.list_rules():
        assert ("invented example" in (rule.source or "")) == (rule.id in ours), rule.id
        if rule.id not in ours:
            assert rule == rule_of(national, rule.id)


def test_a_changed_row_keeps_what_it_does_not_name_and_brings_its_own_source(tmp_path: Path) -> None:
    rows = "sections:\n" + "".join(
        f"  - {{id: {named}, letter: {letter}, sure: primary text}}\n"
        for named, letter in (("reports", "D"), ("care-plans", "E"))
    )
    layout = load_layout(protocol(tmp_path, rows))
    assert [one.id for one in layout.sections] == [
        "preliminary", "applications", "statements", "reports", "care-plans", "other",
    ]  # fmt: skip
    reports = layout.sections[3]
    assert (reports.title, reports.source, reports.paragraph) == (
        "Experts' and other reports",
        "Practice note of the Family Court at Hartsmere",
        None,
    )
    assert reports.fallback is False
    assert layout.sections[0].source == load_layout(LAYOUT).source


def test_sections_can_be_left_out(tmp_path: Path) -> None:
    rows = "sections_left_out: [care-plans]\nsections:\n  - {id: reports, letter: D, sure: primary text}\n"
    layout = load_layout(protocol(tmp_path, rows))
    assert [one.letter for one in layout.sections] == ["A", "B", "C", "D", "F"]
    assert problems_of(protocol(tmp_path, "sections_left_out: [plans]\n")) == [("P002", 6)]


def test_a_protocol_can_stand_on_another_beside_it(tmp_path: Path) -> None:
    protocol(tmp_path, "late_pages: at_the_end\n", "county.yaml")
    rows = "rules:\n  - {id: resolution, sure: primary text, check: {name: resolution, dpi: 200}, level: should}\n"
    file = protocol(tmp_path, rows)
    file.write_text(file.read_text("utf-8").replace("children-proceedings", "county"), encoding="utf-8")
    layout = load_layout(file)
    assert layout.late_pages is LatePages.AT_THE_END
    assert rule_of(layout, "resolution").check == ResolutionCheck(dpi=200)
    assert rule_of(layout, "resolution").says == rule_of(load_layout(LAYOUT), "resolution").says


def test_a_circle_of_layouts_is_told_where_it_closes(tmp_path: Path) -> None:
    for name, parent in (("one", "two"), ("two", "one")):
        file = protocol(tmp_path, "", f"{name}.yaml")
        file.write_text(file.read_text("utf-8").replace("children-proceedings", parent), encoding="utf-8")
    assert problems_of(tmp_path / "one.yaml") == [("P004", 1)]
    alone = protocol(tmp_path, "", "children-proceedings.yaml")
    assert problems_of(alone) == [("P004", 1)]


def test_a_layout_that_is_not_there_is_told_with_one_that_is(tmp_path: Path) -> None:
    file = protocol(tmp_path, "")
    file.write_text(file.read_text("utf-8").replace("children-proceedings", "child-proceedings"), encoding="utf-8")
    with pytest.raises(CannotReadError) as refused:
        load_layout(file)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place and problem.place.line) == ("P002", 1)
    assert problem.remedy == "extends: children-proceedings"


@pytest.mark.parametrize("parent", ["../cases", "/etc/passwd", "Children", ""])
def test_a_parent_is_a_name_and_never_a_path(tmp_path: Path, parent: str) -> None:
    file = protocol(tmp_path, "")
    file.write_text(file.read_text("utf-8").replace("children-proceedings", f'"{parent}"'), encoding="utf-8")
    assert ("C003", 1) in problems_of(file)


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ("page_limit: {pages: 500, says: Up to 500 pages, sure: primary text}\n", 6),
        ("rules:\n  - {id: resolution, sure: primary text, check: {name: resolution, dpi: 600}}\n", 7),
        ("rules:\n  - {id: index-linked, sure: primary text, level: should, check: upright}\n", 7),
        ("rules:\n  - {id: electronic, sure: one secondary source}\n", 7),
        ("never_included:\n  - {id: photographs, sure: primary text, kinds: [screenshots]}\n", 7),
    ],
)
def test_a_protocol_may_not_ask_for_less_than_a_rule_that_is_known(tmp_path: Path, rows: str, at: int) -> None:
    assert problems_of(protocol(tmp_path, rows)) == [("P006", at)]


def test_a_protocol_may_ask_for_more_and_differ_where_the_text_is_not_known(tmp_path: Path) -> None:
    rows = (
        "page_limit: {pages: 300, says: At most 300 pages, sure: primary text}\n"
        "document_limits:\n  - {id: care-plan, pages: 15, sure: primary text}\n"
    )
    layout = load_layout(protocol(tmp_path, rows))
    assert layout.page_limit.pages == 300
    assert rule_of(layout, "care-plan-length").says == "Care plan: at most 15 pages"


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("rules:\n  - {id: upright, check: upright}\n", ("C002", 7)),
        ("rules:\n  - {id: new-rule, sure: primary text}\n", ("C002", 7)),
        ("rules:\n  - upright\n", ("C003", 7)),
        ("rules: upright\n", ("C003", 6)),
        ("sections:\n  - {id: other, letter: A, sure: primary text}\n", ("C003", 7)),
        ("rules:\n" + "  - {id: upright, sure: primary text, level: should}\n" * 2, ("C007", 8)),
        ("rule: upright\n", ("C001", 6)),
    ],
)
def test_a_mistake_in_a_protocol_is_told_in_the_protocol(tmp_path: Path, rows: str, problem: tuple[str, int]) -> None:
    with pytest.raises(CannotReadError) as refused:
        load_layout(protocol(tmp_path, rows))
    told = [(one.code, one.place and one.place.line, one.place and one.place.file) for one in refused.value.problems]
    assert (*problem, str(tmp_path / "ours.yaml")) in told
