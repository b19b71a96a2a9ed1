"""The order of work: load, check, plan, write, convert, admit, assemble. Read it from top to bottom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import shipped
from generator.case import LoadedCase, load_case
from generator.check import CaseCheck, check_case
from generator.document import PaperTemplate, load_templates
from generator.errors import CannotReadError
from generator.output import open_output
from generator.pipeline.filing import DEFAULT_LAYOUT, BundleReport, make_bundle
from generator.pipeline.papers import PaperResult, PapersReport, Progress, make_papers
from generator.plan import plan_documents

__all__ = [
    "BuildReport",
    "BundleReport",
    "PaperResult",
    "PapersReport",
    "build_bundle",
    "build_papers",
    "check",
    "find_templates",
]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, and in which folder."""

    folder: Path
    papers: PapersReport


def find_templates(folders: Sequence[Path] = ()) -> dict[str, PaperTemplate]:
    """Every paper there is: an authority's own folders first, then those that come with the product."""
    return load_templates([*folders, shipped.TEMPLATES])


def check(given: Path, on: dt.date, folders: Sequence[Path] = ()) -> CaseCheck:
    """What is missing in each paper that a case calls for. Raises CannotReadError where the case cannot be read."""
    loaded = load_case(given)
    planned = plan_documents(loaded.case, find_templates(folders), on)
    return check_case(loaded.case, planned)


def build_papers(
    given: Path,
    on: dt.date,
    *,
    output: Path | None = None,
    codes: Sequence[str] = (),
    folders: Sequence[Path] = (),
    word_only: bool = False,
    progress: Progress = lambda _what, _done, _all: None,
) -> BuildReport:
    """Make all papers of a case, or those with the given codes, as Word files and PDFs."""
    loaded = load_case(given)
    templates = _choose(find_templates(folders), codes)
    planned = plan_documents(loaded.case, templates, on)
    with open_output(output_folder(loaded, output)) as folder:
        papers = make_papers(planned, folder, on, word_only=word_only, progress=progress)
        folder.deliver()
        return BuildReport(folder.path, papers)


def output_folder(loaded: LoadedCase, output: Path | None) -> Path:
    """Where a case's papers go: the folder asked for, else output/ and the name of the case folder."""
    name = loaded.folder.resolve().name if loaded.file.name == "case.yaml" else loaded.file.stem
    return output or Path("output") / name


def _choose(templates: dict[str, PaperTemplate], codes: Sequence[str]) -> dict[str, PaperTemplate]:
    unknown = [code for code in codes if code not in templates]
    if unknown:
        import difflib

        near = difflib.get_close_matches(unknown[0], templates, 1)
        hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(sorted(templates))}."
        raise CannotReadError(f"There is no paper with the code {unknown[0]}.{hint}")
    return {code: template for code, template in templates.items() if not codes or code in codes}


def build_bundle(
    given: Path,
    on: dt.date,
    *,
    output: Path | None = None,
    folders: Sequence[Path] = (),
    layout: Path | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> BundleReport:
    """Make the court bundle of a case: its papers for the court, and the evidence, as one PDF."""
    loaded = load_case(given)
    planned = plan_documents(loaded.case, find_templates(folders), on, for_bundle=True)
    with open_output(output_folder(loaded, output)) as folder:
        papers = make_papers(planned, folder, on, progress=progress)
        report = make_bundle(loaded, papers, folder, on, layout or shipped.BUNDLE_LAYOUTS / DEFAULT_LAYOUT, progress)
        folder.deliver()
        return report
