"""The result of a conversion: PDF files, and failures with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.base.errors import ConversionError, Problem


@dataclass(frozen=True, slots=True)
class ConvertedFile:
    """A PDF that was made, opened again and counted. `warnings` are sentences the reader should see."""

    word: Path
    pdf: Path
    pages: int
    converter: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A Word file that has no PDF, and the error that says why and what to do."""

    word: Path
    error: ConversionError


@dataclass(frozen=True, slots=True)
class ConversionResult:
    """Everything that was submitted, each once, in the order of submission."""

    files: tuple[ConvertedFile, ...] = ()
    failures: tuple[FailedFile, ...] = ()

    def raise_failures(self) -> None:
        """Raise one ConversionError that tells every failure at once; return quietly when there is none."""
        if len(self.failures) == 1:
            raise self.failures[0].error
        if self.failures:
            problems = [problem for failure in self.failures for problem in failure.error.problems]
            raise ConversionError(f"{len(self.failures)} papers could not be turned into PDF.", tuple(problems))


def name_failure(word: Path, says: str, remedy: str) -> ConversionError:
    """The error for one paper: its file name (never its folder or content), what is wrong, and the way out."""
    sentence = f"{word.name} could not be turned into PDF: {says}."
    return ConversionError(sentence, (Problem(code="W001", says=sentence, remedy=remedy),))
