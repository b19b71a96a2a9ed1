"""Whether a build would make nothing: told without loading the case. Imports as little as can be, for speed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.base.cache.ingredients import BuildQuestion
from generator.base.cache.last_build import LastBuild, recall_build
from generator.base.paths import find_case_file
from generator.jobs.run import Run


def question_of(file: Path, run: Run, codes: Sequence[str], *, word_only: bool) -> BuildQuestion:
    """What a build of this case file is asked for, as the record of the last build knows it."""
    return BuildQuestion(file, run.on.isoformat(), run.made_on.isoformat(), tuple(codes), word_only, run.search_path)


def recall_unchanged(
    given: Path, run: Run, codes: Sequence[str] = (), *, word_only: bool = False
) -> tuple[LastBuild, Path] | None:
    """What the last build said, and its folder, where this one would make nothing and say the same; else None."""
    try:
        file = find_case_file(given)
        folder = run.folder_of(file)
    except OSError:
        return None
    known = recall_build(question_of(file, run, codes, word_only=word_only), folder)
    return (known, folder) if known else None
