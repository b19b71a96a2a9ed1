"""What several rooms are tested with: the shipped templates, the invented families, and every paper they call for."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import signal
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings
from lxml import etree

from generator.case.family import Case
from generator.case.load import LoadedCase, load_case, read_case_text
from generator.papers.card import PaperTemplate, PlannedDocument, load_templates
from generator.papers.pictures.draw import draw_pictures
from generator.papers.plan import plan_documents
from generator.papers.render.document import render_document
from generator.rules.judging.judge import Compliance, judge_case
from generator.rules.procedures.load import load_procedure
from generator.rules.procedures.model import Procedure
from places import CASES, ROOT, TEMPLATES, TESTS

# Asked for with --hypothesis-profile=long; what takes long by itself takes a part of so many.
settings.register_profile("long", max_examples=3000, deadline=None)

TODAY = dt.date(2026, 11, 22)
SLOW_FOLDERS = ("properties", "slow")

Papers = dict[str, PlannedDocument]
Planner = Callable[..., Papers]
MakeOnce = Callable[[str, Callable[[Path], object]], Path]
PapersOf = Callable[[str], tuple[PlannedDocument, ...]]
WordsOf = Callable[[str], dict[str, Path]]


def pytest_configure(config: pytest.Config) -> None:
    if "not libreoffice" in config.getoption("markexpr"):
        # Then no LibreOffice is found, so that a test which makes PDFs and does not say so fails.
        os.environ["PERMANENCE_SOFFICE"] = str(TESTS / "none")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in SLOW_FOLDERS:
            item.add_marker(pytest.mark.slow)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh-golden",
        action="store_true",
        help="Write tests/corpora/golden/words anew from what is made now. Read the difference before keeping it.",
    )
    parser.addoption(
        "--refresh-docs",
        action="store_true",
        help="Write into README and docs what their commands print now: pytest tests/docs --refresh-docs. Read the "
        "difference before keeping it.",
    )


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeOnce]:
    """Gives a folder of that name which is filled once in a run of the tests, however many processes share the run.

    It is for reading only: a test that changes something works on a copy. Whoever changed it fails at the end.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made-once"
    shared.mkdir(exist_ok=True)
    given: dict[Path, object] = {}

    def make_once(name: str, fill: Callable[[Path], object]) -> Path:
        folder, filled = shared / name, shared / f"{name}.filled"
        with FileLock(shared / f"{name}.lock"):
            if not filled.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                filled.touch()
        given.setdefault(folder, _list_state(folder))
        return folder

    yield make_once
    changed = [folder.name for folder, state in given.items() if _list_state(folder) != state]
    assert not changed, f"a test changed what others read: {changed}"


def _list_state(folder: Path) -> object:
    return sorted((file, file.stat().st_mtime_ns, file.stat().st_size) for file in folder.rglob("*") if file.is_file())


@pytest.fixture
def heed_ctrl_c() -> Iterator[None]:
    """Has the programs that a test starts heed Ctrl-C, even where the tests ignore it because they run unattended.

    A program takes over from the one that starts it that Ctrl-C is ignored, as under `nohup make test &`.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def today() -> dt.date:
    return TODAY


@pytest.fixture(scope="session")
def templates() -> dict[str, PaperTemplate]:
    return load_templates([TEMPLATES])


@pytest.fixture(scope="session")
def samples() -> dict[str, LoadedCase]:
    return {file.parent.name: load_case(file.parent) for file in sorted(CASES.glob("*/case.yaml"))}


@cache
def procedure(name: str) -> Procedure:
    """A procedure that comes with the product."""
    return load_procedure(name, [ROOT / "data" / "procedures"], ROOT / "data" / "sources.yaml")


def judge(case: Case, on: dt.date = TODAY) -> Compliance:
    """A case under the procedure that it names."""
    return judge_case(case, procedure(case.procedure), on)


@pytest.fixture(scope="session", name="judge")
def judge_fixture() -> Callable[..., Compliance]:
    """A case under the procedure that it names, as at the tests' today unless told otherwise."""
    return judge


@pytest.fixture(scope="session")
def read() -> Callable[[str], Case]:
    """A case from the text of a case file."""
    return lambda text: read_case_text(textwrap.dedent(text).encode(), "case.yaml")


