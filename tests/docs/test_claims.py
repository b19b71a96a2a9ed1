"""What the pages claim is so: commands, exit codes, papers, keys, examples, links, names of modules."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pages import GUIDES, REFERENCE, SHORT, WRITTEN, find_command, read_blocks, read_commands, typed_lines

from generator import __version__
from generator.base.errors import ExitCode
from generator.case.facts import fields_of
from generator.case.family import Case
from generator.case.load import read_case_text
from generator.cli import main
from generator.papers.card import Card, PaperTemplate, Question, load_templates
from generator.rules.expressions.language import make_environment
from places import ROOT

DOCS = ROOT / "docs"
PAGES = sorted({*WRITTEN, *REFERENCE, *SHORT})
TEMPLATES = load_templates([ROOT / "templates"])
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_LEAST = """\
reference: FAM-2026-0142
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - id: rowan
    name: {given: Rowan, family: Hale}
    born_on: 14 March 2025
"""
_NAMED = re.compile(r"`(generator/[\w/]+(?:\.py)?)/?`")


def read(page: Path) -> str:
    return page.read_text("utf-8")


def name_page(page: Path) -> str:
    return str(page.relative_to(ROOT))


def section(title: str, page: Path) -> str:
    """The text under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", read(page), re.MULTILINE | re.DOTALL)
    assert found, f"there is no heading {title}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of the tables in a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not re.match(r"\| ?---", line)]
    return [[cell.strip() for cell in re.split(r" (?<!\\)\| ", line.strip("|"))] for line in lines[1:]]


# Commands


def list_commands(group: click.Group, name: str = "") -> list[str]:
    """Every command, with those inside it."""
    found = []
    for key in group.list_commands(click.Context(group)):
        inner = group.get_command(click.Context(group), key)
        found += list_commands(inner, f"{name}{key} ") if isinstance(inner, click.Group) else [f"{name}{key}"]
    return found


RUN = [
    command.typed
    for page in WRITTEN
    for block in read_blocks(page)
    for command in (read_commands(block) if block.language == "console" else ())
]
TYPED = list(dict.fromkeys(line for page in PAGES for line in typed_lines(page)))


@pytest.mark.parametrize("name", list_commands(main))
def test_every_command_is_run_on_some_page(name: str) -> None:
    assert any(line.startswith(f"permanence {name}") for line in RUN)


@pytest.mark.parametrize("line", TYPED)
def test_what_is_not_run_can_be_typed(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What an example names has to be there, because click looks for it while it reads the line.
    for folder in ("our-templates", "our-procedures", "ours"):
        (tmp_path / folder).mkdir()
    for file in ("our-layout.yaml", "our-templates/house-style.docx"):
        (tmp_path / file).touch()
    monkeypatch.chdir(tmp_path)
    arguments = shlex.split(line.partition(" > ")[0])[1:]
    if arguments[0].startswith("--"):
        assert CliRunner().invoke(main, arguments).exit_code == 0
        return
    command, left = find_command(arguments)
    if not left or re.search(r"\b[A-Z]{4,}\b", line):  # names a command, or shows what stands where
        assert command is not main
        return
    with click.Context(main, info_name="permanence") as parent:
        context = command.make_context(command.name or "", left, parent=parent)
    assert set(context.params.get("papers") or ()) <= {*TEMPLATES, "visit-note"}


def test_every_exit_code_is_explained() -> None:
    table = re.search(r"\n\n(\| Code .*?)\n\n", read(DOCS / "reference/exit-codes.md"), re.DOTALL)
    assert table
    assert [int(row[0]) for row in rows(table[1])] == sorted(map(int, ExitCode))


# Papers, cards and the case file


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_every_paper_is_in_the_table(template: PaperTemplate) -> None:
    found = re.search(rf"^\| \[`{template.card.code}`\].*$", read(DOCS / "reference/papers.md"), re.MULTILINE)
    assert found
    told = rows(f"|\n{found[0]}")[0][4]
    assert told.startswith(
        {"normally": "yes", "if_directed": "if directed", "never": "never"}[template.card.bundle.filed]
    )
    court_copy = template.card.bundle.filed == "normally" and template.card.audience != "court"
    assert ("court copy" in told) == court_copy


def test_table_names_no_paper_that_is_not_there() -> None:
    assert set(re.findall(r"^\| \[`([\w-]+)`\]", read(DOCS / "reference/papers.md"), re.MULTILINE)) == set(TEMPLATES)


def test_every_part_of_the_case_file_is_told() -> None:
    page = DOCS / "how-to/social-worker/case-file.md"
    named = re.findall(r"`([a-z_]+)`", " ".join(row[0] for row in rows(section("The parts", page))))
    assert sorted(named) == sorted(fields_of(Case))


def list_case_parts() -> list[tuple[str, str]]:
    """The parts of case files that pages show, with the page; not what is of another kind, or is written whole."""
    roles = ("social-worker", "business-support", "legal-assistant", "manager")
    return [
        (name_page(page), block.text)
        for page in GUIDES
        if page.parent.name in roles
        for block in read_blocks(page)
        if block.language == "yaml" and not block.mark
    ]


@pytest.mark.parametrize(("page", "text"), list_case_parts())
def test_every_part_of_a_case_file_reads(page: str, text: str) -> None:
    read_case_text(f"{_LEAST}{text}".encode(), page)


def test_cards_are_explained(tmp_path: Path) -> None:
    page = DOCS / "how-to/template-author/own-paper.md"
    (block,) = (block for block in read_blocks(page) if block.language == "yaml")
    (tmp_path / "visit-note.yaml").write_text(block.text, "utf-8")
    (tmp_path / "visit-note.docx").write_bytes(b"")
    assert load_templates([tmp_path])["visit-note"].card.questions
    reference = DOCS / "reference/templates.md"
    explained = re.findall(r"^\| `(\w+)`", section("Cards", reference), re.MULTILINE)
    assert set(explained) == set(Card.model_fields) - {"code"}
    explained = re.findall(r"`(\w+)`", " ".join(row[0] for row in rows(section("Questions and gaps", reference))))
    assert set(explained) == {name.rstrip("_") for name in Question.model_fields}


def test_every_filter_is_named() -> None:
    told = section("Filters", DOCS / "reference/templates.md")
    short = {"d"}
    assert set(re.findall(r"`([a-z_]+)`", told)) == {*make_environment().filters, "prose"} - short


# Links, pictures and words


def anchors(page: Path) -> set[str]:
    """What a link may lead to on a page: its headings, as GitHub and MyST name them."""
    text = re.sub(r"^```.*?^```", "", read(page), flags=re.MULTILINE | re.DOTALL)
    heads = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(read(page)):
        file, _, anchor = target.replace("\\", "").partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        there = page.parent / file if file else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def test_every_page_is_linked_from_another() -> None:
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in _LINK.findall(read(page))
        if "://" not in target
    }
    assert not [name_page(page) for page in DOCS.rglob("*.md") if page.resolve() not in linked]


