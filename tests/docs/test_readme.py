"""The pages people read tell the truth: commands, exit codes, papers, examples, links, fields and sources exist."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from generator.base.errors import ExitCode
from generator.base.yaml.read import read_yaml
from generator.case.explain import fields_of, model_of
from generator.case.family import Case
from generator.case.load import read_case_text
from generator.cli import main
from generator.papers.card import PaperTemplate, load_templates
from places import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "output/README.md", "templates/README.md")]
PAGES += [ROOT / name for name in ("tests/README.md", "data/README.md", "data/procedures/README.md")]
TEMPLATES = load_templates([ROOT / "templates"])
_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_LOCAL = re.compile(r"local (?:procedure|protocol)|good practice", re.IGNORECASE)


def section(title: str, page: str = README) -> str:
    """The text under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"there is no heading {title}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of the tables in a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def fenced(page: Path) -> Iterator[tuple[str, str]]:
    """The language and text of each fenced block."""
    yield from _FENCE.findall(page.read_text("utf-8"))


def example_lines() -> list[str]:
    """Each line of an example, in fenced blocks and between backquotes, that calls permanence with arguments."""
    found: dict[str, None] = {}
    for page in PAGES:
        for _language, block in fenced(page):
            found |= dict.fromkeys(
                line.strip() for line in block.splitlines() if line.strip().startswith("permanence ")
            )
        for line in re.findall(r"(?<!`)`(permanence [^`\s]+ [^`\n]+)`(?!`)", page.read_text("utf-8")):
            found[line] = None
    return list(found)