@pytest.fixture(scope="session")
def plan(templates: dict[str, PaperTemplate], read: Callable[[str], Case]) -> Planner:
    """The papers that the text of a case file calls for, by name."""

    def plan_text(text: str, *, on: dt.date = TODAY, for_bundle: bool = False) -> Papers:
        case = read(text)
        planned = plan_documents(case, judge(case, on), templates, for_bundle=for_bundle)
        return {paper.name: paper for paper in planned}

    return plan_text


@pytest.fixture(scope="session")
def papers_of(samples: dict[str, LoadedCase], templates: dict[str, PaperTemplate]) -> PapersOf:
    """Every paper of an invented family; those for the bundle too."""

    @cache
    def plan_family(family: str) -> tuple[PlannedDocument, ...]:
        case = samples[family].case
        return tuple(
            paper
            for for_bundle in (False, True)
            for paper in plan_documents(case, judge(case), templates, for_bundle=for_bundle)
            if not for_bundle or paper.name.endswith("-court-copy")
        )

    return plan_family


@pytest.fixture(scope="session")
def sample_papers(samples: dict[str, LoadedCase], papers_of: PapersOf) -> dict[str, tuple[PlannedDocument, ...]]:
    """Every paper of every invented family, by family."""
    return {family: papers_of(family) for family in samples}


def render(paper: PlannedDocument, folder: Path) -> Path:
    return render_document(paper, folder, pictures=draw_pictures(paper)).word


@pytest.fixture(scope="session", name="render")
def render_fixture() -> Callable[[PlannedDocument, Path], Path]:
    """The Word file of a planned paper, with its pictures."""
    return render


@pytest.fixture(scope="session")
def words_of(papers_of: PapersOf, once: MakeOnce) -> WordsOf:
    """The Word files of every paper of an invented family, by the name of the paper."""

    def write_family(family: str) -> dict[str, Path]:
        def write_all(folder: Path) -> None:
            for paper in papers_of(family):
                assert render(paper, folder).name == f"{paper.name}.docx"

        folder = once(f"words-of-{family}", write_all)
        return {paper.name: folder / f"{paper.name}.docx" for paper in papers_of(family)}

    return write_family


@pytest.fixture(scope="session")
def sample_words(samples: dict[str, LoadedCase], words_of: WordsOf) -> dict[tuple[str, str], Path]:
    """The Word file of every paper of every invented family, by family and paper."""
    return {(family, name): word for family in samples for name, word in words_of(family).items()}


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {
    "Title": "= ",
    "Subtitle": "== ",
    "ListBullet": "- ",
    "ListBullet2": "- ",
    "TableBullet": "- ",
    "TableNumber": "+ ",
    "ListNumber": "+ ",
    "Gap": "[gap] ",
    "GapSource": "[source] ",
}


def _say_paragraph(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val") if style is not None else ""
    words = "".join(
        (piece.text or "") if piece.tag == f"{_W}t" else "\t" if piece.tag == f"{_W}tab" else " / "
        for piece in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
        if piece.getparent().tag == f"{_W}r"
    ).strip()
    sign = "#" * int(name[-1]) + " " if name.startswith("Heading") else _SIGNS.get(name, "")
    return f"{sign}{words}" if words else ""


def _say_block(block: Any) -> Iterator[str]:
    for part in block:
        if part.tag == f"{_W}p":
            if words := _say_paragraph(part):
                yield words
        elif part.tag == f"{_W}tbl":
            for row in part.iter(f"{_W}tr"):
                yield " | ".join(" // ".join(_say_block(cell)) for cell in row.iter(f"{_W}tc"))
        elif part.tag == f"{_W}sdt":
            yield from _say_block(part.find(f"{_W}sdtContent"))


def words_in(word: Path) -> list[str]:
    with zipfile.ZipFile(word) as archive:
        lines = [*_say_block(etree.fromstring(archive.read("word/document.xml"))[0])]
        for name in sorted(archive.namelist()):
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
                kind = name.removeprefix("word/").rstrip("0123456789.xml")
                lines += [f"({kind}) {line}" for line in _say_block(etree.fromstring(archive.read(name)))]
    return lines


@pytest.fixture(scope="session", name="words_in")
def words_in_fixture() -> Callable[[Path], list[str]]:
    """The words of a Word file: a line for each paragraph and each row of a table, then headers and footers."""
    return words_in