def test_every_picture_is_small_and_shown() -> None:
    words = "".join(map(read, PAGES))
    for picture in (DOCS / "pictures").iterdir():
        assert picture.stat().st_size < 150_000
        assert f"pictures/{picture.name}" in words


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_pictures_have_words(page: Path) -> None:
    assert not re.findall(r"!\[\]", read(page))


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_words_are_plain(page: Path) -> None:
    assert "—" not in read(page)


@pytest.mark.parametrize("page", WRITTEN, ids=name_page)
def test_nobody_can_be_reached(page: Path) -> None:
    assert all(number.startswith("01632 960") for number in re.findall(r"\b0\d{4} \d{6}\b", read(page)))
    assert all(code.startswith("ZZ99") for code in re.findall(r"\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b", read(page)))


def test_readme_is_short() -> None:
    assert len(read(ROOT / "README.md").splitlines()) <= 150


def test_glossary_is_in_order_and_has_no_word_twice() -> None:
    words = [row[0].lower() for row in rows(read(DOCS / "reference/glossary.md"))]
    assert words == sorted(set(words))


# The program


@pytest.mark.parametrize("page", WRITTEN, ids=name_page)
def test_modules_that_are_named_are_there(page: Path) -> None:
    for name in _NAMED.findall(read(page)):
        assert (ROOT / name).exists(), name


def test_steps_of_the_walk_name_what_is_there() -> None:
    """In the walk, `name` in `generator/module.py` is a function, class, method or field of that module."""
    pairs = re.findall(r"`(\w+)` in\s`(generator/[\w/]+\.py)`", read(DOCS / "explanation/walk.md"))
    assert len(pairs) > 20
    for name, file in pairs:
        assert re.search(rf"^ *(?:def|class) {name}\b|^ *{name}[:=( ]", read(ROOT / file), re.MULTILINE), (name, file)


def test_contributing_names_every_package() -> None:
    packages = {folder.name for folder in (ROOT / "generator").iterdir() if (folder / "__init__.py").exists()}
    for page in (ROOT / "CONTRIBUTING.md", DOCS / "explanation/architecture.md"):
        assert packages <= set(re.findall(r"`(\w+)`", read(page)))


@pytest.mark.parametrize("name", [*re.findall(r"make ([\w-]+)`", "".join(map(read, WRITTEN))), "docs"])
def test_targets_of_make_are_there(name: str) -> None:
    assert re.search(rf"^{name}:", read(ROOT / "Makefile"), re.MULTILINE)


def test_extras_that_are_named_are_there() -> None:
    extras = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
    named = {name for page in WRITTEN for name in re.findall(r"'(?:\.|permanence)\[(\w+)\]'", read(page))}
    assert named
    assert named <= set(extras)


# Decisions and releases


DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))


@pytest.mark.parametrize("page", DECISIONS, ids=name_page)
def test_a_decision_says_when_why_and_what_would_change_it(page: Path) -> None:
    text = read(page)
    assert re.search(r"^Decided on \d{1,2} [A-Z][a-z]+ \d{4}\. Status: \w+", text, re.MULTILINE)
    heads = re.findall(r"^## (.*)", text, re.MULTILINE)
    assert heads == ["Context", "Decision", "Consequence", "What would change our mind"]
    assert f"({page.name})" in read(DOCS / "decisions/index.md")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_changelog_starts_with_this_release() -> None:
    heads = re.findall(r"^## (.*)$", read(ROOT / "CHANGELOG.md"), re.MULTILINE)
    released = heads[1:] if heads[0].startswith("Unreleased") else heads
    found = re.fullmatch(r"([\d.]+) \(\d{1,2} [A-Z][a-z]+ \d{4}\)", released[0])
    assert found
    assert found[1] == __version__