EXAMPLES = example_lines()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 10


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_named(name: str) -> None:
    assert re.search(rf"\bpermanence {name}\b", README)


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_can_be_typed(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What an example names has to be there, because click looks for it while it reads the line.
    (tmp_path / "our-templates").mkdir()
    (tmp_path / "our-procedures").mkdir()
    (tmp_path / "our-layout.yaml").touch()
    (tmp_path / "tests" / "corpora" / "second-authority").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    name, *arguments = shlex.split(line)[1:]
    if name.startswith("--"):
        assert CliRunner().invoke(main, [name, *arguments]).exit_code == 0
        return
    command = main.commands[name]
    with click.Context(main, info_name="permanence") as parent:
        context = command.make_context(name, arguments, parent=parent)
    codes = context.params.get("papers", ())
    assert set(codes) <= {*TEMPLATES, "visit-note"}


def test_every_exit_code_is_explained() -> None:
    assert [int(row[0]) for row in rows(section("Exit codes"))] == sorted(map(int, ExitCode))


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_every_paper_is_in_the_table(template: PaperTemplate) -> None:
    filed = {"normally": "yes", "if_directed": "if directed", "never": "never"}[template.card.bundle.filed]
    table = {row[0]: row for row in rows(section("Papers"))}
    assert table[template.card.code][4].startswith(filed)
    court_copy = template.card.bundle.filed == "normally" and template.card.audience != "court"
    assert ("court copy" in table[template.card.code][4]) == court_copy


def test_table_names_no_paper_that_is_not_there() -> None:
    assert {row[0] for row in rows(section("Papers"))} == set(TEMPLATES)


def test_every_key_of_the_case_file_is_in_the_table() -> None:
    named = re.findall(r"`([a-z_]+)`", " ".join(row[0] + "`" for row in _raw_rows(section("The case file"))))
    assert sorted(named) == sorted(fields_of(Case))


def _raw_rows(text: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    headings = {_anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}
    for target in _LINK.findall(text):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (page.parent / target.replace("\\", "")).exists(), target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_words_are_plain(page: Path) -> None:
    assert "—" not in page.read_text("utf-8")


def test_picture_is_small() -> None:
    assert (ROOT / "docs/minutes-page-1.png").stat().st_size < 150_000


def yaml_examples(page: Path) -> list[str]:
    return [block for language, block in fenced(page) if language == "yaml"]


@pytest.mark.parametrize("block", yaml_examples(ROOT / "README.md"))
def test_every_part_of_a_case_file_reads(block: str) -> None:
    least = next(block for block in yaml_examples(ROOT / "README.md") if "reference:" in block)
    text = block if block == least else f"{least}\n{block}"
    read_case_text(text.encode(), "README.md")


def test_card_explains_itself(tmp_path: Path) -> None:
    (block,) = yaml_examples(ROOT / "templates/README.md")
    (tmp_path / "visit-note.yaml").write_text(block, "utf-8")
    (tmp_path / "visit-note.docx").write_bytes(b"")
    card = load_templates([tmp_path])["visit-note"].card
    page = (ROOT / "templates/README.md").read_text("utf-8")
    explained = re.findall(r"^\| `(\w+)`", section("Cards", page), re.MULTILINE)
    assert set(explained) == set(type(card).model_fields) - {"code"}
    explained = re.findall(r"`(\w+)`", " ".join(row[0] + "`" for row in _raw_rows(section("Questions and gaps", page))))
    assert set(explained) == {name.rstrip("_") for name in type(card.questions[0]).model_fields}


def test_every_field_of_templates_is_there(sample_papers: dict[str, tuple[Any, ...]]) -> None:
    names: set[str] = set()

    def gather(value: Any) -> None:
        if isinstance(value, dict):
            names.update(map(str, value))
            for inner in value.values():
                gather(inner)
        elif isinstance(value, list):
            for inner in value:
                gather(inner)

    for papers in sample_papers.values():
        for paper in papers:
            gather({**paper.facts, "answers": {}})
    page = section("Fields", (ROOT / "templates/README.md").read_text("utf-8"))
    table = page[: page.rindex("|")]
    assert set(re.findall(r"`([a-z_]+)`", table)) - names == set()


def test_every_filter_is_named() -> None:
    from generator.rules.expressions.language import make_environment

    page = section("Filters", (ROOT / "templates/README.md").read_text("utf-8"))
    short = {"d"}
    assert set(re.findall(r"`([a-z_]+)`", page)) == {*make_environment().filters, "prose"} - short


def cited() -> Iterator[str]:
    """Each source that a card, a field of the case file or a rule of a bundle layout cites."""
    for template in TEMPLATES.values():
        for question in template.card.questions:
            yield from question.source.split("; ")
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [Case]
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for info in fields_of(model).values():
            extra = info.json_schema_extra
            if isinstance(extra, dict) and extra.get("meets"):
                yield from str(extra["meets"]).split("; ")
            if inner := model_of(info.annotation):
                waiting.append(inner)


SOURCES: list[dict[str, Any]] = read_yaml(ROOT / "data" / "sources.yaml").facts["sources"]


@pytest.mark.parametrize("citation", sorted(set(cited())))
def test_every_citation_has_its_source(citation: str) -> None:
    known = [name for source in SOURCES for name in source["cited_as"]]
    short = re.fullmatch(r"Sch \d+ Pt \d+ item \d+", citation)  # follows a regulation of the same instrument
    local = _LOCAL.match(citation)
    assert short or local or any(citation == name or re.match(rf"{re.escape(name)}[ -]", citation) for name in known)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["id"])
def test_source_says_how_sure_it_is(source: dict[str, Any]) -> None:
    keys = {"id", "cited_as", "title", "edition", "checked_on", "status", "sure"}
    assert keys <= set(source) <= keys | {"url", "note"}
    assert dt.date.fromisoformat(source["checked_on"])
    assert source["status"] in {"in force", "replaced", "guidance", "case law", "local"}


def test_source_ids_are_used_once() -> None:
    ids = [source["id"] for source in SOURCES]
    assert len(ids) == len(set(ids))


def test_changelog_starts_with_this_release() -> None:
    from generator import __version__

    found = re.search(
        r"^## ([\d.]+) \(\d{1,2} [A-Z][a-z]+ \d{4}\)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert found
    assert found[1] == __version__
