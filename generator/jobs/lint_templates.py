"""The job `templates check`: templates read for mistakes, then tried with papers of invented families."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base import resources
from generator.base.errors import CannotReadError, Level, TemplateError, UnsafeToDiscloseError
from generator.base.resources import NO_OWN_FOLDERS, SearchPath
from generator.case.load import load_case
from generator.papers.card import HOUSE_STYLE, Card, PaperTemplate, PlannedDocument, find_house_style, load_template
from generator.papers.facts.declare import DeclaredNames
from generator.papers.facts.paper import describe_paper, list_copies_of
from generator.papers.facts.rules import list_declared_names
from generator.papers.lint.annotate import annotate
from generator.papers.lint.asked import find_withheld
from generator.papers.lint.check import check_card, check_facts, check_word
from generator.papers.lint.findings import TemplateFinding, Where
from generator.papers.lint.mend import mend
from generator.papers.lint.promised import find_procedures
from generator.papers.lint.wordparts import WordFile, open_word
from generator.papers.plan import plan_documents
from generator.papers.render.document import list_sources, render_document
from generator.papers.word.template_safety import check_template
from generator.rules.judging.judge import Compliance
from generator.rules.procedures.model import Procedure
from generator.rules.rulebook import judge, load_all

if TYPE_CHECKING:
    Judged = Sequence[tuple[Path, Compliance]]


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """What was found in one template. `tried` is how many papers of invented families were written for a trial."""

    path: Path
    findings: tuple[TemplateFinding, ...]
    tried: int = 0


def check_templates(files: Sequence[Path], search_path: SearchPath = NO_OWN_FOLDERS) -> tuple[TemplateCheck, ...]:
    """Everything that is wrong with each template, for every paper that it may become, and after a trial.

    Raises CannotReadError where there is no such file.
    """

    @cache
    def judge_samples() -> Judged:
        """The invented families with their answers; worked out only where there is a trial."""
        return tuple((family, judge(load_case(family), SAMPLE_DAY, search_path)) for family in FAMILIES)

    procedures = tuple(load_all(search_path))
    return tuple(_check(path, procedures, judge_samples) for path in files)


def _check(path: Path, procedures: Sequence[Procedure], judge_samples: Callable[[], Judged]) -> TemplateCheck:
    content = read_template(path)
    try:
        check_template(content, path.name)
        refused: tuple[TemplateFinding, ...] = ()
    except TemplateError as error:
        refused = (TemplateFinding(path.name, "T100", error.summary, Where("file"), _MEND),)
    try:
        word = open_word(content, path.name)
    except TemplateError as error:
        return TemplateCheck(
            path, refused or (TemplateFinding(path.name, "T100", error.summary, Where("file"), _MEND),)
        )
    findings = [*refused, *check_word(word)]
    card, mistakes = _find_card(path)
    if card is None:
        return TemplateCheck(path, (*findings, *mistakes))
    known = list_declared_names(find_procedures(card, procedures))
    findings += [*check_facts(word, card, known), *check_card(card, known)]
    # What must be put right anyway would only be told once more by papers that cannot be written.
    if any(one.level is Level.MUST for one in findings):
        return TemplateCheck(path, tuple(findings))
    is_house = path.name == HOUSE_STYLE
    house_style = path if is_house else find_house_style([path.parent, resources.TEMPLATES])
    trial = _Trial(
        load_template(resources.TEMPLATES / _LAID_OVER if is_house else path.with_suffix(".yaml"), house_style), word
    )
    findings += trial.run(judge_samples())
    return TemplateCheck(path, tuple(findings), trial.tried)


def read_template(path: Path) -> bytes:
    """The bytes of a template. Raises CannotReadError where there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CannotReadError(f"There is no template {path}") from None
    except OSError as error:
        raise CannotReadError(f"The template {path} cannot be read: {error.strerror}") from None


def _find_card(path: Path) -> tuple[Card | None, tuple[TemplateFinding, ...]]:
    """The card beside a template, or what is wrong with it. The house style stands for any paper of a case."""
    if path.name == HOUSE_STYLE:
        return Card(code=path.stem, title="House style", for_each=("case",), audience="internal"), ()
    file = path.with_suffix(".yaml")
    if not file.is_file():
        says = f"There is no card beside the template: it should be {file.name}"
        remedy = "write it as docs/reference/templates.md says"
        return None, (TemplateFinding(path.name, "T001", says, Where("card"), remedy),)
    try:
        return load_template(file).card, ()
    except CannotReadError as error:
        found = [
            TemplateFinding(file.name, one.code, one.says, Where(str(one.place)), one.remedy) for one in error.problems
        ]
        return None, tuple(found or [TemplateFinding(file.name, "T001", error.summary, Where("card"))])


