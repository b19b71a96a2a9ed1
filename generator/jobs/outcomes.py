"""What is done with one paper: written, replaced, left alone, kept, or laid beside with a report of what differs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.base.cache.ingredients import identify_product
from generator.base.digests import digest_of
from generator.base.errors import Problem
from generator.disclosure.lens import Withheld
from generator.jobs.locked_papers import LockedPapers
from generator.papers.card import ConvertedDocument, PlannedDocument
from generator.papers.plan import working_name
from generator.papers.used_facts import select_facts
from generator.papers.word.word_diff import (
    WordingChange,
    WordingChangeKind,
    compare_wordings,
    has_unsettled_changes,
    read_wording,
    says_the_same,
)
from generator.workspace.folder import FileStanding, OutputFolder
from generator.workspace.record import Origin

PAPERS = "papers"
COURT_COPIES = "court-copies"

TRACKED = (
    "It has tracked changes, and a PDF would show what was struck out. "
    "Any PDF beside it is older. Accept or reject the changes in Word, save, and build again."
)


@dataclass(frozen=True, slots=True)
class Differences:
    """What a version that was laid beside says otherwise, paragraph by paragraph, and the file that tells it all."""

    changes: tuple[WordingChange, ...] = field(repr=False)
    report: Path
    report_text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaperResult:
    """One paper after the build. `action` is written, replaced, unchanged, kept or laid beside; `note` says more.

    `is_weighed` says that another version was made, and that what stood there stayed.
    """

    planned: PlannedDocument
    word: Path
    action: str
    pdf: Path | None = None
    pages: int = 0
    beside: Path | None = None
    note: str = ""
    differences: Differences | None = None
    is_weighed: bool = False

    @property
    def converted(self) -> ConvertedDocument | None:
        """The paper with its PDF, where it has one."""
        return ConvertedDocument(self.planned, self.word, self.pdf, self.pages) if self.pdf else None


@dataclass
class PaperTask:
    """One paper on its way. `made` is the new Word file, where one has to be made; `stays` why none may replace it.

    `is_locked` says that it is signed off or filed, `searched` what was searched and came out clean, `converter` what
    would make its PDF now, where that counts.
    """

    planned: PlannedDocument
    name: str
    inputs: str
    standing: FileStanding
    stays: str = ""
    is_locked: bool = False
    made: Path | None = None
    leaks: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    searched: str = ""
    action: str = ""
    pdf_of: str = ""
    converter: str = ""

    @property
    def pdf_name(self) -> str:
        """Where its PDF stands."""
        return f"{self.name.removesuffix('.docx')}.pdf"

    @property
    def must_render(self) -> bool:
        """Whether a new Word file has to be made, if only to see whether it says anything new."""
        return self.standing in {FileStanding.MISSING, FileStanding.OUTDATED, FileStanding.EDITED_AND_OUTDATED}

    @property
    def takes_place(self) -> bool:
        """Whether the new Word file goes where the paper stands."""
        return self.action in {"written", "replaced"}


def name_of(planned: PlannedDocument) -> str:
    """Where a paper's Word file stands in the output folder."""
    folder = COURT_COPIES if planned.for_bundle and planned.name != working_name(planned.name) else PAPERS
    return f"{folder}/{planned.word_name}"


def digest_inputs(planned: PlannedDocument) -> str:
    """The SHA-256 of all that a paper is made from: the facts it can use, its answers, its template, the product."""
    answers = [[*key, answer.text, answer.asks, answer.source] for key, answer in planned.answers.items()]
    parts: list[Any] = [identify_product(), planned.template.digest, planned.title, select_facts(planned), answers]
    return hashlib.sha256(
        json.dumps(parts, default=_format_fact, sort_keys=True).encode("utf-8", "surrogatepass")
    ).hexdigest()


