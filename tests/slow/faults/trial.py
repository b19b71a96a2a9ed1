"""One trial: a real command of the product meets a fault at one step, and then the next run has to be whole."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from injection import KILL, Injection

FATHER = "Zebedee Quillfeather"
"""A name that only the case file knows: no message may say it."""
CASE = f"""\
reference: R1
authority: {{name: Hartsmere Council}}
procedure: %(procedure)s
children:
  - {{id: rowan, name: {{given: %(name)s, family: Quillfeather}}, born_on: 14 March 2025}}
court:
  name: Family Court at Hartsmere
  case_number: ZZ26C50960
  hearings: [{{kind: final, at: "4 January 2027, 10am"}}]
  parties: [{{name: {FATHER}, capacity: First respondent (father)}}]
%(evidence)s"""
EVIDENCE = """\
evidence:
  - {id: anna, file: anna.pdf, title: Statement, dated: 2 November 2026, bundle_section: statements}
"""
LATE = "  - {id: late, file: late.pdf, title: Late statement, dated: 3 November 2026, bundle_section: statements}\n"
WAITS = "is finished first"
"""What is said where a delivery could be neither finished nor undone, and waits for the next run."""
_OURS = re.compile(r"\.permanence-work-.*|\.permanence\.lock|.*\.part|.*\.new")


@dataclass(frozen=True)
class Scene:
    """A case with an old output, and the command that meets the fault."""

    name: str
    arguments: tuple[str, ...]
    folder: Path

    @property
    def case(self) -> Path:
        return self.folder / "case"

    @property
    def old(self) -> Path:
        return self.folder / "old"


@dataclass
class Outcome:
    """What came of one trial; `wrong` says what must not be."""

    scene: str
    fault: str
    step: int
    call: str
    code: int
    message: str
    is_old_whole: bool
    left: int
    is_next_whole: bool
    wrong: list[str] = field(default_factory=list)


def make_scene(name: str, folder: Path) -> Scene:
    """An old output, made by the product, and facts that have changed since."""
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    case = folder / "case"
    case.mkdir(parents=True)
    for paper in ("anna", "late"):
        canvas = Canvas(str(case / f"{paper}.pdf"), invariant=1)
        canvas.drawString(72, 700, f"What {paper} says")
        canvas.save()
    # No paper of the product is filed under the Scottish process, so that no bundle here waits for LibreOffice.
    if name == "bundle":
        before = {"procedure": "scotland-pace", "name": "Rowan", "evidence": EVIDENCE}
        now, arguments = {**before, "evidence": EVIDENCE + LATE}, ["bundle"]
    else:
        before = {"procedure": "hertfordshire-2024", "name": "Rowan", "evidence": ""}
        now, arguments = {**before, "name": "Bryony"}, ["build", "--word-only"]
    scene = Scene(name, tuple(arguments), folder)
    (case / "case.yaml").write_text(CASE % before, encoding="utf-8")
    code, said, _ = run(scene, scene.old)
    if code:
        raise RuntimeError(said)
    if name == "build":
        _edit(scene.old / "papers" / "permanence-plan-rowan.docx")
    (case / "case.yaml").write_text(CASE % now, encoding="utf-8")
    return scene


def _edit(word: Path) -> None:
    from docx import Document

    document = Document(str(word))
    document.add_paragraph("By hand")
    document.save(str(word))


def run(scene: Scene, output: Path, injection: Injection | None = None) -> tuple[int, str, list[str]]:
    """The exit code (or the signal, negative), what was said, and the calls that were made.

    The command runs in a process of its own, split off from this one, which has imported everything already.
    """
    with tempfile.TemporaryFile(dir=scene.folder) as told, tempfile.TemporaryFile(dir=scene.folder) as listed:
        child = os.fork()
        if child == 0:
            _become(scene, output, injection, told.fileno(), listed.fileno())
        _, status = os.waitpid(child, 0)
        told.seek(0)
        listed.seek(0)
        calls = listed.read().decode()
        return os.waitstatus_to_exitcode(status), told.read().decode(), json.loads(calls) if calls else []


def _become(scene: Scene, output: Path, injection: Injection | None, told: int, listed: int) -> None:
    code = 70
    try:
        os.dup2(told, 1)
        os.dup2(told, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
        os.environ["TMPDIR"] = str(scene.folder)
        tempfile.tempdir = None
        words = [scene.arguments[0], str(scene.case), *scene.arguments[1:], "-o", str(output), "--on", "2026-11-22"]
        sys.argv = ["permanence", *words, "--plain"]
        from generator.cli import run as command

        write = os.write
        if injection:
            injection.install()
        try:
            command()
        except SystemExit as left:
            code = int(left.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
        if injection:
            write(listed, json.dumps(injection.calls).encode())
    finally:
        os._exit(code)


def list_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file, by name; without the memory of the last build, which is another after two builds."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "last-build.json"
    }


def list_left(folder: Path) -> list[str]:
    """Temporary files and folders of the product."""
    return [path.name for path in folder.rglob("*") if _OURS.fullmatch(path.name)] if folder.exists() else []


def count_calls(scene: Scene) -> list[str]:
    """Every call that the command makes when nothing goes wrong."""
    with _copied(scene) as output:
        return run(scene, output, Injection(output, KILL))[2]


def expect(scene: Scene) -> dict[str, str]:
    """What the output holds when nothing goes wrong."""
    with _copied(scene) as output:
        code, said, _ = run(scene, output)
        if code:
            raise RuntimeError(said)
        return list_files(output)


@contextlib.contextmanager
def _copied(scene: Scene) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="trial-", dir=scene.folder))
    try:
        shutil.copytree(scene.old, place / "out")
        yield place / "out"
    finally:
        shutil.rmtree(place)


def meet_fault(scene: Scene, fault: str, step: int, wanted: dict[str, str], *, lasting: bool = False) -> Outcome:
    """Have the command meet the fault at a step, look at what is left, run it again and look once more."""
    with _copied(scene) as output:
        before = list_files(output)
        code, said, calls = run(scene, output, Injection(output, fault, step, lasting))
        after = list_files(output)
        left = [] if fault == KILL else list_left(output)
        # From the very same files the next run makes the very same output: that was seen once already.
        is_untouched = after == before and not list_left(output)
        again, said_again = (0, "") if is_untouched else run(scene, output)[:2]
        finished = wanted if is_untouched else list_files(output)
        found = Outcome(
            scene.name,
            fault + (", lasting" if lasting else ""),
            step,
            calls[step - 1] if len(calls) >= step else "",
            code,
            " ".join(said.split())[-300:],
            is_old_whole=_is_whole(before, after, wanted, is_cut=fault == KILL or WAITS in said),
            # Where removing is what fails, or the rest waits for the next run, something has to stay.
            left=0 if WAITS in said or (len(calls) >= step and calls[step - 1].startswith("remove")) else len(left),
            is_next_whole=again == 0 and not list_left(output) and finished == wanted,
        )
        found.wrong = [*_judge(found, said, before, finished)]
        if again:
            found.wrong.append(f"the next run left with {again}: {' '.join(said_again.split())[-200:]}")
        return found


def _is_whole(before: dict[str, str], after: dict[str, str], wanted: dict[str, str], *, is_cut: bool) -> bool:
    """Whether the output is the old one or the new one; where it was cut, whether every old file is still somewhere."""
    ours = {name: digest for name, digest in after.items() if not name.startswith(".permanence")}
    if is_cut:
        ledgers = {"record.yaml", "filed.json", "bundle-report.json"}
        kept = {digest for name, digest in before.items() if name not in ledgers}
        return kept <= {*after.values()}
    return ours in (before, wanted)


def _judge(found: Outcome, said: str, before: dict[str, str], finished: dict[str, str]) -> Iterator[str]:
    if "Quillfeather" in said or "Bryony" in said:
        yield "a message says what the case file holds"
    if "Traceback" in said or "fault of the program" in said:
        yield "it broke down"
    if not found.is_old_whole:
        yield "the old output is not whole"
    if found.left:
        yield f"{found.left} temporary files are left"
    if not found.is_next_whole:
        yield "the next run is not whole"
    if not {*before.values()} - {_digest_of_record(before)} <= {*finished.values(), *_allowed(before)}:
        yield "an old file is lost"
    if found.fault.startswith(KILL):
        if found.code not in {-9, 0}:
            yield f"it left with {found.code}"
    elif found.code not in {0, 4}:
        yield f"it left with {found.code}"
    elif found.code == 4 and not re.search(r"[Bb]uild again|[Cc]hoose another place|shorter|make room|Close it", said):
        yield "the message gives no way out"


def _digest_of_record(files: dict[str, str]) -> str:
    return files.get("record.yaml", "")


def _allowed(before: dict[str, str]) -> set[str]:
    """Lists that every run writes anew, and copies that follow the paper."""
    return {digest for name, digest in before.items() if name.startswith("earlier/as-made/")}


SCENES = ("build", "bundle")
