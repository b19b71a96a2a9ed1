"""No file tells its reader what they may not know, in any place or spelling; and what they may know stops nothing."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from conftest import MakeOnce, PapersOf, WordsOf
from generator.cli import run
from places import CASES, CORPORA

pytestmark = pytest.mark.slow

FAMILY = CORPORA / "leaks"
SAMPLES = sorted(file.parent.name for file in CASES.glob("*/case.yaml"))
SHOWS = 5
"""The exit code of a search that found something, and of a paper that is not delivered."""


def _load_leaks() -> ModuleType:
    """The script that makes the corpus, which is no package."""
    spec = importlib.util.spec_from_file_location("make_leaks", FAMILY / "make_leaks.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_leaks"] = module
    spec.loader.exec_module(module)
    return module


corpus = _load_leaks()
LEAKS: tuple[Any, ...] = corpus.LEAKS
CLEAN: tuple[Any, ...] = corpus.CLEAN
TEXTS: tuple[Any, ...] = corpus.TEXTS
FILED: tuple[Any, ...] = corpus.FILED

KIND = {
    "name": r"\bnames?\b",
    "telephone": r"telephone",
    "address": r"address",
    "e-mail": r"e-?mail",
    "nursery or school": r"nursery|school|education",
    "date of birth": r"birth|born",
    "adoptive name": r"adopt",
    "identity number": r"number",
    "legal advice": r"advice",
    "health": r"health|medical|doctor",
    "life of the other parent": r"life|history|kept about|parent",
    "private": r"private|agency|letters",
}
"""How a report may call the kind of fact that was found."""


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


def permanence(*words: object) -> Said:
    """The command, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.setattr(sys, "argv", ["permanence", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            run()
    assert isinstance(left.value.code, int)
    return Said(left.value.code, out.getvalue(), err.getvalue())


def squeeze(text: str) -> str:
    """The letters and figures of a text alone, however it is spelled."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def repeats(said: str, value: str) -> bool:
    """Whether a report says a protected value, in any spelling."""
    return squeeze(value) in squeeze(said)


def values_of(leak: Any) -> Iterator[str]:
    """What no report about a leak may say: the value and the way in which it was spelled."""
    yield leak.value
    if len(squeeze(leak.spelled)) >= 8 and not leak.spelled.startswith("the "):
        yield leak.spelled


@pytest.fixture(scope="session")
def folder(once: MakeOnce) -> Path:
    return once("leaks", corpus.make_all)


def is_named_by_its_leak(leak: Any) -> bool:
    return "name of the file" in leak.about


def findings(report: Any, names: set[str]) -> Iterator[tuple[str, list[str]]]:
    """The name of each file, with every text that a report in JSON says about it, whichever way it is laid out."""
    if isinstance(report, dict):
        told = {text.rpartition("/")[2] for text in report.values() if isinstance(text, str)} & names
        if told:
            (name,) = told
            yield name, [text for text in strings(report) if text.rpartition("/")[2] != name]
            return
        report = list(report.values())
    if isinstance(report, list):
        for one in report:
            yield from findings(one, names)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)
    elif value is not None:
        yield str(value)


@dataclass(frozen=True)
class Report:
    """What one search of all files for a reader said; `alone` are the files that had to be searched by themselves."""

    code: int
    text: str
    found: dict[str, list[str]]


def search(files: Sequence[Path], reader: str) -> Report:
    """One search of many files; where a file stops it, each by itself."""
    said = permanence("examine", *files, "--case", FAMILY, "--for", reader, "--json")
    try:
        whole = json.loads(said.out)
    except ValueError:
        whole = None
    if said.code in (0, SHOWS) and whole is not None:
        return Report(said.code, said.out + said.err, dict(findings(whole, {file.name for file in files})))
    if len(files) == 1:
        return Report(said.code, said.out + said.err, {})
    reports = [search([file], reader) for file in files]
    found = {name: texts for report in reports for name, texts in report.found.items()}
    return Report(max(report.code for report in reports), "\n".join(report.text for report in reports), found)


@pytest.fixture(scope="session")
def searched(folder: Path, once: MakeOnce) -> dict[str, Report]:
    """What is found in all the leaks, by reader."""
    leaks = [leak for leak in LEAKS if not is_named_by_its_leak(leak)]

    def search_all(into: Path) -> None:
        for reader in sorted({leak.reader for leak in LEAKS}):
            files = [folder / "leaks" / leak.name for leak in leaks if leak.reader == reader]
            (into / f"{reader}.json").write_text(json.dumps(asdict(search(files, reader))), encoding="utf-8")

    reports = once("leaks-searched", search_all)
    return {file.stem: Report(**json.loads(file.read_text(encoding="utf-8"))) for file in reports.glob("*.json")}


def named(ones: Iterable[Any]) -> list[Any]:
    return [pytest.param(one, id=one.name) for one in ones]


# the corpus


def test_the_corpus_is_large_and_no_name_stands_twice() -> None:
    names = [one.name for one in (*LEAKS, *CLEAN)]
    assert len(names) == len(set(names))
    assert len(LEAKS) >= 90
    assert len(CLEAN) >= 40


def test_the_family_can_be_read() -> None:
    said = permanence("check", FAMILY, "--json")
    assert said.code == 0
    assert json.loads(said.out)["reference"] == "FAM-2026-0611"


# files


@pytest.mark.parametrize("leak", named(leak for leak in LEAKS if not is_named_by_its_leak(leak)))
def test_a_leak_is_found_with_its_kind_and_its_place(leak: Any, searched: dict[str, Report]) -> None:
    report = searched[leak.reader]
    assert report.code == SHOWS
    said = "\n".join(report.found.get(leak.name, []))
    assert said, f"nothing is found: {leak.about}"
    assert re.search(KIND[leak.kind], said, re.IGNORECASE), said
    assert re.search(leak.where, said, re.IGNORECASE), said


@pytest.mark.parametrize("reader", sorted({leak.reader for leak in LEAKS}))
def test_a_report_never_repeats_what_it_found(reader: str, searched: dict[str, Report]) -> None:
    text = squeeze(searched[reader].text)
    values = {value for leak in LEAKS if leak.reader == reader for value in values_of(leak)}
    assert not [value for value in values if squeeze(value) in text]


_ONE_OF_EACH_ENDING = list({Path(leak.name).suffix: leak for leak in LEAKS if leak.reader == "mother"}.values())


_BY_THEMSELVES = dict.fromkeys([*_ONE_OF_EACH_ENDING, *(leak for leak in LEAKS if is_named_by_its_leak(leak))])


@pytest.mark.parametrize("leak", named(_BY_THEMSELVES))
def test_a_file_by_itself_leaves_with_5_and_says_where_and_not_what(leak: Any, folder: Path) -> None:
    said = permanence("examine", folder / "leaks" / leak.name, "--case", FAMILY, "--for", leak.reader)
    assert said.code == SHOWS
    whole = said.out + said.err
    assert re.search(KIND[leak.kind], whole, re.IGNORECASE)
    assert re.search(leak.where, whole, re.IGNORECASE)
    assert not [value for value in values_of(leak) if repeats(whole, value)]


@pytest.mark.parametrize("reader", sorted({clean.reader for clean in CLEAN}))
def test_nothing_is_found_where_the_reader_may_read_everything(reader: str, folder: Path) -> None:
    files = [folder / "clean" / clean.name for clean in CLEAN if clean.reader == reader]
    if permanence("examine", *files, "--case", FAMILY, "--for", reader).code == 0:
        return
    codes = {file.name: permanence("examine", file, "--case", FAMILY, "--for", reader).code for file in files}
    assert not {name: code for name, code in codes.items() if code}


@pytest.mark.parametrize("clean", named(clean for clean in CLEAN if clean.unsearched))
def test_a_picture_is_listed_as_not_searched(clean: Any, folder: Path) -> None:
    said = permanence("examine", folder / "clean" / clean.name, "--case", FAMILY, "--for", clean.reader)
    assert said.code == 0
    assert "not searched" in said.out + said.err


def test_a_file_without_pictures_is_searched_to_the_end(folder: Path) -> None:
    said = permanence("examine", folder / "clean" / "everywhere.docx", "--case", FAMILY, "--for", "mother")
    assert "not searched" not in said.out + said.err


def test_a_clean_file_beside_a_leak_does_not_hide_it(folder: Path) -> None:
    files = [folder / "clean" / "everywhere.docx", folder / "leaks" / "zip-with-a-letter.zip"]
    assert permanence("examine", *files, "--case", FAMILY, "--for", "mother").code == SHOWS
    assert permanence("examine", *reversed(files), "--case", FAMILY, "--for", "mother").code == SHOWS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut-off.docx", b"PK\x03\x04 and nothing more"),
        ("garbage.pdf", b"%PDF-1.7\nnothing\n%%EOF"),
        ("garbage.xlsx", b"PK\x05\x06"),
        ("empty.pdf", b""),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ],
)
def test_a_file_that_cannot_be_read_is_not_called_clean(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert permanence("examine", tmp_path / name, "--case", FAMILY, "--for", "mother").code == 2


def test_a_file_with_a_password_is_not_called_clean(tmp_path: Path) -> None:
    import pikepdf

    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    assert permanence("examine", tmp_path / "locked.pdf", "--case", FAMILY, "--for", "mother").code == 2


@pytest.mark.parametrize("reader", ["nobody", "everyone", "tamsin2", ""])
def test_a_reader_whom_nobody_knows_is_refused(reader: str, folder: Path) -> None:
    file = folder / "clean" / "everywhere.docx"
    assert permanence("examine", file, "--case", FAMILY, "--for", reader).code == 2
    assert permanence("disclosure", FAMILY, "--for", reader).code == 2


def test_a_case_or_a_file_that_is_not_there_is_refused(folder: Path, tmp_path: Path) -> None:
    file = folder / "clean" / "everywhere.docx"
    assert permanence("examine", file, "--case", tmp_path / "none", "--for", "mother").code == 2
    assert permanence("examine", tmp_path / "none.docx", "--case", FAMILY, "--for", "mother").code == 2


# the real command


def real(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["word-in-a-comment.docx", "pdf-in-a-bookmark.pdf", "mail-in-base64.eml"])
def test_the_command_finds_a_leak(name: str, folder: Path) -> None:
    done = real("examine", folder / "leaks" / name, "--case", FAMILY, "--for", "mother")
    assert done.returncode == SHOWS
    assert not repeats(done.stdout + done.stderr, "Zoë Field")


def test_the_command_passes_a_clean_file(folder: Path) -> None:
    assert real("examine", folder / "clean" / "everywhere.docx", "--case", FAMILY, "--for", "mother").returncode == 0


# texts of the case file


def build(case: Path, output: Path, codes: Iterable[str]) -> tuple[Said, frozenset[str]]:
    """A build of some papers, and the names of those that are there afterwards."""
    said = permanence("build", case, *codes, "-o", output, "--word-only")
    papers = output / "papers"
    return said, frozenset(file.stem for file in papers.iterdir()) if papers.exists() else frozenset()


@pytest.fixture(scope="session")
def clean_papers(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Every paper of the family as it is: none of them is withheld."""
    said, papers = build(FAMILY, tmp_path_factory.mktemp("clean"), ())
    assert said.code == 0
    return papers


def test_nothing_of_the_family_as_it_is_leaks(clean_papers: frozenset[str]) -> None:
    assert len(clean_papers) == 24


@pytest.mark.parametrize("text", named(TEXTS))
def test_a_text_that_leaks_withholds_the_papers_for_which_it_matters(
    text: Any, clean_papers: frozenset[str], tmp_path: Path
) -> None:
    case = corpus.write_case(tmp_path / "case", [(text.says, text.instead)])
    said, papers = build(case, tmp_path / "out", text.codes)
    wanted = {name for name in clean_papers if name.startswith(text.codes)}
    assert text.papers <= wanted
    assert wanted - papers == text.papers
    assert said.code == (SHOWS if text.papers else 0)
    assert not repeats(said.out + said.err, text.value)


READERS = ("mother", "father-1", "father-2", "court", "professionals", "internal", "privileged", "matching")


def rounds_of(texts: Iterable[Any]) -> list[list[Any]]:
    """Texts that may all stand in one case, as they change different sentences of different facts."""
    rounds: list[list[Any]] = []
    for text in texts:
        for others in rounds:
            if not any(one.path == text.path or one.says in text.says or text.says in one.says for one in others):
                others.append(text)
                break
        else:
            rounds.append([text])
    return rounds


def reach(reader: str) -> list[Any]:
    return [text for text in (*TEXTS, *FILED) if reader in text.readers]


@pytest.mark.parametrize(
    ("reader", "texts"),
    [
        pytest.param(reader, texts, id=f"{reader}-{number}")
        for reader in READERS
        for number, texts in enumerate(rounds_of(reach(reader)), 1)
    ],
)
def test_disclosure_names_the_place_of_every_text_that_leaks(reader: str, texts: list[Any], tmp_path: Path) -> None:
    case = corpus.write_case(tmp_path / "case", [(text.says, text.instead) for text in texts])
    lines = (case / "case.yaml").read_text(encoding="utf-8").splitlines()
    said = permanence("disclosure", case, "--for", reader)
    whole = said.out + said.err
    assert said.code == SHOWS
    for text in texts:
        # What is repeated stands in the file once more, where it belongs.
        places = [f"case.yaml:{number}:" for number, one in enumerate(lines, 1) if text.instead in one]
        assert any(place in whole for place in places), text.name
        assert text.path in whole, text.name
        assert not repeats(whole, text.instead), text.name


def unreached(reader: str) -> list[Any]:
    return [text for text in TEXTS if not text.path.startswith("children") and reader not in text.readers]


@pytest.mark.parametrize(
    ("reader", "texts"),
    [
        pytest.param(reader, texts, id=f"{reader}-{number}")
        for reader in ("mother", "father-1", "father-2")
        for number, texts in enumerate(rounds_of(unreached(reader)), 1)
    ],
)
def test_disclosure_does_not_stop_for_a_reader_whom_no_text_reaches(
    reader: str, texts: list[Any], tmp_path: Path
) -> None:
    case = corpus.write_case(tmp_path / "case", [(text.says, text.instead) for text in texts])
    said = permanence("disclosure", case, "--for", reader)
    assert said.code == 0, said.out + said.err


@pytest.mark.parametrize("reader", READERS)
def test_disclosure_of_the_family_as_it_is_stops_for_nobody(reader: str) -> None:
    said = permanence("disclosure", FAMILY, "--for", reader, "--json")
    assert said.code == 0
    json.loads(said.out)


def test_disclosure_says_what_is_kept_and_never_what_it_is() -> None:
    for reader in ("mother", "father-1", "court"):
        said = permanence("disclosure", FAMILY, "--for", reader)
        for value in ("Zoë Field", "27 Tollgate Road", "Gillian Hart", "Casper Winterbourne", "Ladybird Corner"):
            assert not repeats(said.out + said.err, value), (reader, value)


@pytest.mark.libreoffice
@pytest.mark.parametrize("text", named(FILED))
def test_a_bundle_that_would_leak_is_refused_and_nothing_is_delivered(text: Any, tmp_path: Path) -> None:
    case = corpus.write_case(tmp_path / "case", [(text.says, text.instead)])
    said = permanence("bundle", case, "-o", tmp_path / "out")
    assert said.code == SHOWS
    assert not list(tmp_path.joinpath("out").rglob("*.pdf"))
    assert not list(tmp_path.joinpath("out").rglob("*.docx"))
    assert not repeats(said.out + said.err, text.value)


# facts that somebody cleared


CLEARED = """
disclosure_cleared:
  - fact: {fact}
    for: {reader}
{paper}    reason: The mother found the house herself and the carer agrees.
    by: Will Brown, team manager
    on: 3 August 2026
"""


def clearing(fact: str, reader: str, paper: str = "") -> str:
    return CLEARED.format(fact=fact, reader=reader, paper=f"    in: [{paper}]\n" if paper else "")


@pytest.mark.parametrize(
    ("fact", "reader", "code"),
    [
        ("people.carer-3.address", "mother", 0),
        ("people.carer-3.address", "father-1", SHOWS),
        ("people.carer-3.address", "court", SHOWS),
        ("people.carer-3.name", "mother", SHOWS),
        ("people.carer-1.address", "mother", SHOWS),
    ],
)
def test_a_cleared_fact_is_passed_for_its_reader_alone(
    fact: str, reader: str, code: int, folder: Path, tmp_path: Path
) -> None:
    case = corpus.write_case(tmp_path / "case", more=clearing(fact, reader))
    file = folder / "leaks" / "spelled-where-a-child-lived-before.docx"
    assert permanence("examine", file, "--case", case, "--for", "mother").code == code


def test_a_message_names_the_fact_as_it_is_cleared(folder: Path) -> None:
    file = folder / "leaks" / "spelled-where-a-child-lived-before.docx"
    said = permanence("examine", file, "--case", FAMILY, "--for", "mother")
    assert "people.carer-3.address" in said.out + said.err


def test_a_fact_cleared_for_one_paper_stays_kept_from_the_others(tmp_path: Path) -> None:
    changes = [("We ask the court for an order in November.", "He may go back to see 9 Heronsgate.")]
    more = clearing("people.carer-3.address", "mother", "letter-decision-adm-jonah-mother")
    said, papers = build(corpus.write_case(tmp_path / "case", changes, more), tmp_path / "out", ["letter-decision"])
    assert said.code == SHOWS
    assert papers == {"letter-decision-adm-jonah-mother"}


def test_a_clearing_without_a_reason_or_a_name_is_refused(folder: Path, tmp_path: Path) -> None:
    more = "\ndisclosure_cleared:\n  - {fact: people.carer-3.address, for: mother}\n"
    case = corpus.write_case(tmp_path / "case", more=more)
    file = folder / "leaks" / "spelled-where-a-child-lived-before.docx"
    assert permanence("examine", file, "--case", case, "--for", "mother").code not in (0, SHOWS)


# the sample cases


@pytest.mark.parametrize("family", SAMPLES)
def test_no_paper_of_a_sample_says_what_its_reader_may_not_know(
    family: str, papers_of: PapersOf, words_of: WordsOf
) -> None:
    files: dict[str, list[Path]] = {}
    words = words_of(family)
    for paper in papers_of(family):
        files.setdefault(paper.lens.reader or paper.lens.audience.value, []).append(words[paper.name])
    codes = {
        reader: permanence("examine", *papers, "--case", CASES / family, "--for", reader).code
        for reader, papers in files.items()
    }
    assert codes == dict.fromkeys(files, 0)


@pytest.mark.parametrize("family", [family for family in SAMPLES if family != "fullest"])
def test_no_text_of_a_sample_leaks_to_the_court(family: str) -> None:
    # The bundle of the fullest family is made, and searched, in the scenario of a whole run.
    assert permanence("disclosure", CASES / family, "--for", "court").code == 0
