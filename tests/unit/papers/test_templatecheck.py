"""A template that asks for what its reader may not see is told so when it is checked, before any case calls for it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from generator.case.audience import Audience
from generator.cli import main
from generator.disclosure.lens import Withheld
from generator.papers.facts.types import FactType, GroupType, HiddenType, ListType, TextType, TypedFact
from generator.papers.lint.asked import find_withheld
from generator.rules.expressions.language import evaluate
from places import TEMPLATES

SECRET = HiddenType()


def group(**facts: FactType) -> GroupType:
    return GroupType("group", {name: TypedFact(name, kind) for name, kind in facts.items()})


FACTS = group(
    child=group(
        name=TextType(), nhs_number=SECRET, placements=ListType(group(type=TextType(), why=SECRET), filled=True)
    ),
    pairs=ListType(group(**{"0": TextType(), "1": SECRET})),
    paper=group(audience=TextType(("parent",))),
    people=ListType(group(name=TextType(), homes=ListType(group(street=SECRET)))),
)


@pytest.mark.parametrize(
    ("source", "tag"),
    [
        ("{{ child.nhs_number }}", "child.nhs_number"),
        ("{{ child['nhs_number'] }}", "child['nhs_number']"),
        ("{% if false %}{{ child.nhs_number | upper }}{% endif %}", "child.nhs_number"),
        ("{% if child.nhs_number %}x{% endif %}", "child.nhs_number"),
        ("{% for home in child.placements %}{{ home.why }}{% endfor %}", "home.why"),
        ("{% for home in child.placements | sort(attribute='type') %}{{ home.why }}{% endfor %}", "home.why"),
        ("{% for home in child.placements if home.why %}x{% endfor %}", "home.why"),
        ("{% for one in people %}{% for home in one.homes %}{{ home.street }}{% endfor %}{% endfor %}", "home.street"),
        ("{% for key, value in pairs %}{{ value }}{% endfor %}", "value"),
        ("{% set number = child.nhs_number %}", "child.nhs_number"),
        ("{% set who = child %}{{ who.nhs_number }}", "who.nhs_number"),
        ("{{ (child.placements | first).why }}", "….why"),
        ("{{ child.placements[0].why }}", "child.placements[0].why"),
        ("{{ 'x' ~ child.nhs_number }}", "child.nhs_number"),
        ("{{ child.name or child.nhs_number }}", "child.nhs_number"),
        ("{% if paper.audience != 'court' %}{{ child.nhs_number }}{% endif %}", "child.nhs_number"),
        ("{% if paper.audience == 'court' %}x{% else %}{{ child.nhs_number }}{% endif %}", "child.nhs_number"),
        ("{{ paper.audience == 'parent' and child.nhs_number }}", "child.nhs_number"),
    ],
)
def test_a_withheld_fact_is_found_in_every_branch_and_loop(source: str, tag: str) -> None:
    assert [asked.tag for asked in find_withheld([("text", source)], FACTS)] == [tag]


@pytest.mark.parametrize(
    "source",
    [
        "{{ child.name }}",
        "{{ child.missing }} {{ nobody.nhs_number }}",
        "{% for home in child.placements %}{{ home.type }}{% endfor %}{{ home }}",
        "{% for child in people %}{{ child.name }}{% endfor %}",
        "{% if paper.audience == 'court' %}{{ child.nhs_number }}{% endif %}",
        "{% if paper.audience != 'parent' and child.nhs_number %}x{% endif %}",
        "{{ child.nhs_number if paper.audience == 'court' else child.name }}",
        "{% if not (paper.audience == 'parent') %}{{ child.nhs_number }}{% endif %}",
    ],
)
def test_what_the_reader_may_see_is_not_found(source: str) -> None:
    assert not find_withheld([("text", source)], FACTS)


def test_a_name_of_a_loop_ends_with_it() -> None:
    source = "{% for child in people %}{{ child.name }}{% endfor %}{{ child.nhs_number }}"
    assert [asked.tag for asked in find_withheld([("text", source)], FACTS)] == ["child.nhs_number"]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter to parents about a decision, with the card of the one that is shipped."""
    shutil.copy(TEMPLATES / "letter-decision.yaml", tmp_path / "our-letter.yaml")
    return tmp_path / "our-letter.docx"


def check(*files: Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["templates", "check", *map(str, files)], standalone_mode=False)
    if done.exception:
        raise done.exception
    return int(done.return_value), done.output


@pytest.mark.parametrize("place", ["text", "header", "footer", "table"])
def test_a_letter_that_asks_for_a_health_number_is_refused_before_any_case_exists(place: str, letter: Path) -> None:
    document = docx.Document()
    tag = "{% if many_children and not many_children %}{{ child.nhs_number }}{% endif %}"
    section = document.sections[0]
    if place == "table":
        document.add_table(1, 1).cell(0, 0).text = tag
    else:
        holder: Any = {"text": document, "header": section.header, "footer": section.footer}[place]
        holder.add_paragraph(tag)
    document.save(str(letter))
    if place in {"header", "footer"}:
        # Header and footer are those of the house style, whoever's template it is.
        document.save(str(letter.with_name("house-style.docx")))
    code, said = check(letter)
    assert code == 5
    assert "child.nhs_number" in said
    assert "audience parent" in said


def test_every_paper_that_is_shipped_asks_only_for_what_its_readers_may_see() -> None:
    code, said = check(*sorted(TEMPLATES.glob("*.docx")))
    assert (code, "nothing found" in said) == (0, True)


def test_a_card_that_asks_for_too_much_is_found_too(letter: Path) -> None:
    card = letter.with_suffix(".yaml")
    text = card.read_text(encoding="utf-8")
    assert text.count("as_of:") == 1
    line = next(line for line in text.splitlines() if line.startswith("as_of:"))
    changed = text.replace("title:", "title: '{{ decision.own_reasons }}'\nold_title:", 1)
    kept = [one for one in changed.splitlines() if not one.startswith("old_title:")]
    card.write_text("\n".join(kept), encoding="utf-8")
    assert line in card.read_text(encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("Dear parent")
    document.save(str(letter))
    code, said = check(letter)
    assert code == 5
    assert "own_reasons" in said


def test_withheld_facts_still_refuse_when_a_template_is_used_unchecked() -> None:
    facts = {"child": {"nhs_number": Withheld("nhs_number", Audience.PARENT)}}
    with pytest.raises(Exception, match="nhs_number"):
        evaluate("child.nhs_number ~ ''", facts, where="a card")