def _format_fact(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return "withheld" if isinstance(value, Withheld) else str(value)


def judge_paper(planned: PlannedDocument, folder: OutputFolder, locked: LockedPapers, converter: str) -> PaperTask:
    """The task of one paper, before anything is made. `converter` is what would make its PDF now.

    Raises FileBusyError where one to be replaced is open.
    """
    name, inputs = name_of(planned), digest_inputs(planned)
    standing = folder.standing(name, inputs)
    why = locked.why(planned, folder.written.get(name))
    stays = why if standing is FileStanding.OUTDATED else ""
    if standing is FileStanding.OUTDATED and not stays:
        folder.refuse_if_open(name)
    action = {FileStanding.CURRENT: "unchanged", FileStanding.EDITED: "kept"}.get(standing, "")
    return PaperTask(planned, name, inputs, standing, stays, bool(why), action=action, converter=converter)


def decide(task: PaperTask, folder: OutputFolder) -> None:
    """Decide what to do with a paper whose new Word file is made. The same words are never laid beside each other."""
    if task.made is None:
        return
    word = folder.path / task.name
    if task.standing is FileStanding.MISSING:
        task.action = "written"
    elif digest_of(task.made) == digest_of(word):
        task.action = "unchanged"
    elif task.standing is FileStanding.OUTDATED and not task.stays:
        task.action = "replaced"
    else:
        before = folder.as_made(task.name)
        is_said = says_the_same(task.made, word) or (before is not None and says_the_same(task.made, before))
        task.action = ("unchanged" if task.stays else "kept") if is_said else "laid beside"


def needs_pdf(task: PaperTask, folder: OutputFolder) -> bool:
    """Whether a PDF has to be made: there is none, or it was made from another Word file or by other means.

    One that was signed off, filed or changed by hand stays when only LibreOffice or the fonts have changed.
    """
    if task.takes_place or (not task.action and task.standing in {FileStanding.MISSING, FileStanding.OUTDATED}):
        return True
    known, pdf = folder.written.get(task.pdf_name), folder.path / task.pdf_name
    if not (known and pdf.exists() and known.made_from == digest_of(folder.path / task.name)):
        return True
    is_same = not task.converter or known.origin.converter == task.converter
    return not is_same and not task.is_locked and digest_of(pdf) == known.sha256


def take_pdf_source(task: PaperTask, folder: OutputFolder, stage: Path) -> Path | None:
    """The Word file whose PDF counts, in the private folder: a person's where theirs stays, unless changes are open."""
    if task.takes_place and task.made:
        task.pdf_of = digest_of(task.made)
        return task.made
    # What is converted is also what is remembered, even when somebody saves the paper meanwhile.
    copy = stage / f"kept-{task.planned.name}.docx"
    copy.write_bytes((folder.path / task.name).read_bytes())
    task.pdf_of = digest_of(copy)
    return None if has_unsettled_changes(copy) else copy


def place_paper(task: PaperTask, folder: OutputFolder, pdf: tuple[Path, int] | None) -> PaperResult:
    """Place a paper and its PDF in the output folder, where they arrive when the build is done."""
    word = folder.path / task.name
    origin = replace(
        folder.origin,
        template=task.planned.code,
        template_sha256=task.planned.template.digest,
        draft="yes" if task.planned.draft else "no",
    )
    beside, differences = None, None
    is_weighed = task.made is not None and not task.takes_place and digest_of(task.made) != digest_of(word)
    if task.made and not is_weighed:
        arrives = folder.place(task.made, task.name, task.inputs, origin=origin, keep_copy=True)
        # Somebody may have saved a file there since it was looked at.
        task.action, beside = (task.action, None) if arrives == word else ("laid beside", arrives)
    elif task.made:
        folder.keep(task.name, task.inputs)
        if task.action == "laid beside":
            beside = folder.path / folder.beside(task.name)
            differences = _report_differences(task, folder, beside, origin)
            folder.lay(task.made, beside.relative_to(folder.path).as_posix(), task.inputs, origin=origin)
    if task.searched:
        folder.remember_search(task.name, task.searched)
    note = _write_note(task, folder, beside, differences)
    target = folder.path / task.pdf_name
    if pdf:
        made_by = replace(origin, converter=task.converter)
        arrives = folder.place(pdf[0], task.pdf_name, task.inputs, made_from=task.pdf_of, origin=made_by)
        if arrives != target:
            note = f"{note} Its PDF was changed by hand and is kept; the new one is {arrives.name}.".strip()
        return PaperResult(task.planned, word, task.action, arrives, pdf[1], beside, note, differences, is_weighed)
    current = target.exists() and not task.takes_place and not needs_pdf(task, folder)
    place = target if current else None
    return PaperResult(task.planned, word, task.action, place, 0, beside, note, differences, is_weighed)


def _report_differences(task: PaperTask, folder: OutputFolder, beside: Path, origin: Origin) -> Differences | None:
    """What the new version says otherwise, in a file beside it; nothing where one of the files cannot be read."""
    word, copy = folder.path / task.name, folder.as_made(task.name)
    yours, now = read_wording(word), read_wording(task.made) if task.made else None
    before = read_wording(copy) if copy else yours
    if yours is None or now is None or before is None:
        return None
    changes = compare_wordings(before, now, yours)
    name = beside.with_name(f"{beside.stem} - what differs.txt")
    text = _write_report(changes, word.name, beside.name, has_copy=copy is not None)
    made = folder.work / f"{task.planned.name}-differs.txt"
    made.write_text(text, encoding="utf-8")
    relative = name.relative_to(folder.path).as_posix()
    return Differences(changes, folder.lay(made, relative, task.inputs, origin=origin), text)


def _write_report(changes: Sequence[WordingChange], word: str, beside: str, *, has_copy: bool) -> str:
    compared = (
        f"What was made before is compared with {beside}. Paragraphs are those of {word}."
        if has_copy
        else f"No copy of what was made before is kept, so {word} itself is compared with {beside}."
    )
    lines = [f"What differs between {word} and {beside}", compared, _count(changes), ""]
    for one in changes:
        place = f"Paragraph {one.number}" if one.number else "A paragraph that is not in your version"
        if one.kind is WordingChangeKind.NEW:
            place = f"New, after paragraph {one.number}" if one.number else "New, at the start"
        under = f", under “{one.under}”" if one.under else ""
        lines.append(f"{place}{under}{' (you changed it too)' if one.by_hand else ''}")
        said = (("before", one.before), ("now", one.now or "(gone)"), ("yours", one.yours if one.by_hand else ""))
        lines += [f"  {label + ':':<8}{words}" for label, words in said if words] + [""]
    return "\n".join(lines)


def _count(changes: Sequence[WordingChange]) -> str:
    counts = [(sum(one.kind is kind for one in changes), kind.value) for kind in WordingChangeKind]
    by_hand = sum(one.by_hand for one in changes)
    said = ", ".join(f"{count} {kind}" for count, kind in counts if count) or "none"
    return f"Paragraphs: {said}; {by_hand} of them you changed too." if by_hand else f"Paragraphs: {said}."


def _write_note(task: PaperTask, folder: OutputFolder, beside: Path | None, differences: Differences | None) -> str:
    word = folder.path / task.name
    said: list[str] = []
    if beside:
        said.append(f"{task.stays or 'Your changes are kept'}. The version from the new facts is {beside.name}.")
        if differences:
            numbers = ", ".join(dict.fromkeys(str(one.number) for one in differences.changes if one.number))
            said.append(_count(differences.changes))
            said += [f"Look at your paragraphs {numbers}."] if numbers else []
            said.append(f"The words are in {differences.report.name}.")
    elif task.action == "kept":
        before = folder.as_made(task.name)
        is_same = before is not None and says_the_same(before, word)
        said.append("Saved again, same words." if is_same else "Changed by hand since it was made, and kept.")
    is_edited = task.standing in {FileStanding.EDITED, FileStanding.EDITED_AND_OUTDATED} and task.action != "unchanged"
    if is_edited and has_unsettled_changes(word):
        said.append(TRACKED)
    return " ".join(said)
