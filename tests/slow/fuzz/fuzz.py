"""Feed millions of broken inputs to what reads from outside, led by which lines of the product each one reaches.

fuzz.py case-files|expressions|ledgers [MINUTES [FOLDER]]

Inputs that reach something new are kept in FOLDER, so that the next run goes on from there; without one they are
forgotten. An input that breaks a promise is written to the working folder as crash-…, slow-unit-… or timeout-….
Needs atheris: pip install '.[fuzz]'.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import atheris

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["generator"]):
    from generator.base.errors import BundleError, CannotReadError, TemplateError, UnsafeToDiscloseError
    from generator.bundle.labels import read_label
    from generator.bundle.ledger import Ledger, read_ledger, write_ledger
    from generator.bundle.numbering import number_arranged
    from generator.bundle.opened_pdfs import OpenedPdf
    from generator.bundle.papers import BundlePaper, BundleSection, FilingChange, arrange_papers
    from generator.case.facts import fields_of, model_of
    from generator.case.family import Case
    from generator.case.load import read_case_text
    from generator.rules.expressions import language as expressions

MOST_SECONDS = {"case-files": 1, "expressions": 10}
"""How long an input of a few kilobytes may keep the processor busy."""


def read_case(data: bytes) -> None:
    """Bytes are a case, or are refused with a place; never anything else, and soon."""
    started = time.process_time()
    try:
        read_case_text(data, "case.yaml")
    except CannotReadError as error:
        if not all(one.place for one in error.problems):
            raise AssertionError("a problem has no place") from None
    if time.process_time() - started > MOST_SECONDS["case-files"]:
        raise AssertionError("reading took too long")


class _Hidden:
    """Stands for a fact that may not be seen."""

    def __str__(self) -> str:
        raise UnsafeToDiscloseError("hidden")

    __iter__ = __len__ = __bool__ = __getitem__ = __str__


FACTS = {
    "child": {"name": "Rowan", "born_on": dt.date(2025, 3, 14), "items": ["a", "b"], "plan": None, "sex": _Hidden()},
    "children": [{"name": "Rowan", "age": 1}, {"name": "Wren", "age": 11}],
    "today": dt.datetime(2026, 11, 22, 9, 30),
    "yes": True,
    "n": 7,
    "ask": lambda question, item: f"{question} {item}",
}
PLAIN = (str, int, float, dt.date, dict, list, tuple, range, type(None), _Hidden)
_NAMES = "child child.name child.born_on child.items child.plan child.sex children today yes n ask range none true"
_PARTS = ".name .year .items .__class__ .format .__globals__ ['name'] [0] [-1] [1:] [::-1]"
_SIGNS = (
    "( ) [ ] { } , : | . 0 1 7 1000 0.5 'a' 'name' '%s' '{0.__class__}' = == != < > ~ + - * / // % ** {{ }} {% %} {#"
)
_TURNS = (
    " and , or , not , in , is , if , else , is defined , is none , is mapping ,set x = ,for x in ,endfor,endif,m(),"
)
_TAGS = "else,loop.index,loop.cycle(,macro m(),endmacro,recursive"
RANGE = expressions.make_environment().globals["range"]
WORDS = [
    *_NAMES.split(),
    *_PARTS.split(),
    *_SIGNS.split(),
    *(_TURNS + _TAGS).split(","),
    *(f"|{name}" for name in expressions.make_environment().filters),
]


def work_out(data: bytes) -> None:
    """An expression gives plain facts and a template text, or it is refused; never anything else, and soon."""
    if not data:
        return
    # Half of the inputs are put together from words of the language, half are read as they are.
    source = (
        "".join(WORDS[one % len(WORDS)] for one in data[1:]) if data[0] % 2 else data[1:].decode("utf-8", "replace")
    )
    started = time.process_time()
    for work in (expressions.evaluate, expressions.fill):
        try:
            found = work(source, FACTS, where="The card")
        except (TemplateError, UnsafeToDiscloseError):
            continue
        known = found is FACTS["ask"] or isinstance(found, PLAIN) or hasattr(found, "__next__")
        if not (known or found is RANGE):
            raise AssertionError(f"a template got hold of a {type(found).__name__}")
    if time.process_time() - started > MOST_SECONDS["expressions"]:
        raise AssertionError("working out took too long")


SECTIONS = (BundleSection("preliminary", "A", "Preliminary"), BundleSection("statements", "C", "Statements"))


def number(data: bytes) -> None:
    """Any ledger is refused or numbers any papers: each page once, in order, and none that was filed ever moves."""
    at = data.find(b"\0")
    ledger = _read_ledger(data if at < 0 else data[:at])
    given = atheris.FuzzedDataProvider(b"" if at < 0 else data[at + 1 :])
    for _ in range(given.ConsumeIntInRange(0, 4)):
        ledger = _file_a_round(ledger, given)


def _read_ledger(content: bytes) -> Ledger | None:
    file = _SCRATCH / "ledger.json"
    file.write_bytes(content)
    try:
        ledger = read_ledger(file)
    except CannotReadError:
        return None
    write_ledger(ledger, file)
    if read_ledger(file) != ledger:
        raise AssertionError("a ledger does not come back as it was written")
    # Behind page 999,999, and behind the late page zzz, there are no labels: no bundle comes near them.
    keys = [read_label(page.label)[1] for paper in ledger.papers for page in paper.pages]
    return None if any(part > 17_000 for key in keys for part in key) else ledger


def _file_a_round(ledger: Ledger | None, given: Any) -> Ledger | None:
    filed = ledger.papers if ledger else ()
    entries, sources = [], {}
    for place in range(given.ConsumeIntInRange(1, 8)):
        old = filed[given.ConsumeIntInRange(0, len(filed) - 1)] if filed and given.ConsumeBool() else None
        pages = len(old.pages) if old and given.ConsumeBool() else given.ConsumeIntInRange(1, 60)
        digest = old.sha256 if old and given.ConsumeBool() else f"{given.ConsumeIntInRange(0, 9):064x}"
        section = given.PickValueInList([one.id for one in SECTIONS])
        if old and given.ConsumeBool():
            section = next((one.id for one in SECTIONS if one.letter == old.section), section)
        entry = BundlePaper(
            f"Paper {given.ConsumeIntInRange(0, 3)}",
            section,
            Path(f"{place}.pdf"),
            dated=dt.date(2026, 1, given.ConsumeIntInRange(1, 31)) if given.ConsumeBool() else None,
            id=old.id if old else given.PickValueInList(["", f"paper-{given.ConsumeIntInRange(0, 20)}"]),
            may_replace=given.ConsumeBool(),
            withdrawn="By order." if old and given.ConsumeBool() else "",
        )
        entries.append(entry)
        sources[entry.pdf] = OpenedPdf(cast("Any", None), pages, digest)
    try:
        arranged = arrange_papers(SECTIONS, entries)
    except BundleError:
        return ledger
    style = given.PickValueInList(["lettered", "at the end"])
    numbering = number_arranged(arranged, sources, ledger, style, dt.date(2026, 11, 22))
    if ledger:
        labels = {page.label: paper.id for paper in numbering.ledger.papers for page in paper.pages}
        for paper in filed:
            if any(labels[page.label] != paper.id for page in paper.pages):
                raise AssertionError("a filed page moved")
    for section in SECTIONS:
        keys = [
            read_label(page.label)[1]
            for paper in numbering.ledger.papers
            if paper.section == section.letter
            for page in paper.pages
        ]
        if keys != sorted(set(keys)):
            raise AssertionError("labels are not in order, or one is there twice")
    if any((one.change is FilingChange.REFUSED) != bool(one.problem) for one in numbering.papers):
        raise AssertionError("a paper is refused without a reason")
    write_ledger(numbering.ledger, file := _SCRATCH / "after.json")
    if read_ledger(file) != numbering.ledger:
        raise AssertionError("a ledger does not come back as it was written")
    return numbering.ledger


def _words_of(model: Any, seen: set[Any]) -> Iterator[str]:
    for key, info in fields_of(model).items():
        yield key
        for arm in (info.annotation, *getattr(info.annotation, "__args__", ())):
            yield from (word.value for word in arm) if hasattr(arm, "__members__") else ()
        inner = model_of(info.annotation)
        if inner and inner not in seen:
            seen.add(inner)
            yield from _words_of(inner, seen)


def _seeds_of_cases() -> Iterator[bytes]:
    for file in [*HERE.parents[1].glob("corpora/good/*.yaml"), *HERE.parents[1].glob("corpora/bad/*.yaml")]:
        yield file.read_bytes()
    for file in ROOT.glob("data/cases/*/case.yaml"):
        # A whole sample is too long to be changed often; its head and its tail with a head before it are not.
        content = file.read_bytes()
        head = content[: content.find(b"\n", 3000)]
        yield head
        parts = content.split(b"\n\n")
        yield from (b"\n\n".join(parts[:1] + parts[place : place + 3]) for place in range(1, len(parts), 3))


def _seeds_of_expressions() -> Iterator[bytes]:
    for file in ROOT.glob("templates/*.yaml"):
        for line in file.read_text("utf-8").splitlines():
            yield b"\0" + line.partition(": ")[2].strip("\"'").encode()
    for place in range(len(WORDS)):
        yield bytes([1, place % 256, (place * 7) % 256, (place * 3) % 256])


def _seeds_of_ledgers() -> Iterator[bytes]:
    for labels in (["C1", "C2"], ["C1", "C1a", "C1.1"], ["C0a", "C1"], ["C1", "C1a1", "C2"]):
        pages = [{"label": label, "round": 1} for label in sorted(labels, key=lambda one: read_label(one)[1])]
        paper = {"id": "one", "title_sha256": "0" * 64, "section": "C", "sha256": "1" * 64, "pages": pages}
        facts = {"version": 1, "rounds": [{"round": 1, "on": "2026-11-02"}], "papers": [paper]}
        yield json.dumps(facts).encode() + b"\0" + bytes(range(200, 256)) * 4


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], Iterator[bytes]], Callable[[], Iterator[str]], int]] = {
    "case-files": (read_case, _seeds_of_cases, lambda: _words_of(Case, {Case}), 6000),
    "expressions": (work_out, _seeds_of_expressions, lambda: iter([one for one in WORDS if one.isascii()]), 300),
    "ledgers": (
        number,
        _seeds_of_ledgers,
        lambda: iter(["rounds", "papers", "pages", "label", "withdrawn", "replaced", "section"]),
        2000,
    ),
}
"""What can be fuzzed: the harness, the inputs to start from, the words of its language, the longest input."""

_SCRATCH = Path(os.environ.get("FUZZ_SCRATCH", ""))


def main() -> None:
    """Fuzz one target for some minutes."""
    target, minutes, folder = (*sys.argv[1:4], *("", "15", "")[len(sys.argv) - 1 :])[:3]
    run, seeds, words, longest = TARGETS[target]
    corpus = Path(folder) if folder else _SCRATCH / "corpus"
    begin, known = _SCRATCH / "seeds", _SCRATCH / "words"
    for path in (corpus, begin):
        path.mkdir(parents=True, exist_ok=True)
    for place, content in enumerate(seeds()):
        (begin / str(place)).write_bytes(content)
    said = {word.replace("\\", "\\\\").replace('"', '\\"') for word in words() if word}
    known.write_text("".join(f'"{word}"\n' for word in sorted(said)), "utf-8")
    # Waiting for the disk at each ledger would take all the time, and nothing of it is to be kept.
    os.fsync = lambda fd: None
    # Compiled expressions are kept on the disk, which would fill it here.
    expressions._kept_code = lambda: None  # type: ignore[assignment]
    limits = [
        f"-max_total_time={round(float(minutes) * 60)}",
        f"-max_len={longest}",
        "-timeout=60",
        "-rss_limit_mb=2048",
    ]
    atheris.Setup([sys.argv[0], *limits, f"-dict={known}", str(corpus), str(begin)], run)
    atheris.Fuzz()


def run_in_scratch() -> int:
    """Fuzz in a process of its own: it ends without tidying up after itself."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=memory) as scratch:
        command = [sys.executable, *sys.argv]
        return subprocess.run(command, env=os.environ | {"FUZZ_SCRATCH": scratch}, check=False).returncode


if __name__ == "__main__":
    if os.environ.get("FUZZ_SCRATCH"):
        main()
    else:
        sys.exit(run_in_scratch())
