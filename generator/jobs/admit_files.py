"""Files on their way into a PDF of many: each looked at and made harmless, Word files converted on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.convert.conversion import convert_documents
from generator.evidence.admit import admit_evidence, quarantine_evidence
from generator.evidence.results import AdmittedEvidence, EvidenceResult, WordEvidence, join_word
from generator.workspace.folder import OutputFolder


def admit_files(
    files: Sequence[Path],
    folder: OutputFolder,
    name: str,
    *,
    may_stay: Sequence[frozenset[str]] = (),
    strict: bool = False,
) -> list[EvidenceResult]:
    """One result for each file, in the order given; Word files have been converted.

    `name` tells these files from others of the same build. `may_stay` and `strict` are those of `admit_evidence`.
    """
    results = list(admit_evidence(files, make_private(folder, f"{name}-admitted"), may_stay=may_stay, strict=strict))
    words = {number: result for number, result in enumerate(results) if isinstance(result, WordEvidence)}
    if not words:
        return results
    outcome = convert_documents([result.docx for result in words.values()], make_private(folder, f"{name}-pdfs"))
    pdfs = {file.word: file.pdf for file in outcome.files}
    if strict:
        outcome.raise_failures()
    made = [number for number, word in words.items() if word.docx in pdfs]
    again = admit_evidence(
        [pdfs[words[number].docx] for number in made], make_private(folder, f"{name}-words"), strict=strict
    )
    for number, result in zip(made, again, strict=True):
        results[number] = join_word(words[number], result)
    apart = make_private(folder, f"{name}-apart")
    for number, word in words.items():
        if word.docx not in pdfs:
            says = "The Word file could not be turned into a PDF"
            results[number] = quarantine_evidence(
                word.source, apart / f"{number}.pdf", says, "save it as PDF in Word", sha256=word.sha256
            )
    return results


def make_private(folder: OutputFolder, name: str) -> Path:
    """A new private folder for this build alone."""
    private = folder.work / name
    private.mkdir(mode=0o700)
    return private


def list_warnings(result: AdmittedEvidence) -> Iterator[str]:
    """What to know about a file that was admitted, or about the page that stands in its place."""
    if result.problem:
        yield f"A page stands in its place. {result.problem.says}. Try: {result.problem.remedy}"
    yield from result.warnings
