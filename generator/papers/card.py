"""What a paper is: the card beside each Word template, and the states a paper goes through."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from generator.base.errors import CannotReadError, Level, Problem, TemplateError
from generator.base.working_days import Jurisdiction
from generator.base.yaml.paths import Path_
from generator.base.yaml.read import YamlFile, read_yaml
from generator.base.yaml.validation_errors import Wording, explain_refusals
from generator.case.audience import Audience
from generator.disclosure.lens import Lens
from generator.disclosure.readers import OF_GUESTS, OF_READERS, list_audiences

Unit = Literal["case", "child", "meeting", "reader", "parent", "decision", "iro_view", "review", "guest"]
PLANS_OF_UNITS = (
    ("case",),
    ("child",),
    ("meeting",),
    ("meeting", "child", "reader"),
    ("meeting", "parent"),
    ("meeting", "guest"),
    ("decision",),
    ("decision", "parent"),
    ("iro_view",),
    ("review", "child"),
)
"""What a paper may be one of: one per child, one per meeting and parent, and so on."""


PackPlace = Literal["this_meeting", "each_child", "last_meeting", "told_after"]
"""Where a paper comes in meeting packs. What a parent was `told_after` a meeting goes into that parent's next pack."""


if TYPE_CHECKING:
    CardAudience = str
else:
    CardAudience = Literal[*(one.value for one in Audience), OF_READERS, OF_GUESTS]
"""Whom a paper is for: one of the audiences, or that of the reader of each copy."""


def _as_text(value: Any) -> Any:
    return "none" if value is None else value


Expression = Annotated[str, BeforeValidator(_as_text)]
"""Jinja, over the facts of `papers/facts`."""