@dataclass(slots=True)
class _Trial:
    """Papers of one template written for invented families, in a folder that is gone afterwards."""

    template: PaperTemplate
    word: WordFile
    tried: int = 0

    def run(self, judged: Judged) -> list[TemplateFinding]:
        """What went wrong, each once."""
        found: dict[TemplateFinding, None] = {}
        for family, compliance in judged:
            case = load_case(family).case
            for for_bundle in (False, True):
                try:
                    planned = plan_documents(
                        case, compliance, {self.template.card.code: self.template}, for_bundle=for_bundle
                    )
                except UnsafeToDiscloseError as error:
                    found.setdefault(self._explain("D001", error.summary, _OTHER_WORDS))
                except TemplateError as error:
                    found.setdefault(self._explain("T170", error.summary, _TRY_SAMPLE))
                else:
                    found |= dict.fromkeys(self._write(planned))
        return list(found)

    def _write(self, planned: Sequence[PlannedDocument]) -> Iterator[TemplateFinding]:
        try:
            sources = list(list_sources(self.template)) if planned else []
        except TemplateError as error:
            # The house style cannot be laid over it, say: then no paper can be written.
            yield self._explain("T170", error.summary, _TRY_SAMPLE)
            return
        for copy in list_copies_of(self.template.card) if planned else ():
            for asked in find_withheld(sources, describe_paper(self.template.card, copy, DeclaredNames())):
                says = f"The {asked.part} asks for {asked.tag}, which a reader in the audience"
                yield self._explain("D001", f"{says} {copy.audience.value} may not see", _OTHER_WORDS)
        # The first, the last and one between stand for all: they are of the same kind.
        some = dict.fromkeys((0, len(planned) // 2, len(planned) - 1)) if planned else {}
        with tempfile.TemporaryDirectory() as folder:
            for place in some:
                try:
                    render_document(planned[place], Path(folder))
                except UnsafeToDiscloseError as error:
                    yield self._explain("D001", error.summary, _OTHER_WORDS)
                except TemplateError as error:
                    yield self._explain("T170", error.summary, _TRY_SAMPLE)
                self.tried += 1

    def _explain(self, code: str, says: str, remedy: str) -> TemplateFinding:
        near = re.search(r"\(in the paragraph “(.*?)…?”\)$", says)
        words = near[1] if near else ""
        places = (one.where for part in self.word.parts for one in part.paragraphs if words and words in one.text)
        return TemplateFinding(self.word.name, code, says, next(places, Where("trial")), remedy)


_MEND = "mend it in Word, and check it again"
_LAID_OVER = "child-permanence-report.yaml"
"""The paper over which a house style is laid for a trial: it has pictures, tables, lists and gaps."""
_TRY_SAMPLE = "build it with data/cases/barest and data/cases/fullest to see it"
_OTHER_WORDS = "take it out, or ask for what this reader may see: a carer’s place is taken by neutral words"
FAMILIES = tuple(resources.SAMPLES / name for name in ("barest", "fullest", "scotland"))
"""The barest has almost no fact and the fullest every one; papers that are for Scotland alone need the third."""
SAMPLE_DAY = dt.date(2026, 11, 22)
"""A day on which the invented families have all their papers: what a template asks for does not depend on the day."""


def annotate_template(check: TemplateCheck) -> bytes:
    """A copy of a template with what was found as comments."""
    return annotate(read_template(check.path), check.path.name, check.findings)


def mend_template(path: Path, target: Path | None) -> tuple[dict[Path, bytes], tuple[str, ...]]:
    """What is safe to put right in a template, put right: the files to write, and what was done, in words.

    The mended template goes to `target`, else in the place of the file, with the original kept beside it. There are no
    files where there is nothing to do. Raises CannotReadError where there is no such template.
    """
    content = read_template(path)
    mended, done = mend(content, path.name)
    if not done:
        return {}, ()
    if target is not None:
        return {target: mended}, done
    aside = next(one for one in _names_aside(path) if not one.exists())
    return {aside: content, path: mended}, done


def _names_aside(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.stem} (before fix).docx")
    number = 2
    while True:
        yield path.with_name(f"{path.stem} (before fix {number}).docx")
        number += 1