HOUSE_STYLE = "house-style.docx"
"""The one Word file among templates that is no paper: the look of all of them."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


EASY_READ = "-easy-read"
"""Behind the code of a paper that is the easy-read form of another."""


class Question(_Part):
    """A part of the paper that needs a person's judgement, or a fact that may be missing.

    `of` is the expression that answers it; `write` the place in the case file; `each` makes it one question for every
    item of a list, under the name `as`.
    """

    id: str
    asks: str
    of: Expression
    source: str
    write: str
    level: Level = Level.MUST
    when: Expression = "true"
    each: Expression | None = None
    as_: str = "item"


class BundleFiling(_Part):
    """Whether the paper goes into a court bundle, and into which section."""

    filed: Literal["normally", "if_directed", "never"]
    section: str = "other"


class Card(_Part):
    """The card beside a Word template: `templates/<code>.yaml` for `templates/<code>.docx`.

    `easy_read` papers are laid out in 16 point. `jurisdictions` are those whose words and law the paper speaks. `pack`
    is the meeting whose pack the paper goes into: its own, every one about its child, or the one after its own.
    `goes_with` is the code of the paper with which it is sent after a meeting.
    """

    code: str
    title: str
    for_each: tuple[Unit, ...]
    audience: CardAudience
    when: Expression = "true"
    as_of: Expression = "none"
    signed_off: Expression = "false"
    signed_by: tuple[str, ...] = ()
    due: str = ""
    bundle: BundleFiling = BundleFiling(filed="never")
    needs: tuple[str, ...] = ()
    easy_read: bool = False
    jurisdictions: tuple[Jurisdiction, ...] = tuple(Jurisdiction)
    pack: PackPlace | None = None
    goes_with: str | None = None
    questions: tuple[Question, ...] = ()

    @property
    def may_be_filed(self) -> bool:
        """Whether its papers may ever go into a court bundle: never what is privileged."""
        return self.bundle.filed != "never" and not any(one.is_privileged for one in list_audiences(self.audience))

    @property
    def form_of(self) -> str:
        """The code of the paper whose easy-read form this is; its own code where it is none."""
        return self.code.removesuffix(EASY_READ) if self.easy_read else self.code


@dataclass(frozen=True, slots=True)
class PaperTemplate:
    """A card with its Word template, and the house style that is laid over it, where there is one.

    `digest` is the SHA-256 of all of these files.
    """

    card: Card
    word: Path
    digest: str
    house_style: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands under a question: paragraphs, or a gap where nothing is written."""

    text: str | None
    asks: str
    source: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that nobody has answered yet. `write` is the place in the case file where the answer goes."""

    question: str
    asks: str
    level: Level
    source: str
    write: str


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A paper that is to be made: its name, its reader, and everything its template sees.

    `lens` is the view of its reader, through which it was planned. `blocked_by` are the full names of rules that keep
    it a draft while they are not kept. `meeting` and `child` are the ids of what it is about.
    """

    template: PaperTemplate = field(repr=False)
    name: str
    title: str
    audience: str
    reader: str | None
    as_of: dt.date
    draft: bool
    for_bundle: bool
    lens: Lens = field(repr=False)
    facts: Mapping[str, Any] = field(repr=False)
    answers: Mapping[tuple[str, str | None], Answer] = field(repr=False)
    gaps: tuple[Gap, ...] = ()
    blocked_by: tuple[str, ...] = ()
    meeting: str | None = None
    child: str | None = None

    @property
    def code(self) -> str:
        """The paper's code: the name of its template."""
        return self.template.card.code

    @property
    def is_for_family(self) -> bool:
        """Whether its reader is one person of the family."""
        return self.lens.is_family

    @property
    def listed_as(self) -> str:
        """The title as lists of papers have it: with the parent whom it is for, and the child whom it is about."""
        title = self.title
        parent, child = self.facts.get("parent"), self.facts.get("child")
        if parent and parent["full_name"] not in title:
            title = f"{title}, to {parent['full_name']}"
        if child and child["name"] not in title:
            title = f"{title}: {child['full_name']}"
        return title

    @property
    def word_name(self) -> str:
        """The name of its Word file."""
        return f"{self.name}.docx"


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A paper whose Word file is made, at `word`."""

    planned: PlannedDocument
    word: Path


@dataclass(frozen=True, slots=True)
class ConvertedDocument:
    """A paper whose PDF is made too, from the Word file at `word`, be it ours or edited since."""

    planned: PlannedDocument
    word: Path
    pdf: Path
    pages: int


def load_templates(folders: Sequence[Path]) -> dict[str, PaperTemplate]:
    """Every paper that the folders hold, by code. A paper in an earlier folder stands before one of the same code.

    Raises CannotReadError for a card with mistakes, TemplateError for a card without a Word template.
    """
    house_style = find_house_style(folders)
    found: dict[str, PaperTemplate] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            if path.stem not in found:
                found[path.stem] = load_template(path, house_style)
    for code, template in found.items():
        other = template.card.goes_with
        if other is not None and (other not in found or found[other].card.for_each != template.card.for_each):
            raise TemplateError(
                f"The card {code}.yaml says goes_with: {other}. It must be the code of a paper that is made for the "
                "same as this one (for_each), so that both reach the same readers"
            )
    return found


def find_house_style(folders: Sequence[Path]) -> Path | None:
    """The house style of an authority: the first that the folders hold, for all papers. Raises TemplateError."""
    for folder in folders:
        if (file := folder / HOUSE_STYLE).exists():
            _refuse_elsewhere(file, folder)
            return file
    return None


def _refuse_elsewhere(file: Path, folder: Path) -> None:
    if not file.resolve().is_relative_to(folder.resolve()):
        raise TemplateError(f"The template {file.name} leads out of its folder. Put the file itself there")


def load_template(path: Path, house_style: Path | None = None) -> PaperTemplate:
    """The paper whose card is at `path`, in the look of a house style.

    Raises CannotReadError for a card with mistakes, TemplateError for a card without a Word template.
    """
    word = path.with_suffix(".docx")
    if not word.is_file():
        raise TemplateError(f"There is no Word template beside the card {path.name}: it should be {word.name}")
    for file in (path, word):
        _refuse_elsewhere(file, path.parent)
    source = read_yaml(path, shown_as=path.name)
    card = _read_card(path.stem, source)
    files = [path, word, *([house_style] if house_style else [])]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return PaperTemplate(card, word, digest, house_style)


def _read_card(code: str, source: YamlFile) -> Card:
    facts = dict(source.facts)
    questions = facts.get("questions")
    if isinstance(questions, list):
        facts["questions"] = [
            {("as_" if key == "as" else key): value for key, value in question.items()}
            for question in questions
            if isinstance(question, dict)
        ]
    try:
        card = Card.model_validate(facts | {"code": code})
    except ValidationError as error:
        problems = explain_refusals(source, error, _WORDING)
        raise CannotReadError(f"The card {source.name} has mistakes", problems) from None
    if card.for_each not in PLANS_OF_UNITS:
        listed = "; ".join("[" + ", ".join(units) + "]" for units in PLANS_OF_UNITS)
        problem = Problem("T001", f"for_each must be one of: {listed}", source.place(("for_each",)), "for_each")
        raise CannotReadError(f"The card {source.name} has mistakes", [problem])
    return card


def _as_written(path: Path_) -> Path_:
    return tuple("as" if part == "as_" else part for part in path)


_WORDING = Wording(
    ("T001", "T001", "T001"),
    "of a card",
    {*Card.model_fields, *Question.model_fields, *BundleFiling.model_fields, "as"},
    _as_written,
)
