"""What a court bundle looks like in one kind of proceedings: read strictly from files, every rule with its source."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from generator.case.words import EvidenceKind
from generator.clock import Span, read_span
from generator.dates import read_date
from generator.errors import CannotReadError, Level, Place, Problem
from generator.shipped import BUNDLE_LAYOUTS
from generator.yamlfile import Path_, YamlFile, limit_repeats, read_yaml


class Sure(StrEnum):
    """How well a rule is known."""

    PRIMARY = "primary text"
    TWO_SECONDARY = "two secondary sources"
    ONE_SECONDARY = "one secondary source"
    CARRIED_OVER = "carried over from the old text"
    NOT_FOUND = "not found in the new text"


class LatePages(StrEnum):
    """Where a page goes that is filed after the others: they keep their numbers in either case."""

    LETTERED = "lettered"
    """After the page it belongs to, as B12a."""
    AT_THE_END = "at_the_end"
    """At the end of its section, with the next number."""


def _read_day(value: Any) -> Any:
    return read_date(value) if isinstance(value, str) else value


def _read_yes(value: Any) -> Any:
    if isinstance(value, str):
        answer = {"yes": True, "true": True, "no": False, "false": False}.get(value.lower())
        if answer is None:
            raise ValueError("must be yes or no")
        return answer
    return value


def _read_number(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch("[1-9][0-9]{0,4}", value):
            raise ValueError("must be a whole number above nought")
        return int(value)
    return value


def _read_time(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return dt.time.fromisoformat(value)
        except ValueError:
            raise ValueError("must be a time, written as 16:00") from None
    return value


def _read_span(value: Any) -> Any:
    return read_span(value) if isinstance(value, str) else value


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Day = Annotated[dt.date, BeforeValidator(_read_day)]
Yes = Annotated[bool, BeforeValidator(_read_yes)]
Count = Annotated[int, BeforeValidator(_read_number)]
Time = Annotated[dt.time, BeforeValidator(_read_time)]
Counted = Annotated[Span, BeforeValidator(_read_span)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class PageLimitCheck(_Row):
    """No more pages than these, unless the court permitted more."""

    name: Literal["page_limit"] = "page_limit"
    pages: Count


class NumberingCheck(_Row):
    """Each section has a letter and its pages run from 1 after it, without a gap or a repeat."""

    name: Literal["numbering"] = "numbering"


class LabelsAgreeCheck(_Row):
    """What a PDF reader calls a page is what is printed on it."""

    name: Literal["labels_agree"] = "labels_agree"


class SectionsInOrderCheck(_Row):
    """The letters of the sections are those of the layout, in its order."""

    name: Literal["sections_in_order"] = "sections_in_order"


class KindsLeftOutCheck(_Row):
    """Papers of these kinds are not in the bundle, unless a direction lets them in.

    `words` are those by which a bookmark gives such a paper away, in a bundle that does not say what its papers are.
    """

    name: Literal["kinds_left_out"] = "kinds_left_out"
    kinds: tuple[EvidenceKind, ...]
    words: tuple[Line, ...] = ()


class KindsPresentCheck(_Row):
    """There is a paper of each of these kinds."""

    name: Literal["kinds_present"] = "kinds_present"
    kinds: tuple[EvidenceKind, ...]


class DocumentLimitCheck(_Row):
    """No paper of these kinds, or of this name in its bookmark, has more pages than these."""

    name: Literal["document_limit"] = "document_limit"
    kinds: tuple[EvidenceKind, ...]
    pages: Count
    words: tuple[Line, ...] = ()


class DatePreparedCheck(_Row):
    """Papers of these kinds say at their head when they were prepared and for which hearing.

    `section` is where they stand, for a bundle that does not say what its papers are.
    """

    name: Literal["date_prepared"] = "date_prepared"
    kinds: tuple[EvidenceKind, ...]
    section: Key


class TypefaceCheck(_Row):
    """Most of the text of a page is in one of these typefaces and at least this many points high."""

    name: Literal["typeface"] = "typeface"
    typefaces: tuple[Line, ...]
    points: Count


class TextCheck(_Row):
    """Every page has at least this many letters that can be searched, its number included."""

    name: Literal["text_on_every_page"] = "text_on_every_page"
    letters: Count


class BookmarksCheck(_Row):
    """Every section and, where they are known, every paper has a bookmark."""

    name: Literal["bookmarks"] = "bookmarks"


class BookmarksNamePageCheck(_Row):
    """Every bookmark has the number of its page in its words."""

    name: Literal["bookmarks_name_page"] = "bookmarks_name_page"


class IndexLinkedCheck(_Row):
    """The lines of the index lead to their pages."""

    name: Literal["index_linked"] = "index_linked"


class UprightCheck(_Row):
    """The text of every page reads from left to right as it is shown."""

    name: Literal["upright"] = "upright"


class OpensAtCheck(_Row):
    """The file opens at this size."""

    name: Literal["opens_at"] = "opens_at"
    percent: Count


class ResolutionCheck(_Row):
    """No picture has more dots per inch than these."""

    name: Literal["resolution"] = "resolution"
    dpi: Count


class A4Check(_Row):
    """Every page is of A4 size, upright or lying."""

    name: Literal["a4"] = "a4"


class FileSizeCheck(_Row):
    """The file is no larger than one way of filing allows, by its id."""

    name: Literal["file_size"] = "file_size"
    channel: Key
    megabytes: Count


class LodgedByCheck(_Row):
    """By when something is filed: at the times counted back from the hearing, unless an order names a day."""

    name: Literal["lodged_by"] = "lodged_by"
    what: Literal["bundle", "preliminary documents"]
    before: tuple[Counted, ...]
    at: Time | None = None


class ChronologicalCheck(_Row):
    """Papers stand in the order of their dates inside each section."""

    name: Literal["chronological"] = "chronological"


class EssentialReadingCheck(_Row):
    """Some papers are marked as essential reading."""

    name: Literal["essential_reading"] = "essential_reading"


class NotProtectedCheck(_Row):
    """The file is not protected against use."""

    name: Literal["not_protected"] = "not_protected"


Check = (
    PageLimitCheck
    | NumberingCheck
    | LabelsAgreeCheck
    | SectionsInOrderCheck
    | KindsLeftOutCheck
    | KindsPresentCheck
    | DocumentLimitCheck
    | DatePreparedCheck
    | TypefaceCheck
    | TextCheck
    | BookmarksCheck
    | BookmarksNamePageCheck
    | IndexLinkedCheck
    | UprightCheck
    | OpensAtCheck
    | ResolutionCheck
    | A4Check
    | FileSizeCheck
    | LodgedByCheck
    | ChronologicalCheck
    | EssentialReadingCheck
    | NotProtectedCheck
)
"""What a program can look at. A rule names one, with its numbers; adding or changing a rule needs no program."""

_CHECKS: Mapping[str, type[BaseModel]] = {model.model_fields["name"].default: model for model in get_args(Check)}


def _read_check(value: Any) -> Any:
    """A check without numbers may be written as its name alone."""
    return {"name": value} if isinstance(value, str) else value


class Sourced(_Row):
    """A row of the layout with where it comes from. `fallback` marks what a person must still confirm.

    `source` and `checked_on` are those of the file where the row names none of its own.
    """

    sure: Sure
    paragraph: Line | None = None
    fallback: Yes = False
    source: Line | None = None
    checked_on: Day | None = None
    level: Level | None = None

    @model_validator(mode="after")
    def _mark_what_is_unsure(self) -> Sourced:
        if self.fallback != (self.sure in (Sure.CARRIED_OVER, Sure.NOT_FOUND)):
            raise ValueError("must say fallback: yes exactly where the new text does not say so")
        if self.fallback and self.level is Level.MUST:
            raise ValueError("may not be level: must where the new text does not say so")
        return self

    @property
    def binding(self) -> Level:
        """How binding it is: must where its text was read or two sources agree, unless the row says otherwise."""
        if self.level:
            return self.level
        return Level.MUST if self.sure in (Sure.PRIMARY, Sure.TWO_SECONDARY) else Level.SHOULD


class LayoutSection(Sourced):
    """One section: the letter before its page numbers, and its title in the index."""

    id: Key
    letter: Annotated[str, StringConstraints(pattern="^[A-Z]$")]
    title: Line


class Rule(Sourced):
    """One rule, said in a sentence, and what a program looks at to see whether it is kept."""

    id: Key
    says: Line
    check: Annotated[Check, Field(discriminator="name")] | None = Field(default=None)

    @model_validator(mode="before")
    @classmethod
    def _spell_out_check(cls, row: Any) -> Any:
        if isinstance(row, dict) and "check" in row:
            return {**row, "check": _read_check(row["check"])}
        return row


class Numbering(Sourced):
    """How pages are numbered."""

    id: Key = "numbering"
    style: Literal["restarts in each section"]
    says: Line


class PageLimit(Sourced):
    """How many pages the bundle may have without the court's permission."""

    id: Key = "page-limit"
    pages: Count
    says: Line


class LeftOut(Sourced):
    """What may not be in the bundle unless the court directs otherwise."""

    id: Key
    says: Line
    kinds: tuple[EvidenceKind, ...] = ()
    words: tuple[Line, ...] = ()


class DocumentLimit(Sourced):
    """How many pages one kind of paper may have."""

    id: Key
    pages: Count
    says: Line
    kinds: tuple[EvidenceKind, ...] = ()
    words: tuple[Line, ...] = ()


class BundleLayout(_Row):
    """A whole layout, with that of the layouts it extends."""

    extends: Key | None = None
    title: Line
    source: Line
    in_force_from: Day
    checked_on: Day
    late_pages: LatePages = LatePages.LETTERED
    sections_left_out: tuple[Key, ...] = ()
    sections: tuple[LayoutSection, ...]
    numbering: Numbering
    page_limit: PageLimit
    rules: tuple[Rule, ...] = ()
    never_included: tuple[LeftOut, ...] = ()
    document_limits: tuple[DocumentLimit, ...] = ()

    def list_rules(self) -> tuple[Rule, ...]:
        """Every rule of the layout in one form: numbering, page limit, rules, what is left out, how long papers are."""
        numbering, limit = self.numbering, self.page_limit
        return (
            _make_rule(numbering, numbering.id, numbering.says, NumberingCheck()),
            _make_rule(limit, limit.id, limit.says, PageLimitCheck(pages=limit.pages)),
            *self.rules,
            *(
                _make_rule(
                    row,
                    row.id,
                    f"Not in the bundle unless the court directs otherwise: {row.says}",
                    KindsLeftOutCheck(kinds=row.kinds, words=row.words) if row.kinds else None,
                )
                for row in self.never_included
            ),
            *(
                _make_rule(
                    row,
                    f"{row.id}-length",
                    f"{row.says}: at most {row.pages} page{'' if row.pages == 1 else 's'}",
                    DocumentLimitCheck(kinds=row.kinds, pages=row.pages, words=row.words) if row.kinds else None,
                )
                for row in self.document_limits
            ),
        )


def _make_rule(row: Sourced, named: str, says: str, check: Check | None) -> Rule:
    # model_construct would skip the checks of a rule; the row has passed them already, and lines may grow longer.
    return Rule.model_construct(
        id=named,
        says=says,
        check=check,
        sure=row.sure,
        paragraph=row.paragraph,
        fallback=row.fallback,
        source=row.source,
        checked_on=row.checked_on,
        level=row.level,
    )


def load_layout(file: Path) -> BundleLayout:
    """The layout in a file, with that of the layout it extends (beside it, or one that comes with the product).

    Raises CannotReadError with every problem and its place: a wrong key or value, two sections with one letter, a
    parent that is not there, a circle of parents, a local rule that asks for less than a known rule of its parent.
    """
    return _load(file, ()).layout


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The facts of a file and its parents as one group, and where in which file each part stands."""

    source: YamlFile
    facts: dict[str, Any]
    origins: dict[Path_, tuple[YamlFile, Path_]]

    def place(self, path: Path_, *, of_key: bool = False) -> Place:
        for size in range(len(path), -1, -1):
            if path[:size] in self.origins:
                source, at = self.origins[path[:size]]
                return source.place((*at, *path[size:]), of_key=of_key)
        return self.source.place(path, of_key=of_key)


@dataclass(frozen=True, slots=True)
class _Loaded:
    layout: BundleLayout
    gathered: _Gathered


def _load(file: Path, above: tuple[Path, ...]) -> _Loaded:
    source = read_yaml(file, shown_as=str(file) if not above else file.name)
    named = source.facts.get("extends")
    base: _Loaded | None = None
    if isinstance(named, str) and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", named):
        parent = _find_parent(file, named, source)
        if parent.resolve() in (file.resolve(), *above):
            says = "This makes a circle: a layout cannot extend itself"
            problem = Problem("P004", says, source.place(("extends",)), "extends")
            raise CannotReadError(f"{source.name} cannot be used", [problem])
        base = _load(parent, (*above, file.resolve()))
    gathered = _merge(source, base) if base else _Gathered(source, source.facts, {(): (source, ())})
    layout = _build(gathered)
    problems = [*_find_clashes(layout, gathered)]
    if base:
        problems += _find_loosened(layout, base.layout, gathered)
    if problems:
        raise CannotReadError(f"{source.name} contradicts itself", limit_repeats(problems))
    return _Loaded(layout, gathered)


def _find_parent(file: Path, named: str, source: YamlFile) -> Path:
    for folder in (file.parent, BUNDLE_LAYOUTS):
        if (folder / f"{named}.yaml").is_file():
            return folder / f"{named}.yaml"
    known = sorted({path.stem for folder in (file.parent, BUNDLE_LAYOUTS) for path in folder.glob("*.yaml")})
    near = difflib.get_close_matches(named, known, 1)
    says = "There is no layout of this name, neither beside this file nor among those that come with the product"
    problem = Problem("P002", says, source.place(("extends",)), "extends", f"extends: {near[0]}" if near else "")
    raise CannotReadError(f"{source.name} cannot be used", [problem])


_GROUPS = ("numbering", "page_limit")
_LISTS = ("sections", "rules", "never_included", "document_limits")
_OF_A_SOURCE = ("sure", "paragraph", "fallback", "source", "checked_on", "level")
"""What belongs to whoever says a thing: a local row that changes one of its parent brings its own."""


def _merge(source: YamlFile, base: _Loaded) -> _Gathered:
    """The parent's rows with those of the file put over them: by id, or added. The rest of the file is its own."""
    facts = {key: value for key, value in source.facts.items() if key not in (*_GROUPS, *_LISTS)}
    origins: dict[Path_, tuple[YamlFile, Path_]] = {(): (source, ())}
    parent = base.gathered
    if "late_pages" not in facts and "late_pages" in parent.facts:
        facts["late_pages"] = parent.facts["late_pages"]
    for key in _GROUPS:
        own = source.facts.get(key)
        if own is None:
            facts[key] = _with_source(parent.facts[key], parent)
            origins[key,] = _origin(parent, (key,))
        else:
            facts[key] = _put_over(parent.facts[key], own)
            origins[key,] = (source, (key,))
    for key in _LISTS:
        own = source.facts.get(key) or []
        if not isinstance(own, list):
            facts[key] = own
            continue
        rows = [(row, parent, (key, number)) for number, row in enumerate(parent.facts.get(key) or [])]
        left_out = source.facts.get("sections_left_out") if key == "sections" else None
        if isinstance(left_out, list):
            rows = [row for row in rows if row[0]["id"] not in left_out]
        merged = [(_with_source(row, holder), _origin(holder, path)) for row, holder, path in rows]
        ids = [row["id"] for row, _ in merged]
        for number, row in enumerate(own):
            here = (source, (key, number))
            if isinstance(row, dict) and row.get("id") in ids:
                at = ids.index(row["id"])
                changed = (_put_over(merged[at][0], row), here)
                # A second row of the same file for one id is kept, so that it is told as used twice.
                if merged[at][1][0] is source:
                    merged.append(changed)
                else:
                    merged[at] = changed
            else:
                merged.append((row, here))
        if key == "sections":
            merged.sort(key=_letter_of)
        facts[key] = [row for row, _ in merged]
        for number, (_, origin) in enumerate(merged):
            origins[key, number] = origin
    return _Gathered(source, facts, origins)


def _letter_of(row: tuple[Any, Any]) -> str:
    letter = row[0].get("letter") if isinstance(row[0], dict) else None
    return letter if isinstance(letter, str) else ""


def _origin(parent: _Gathered, path: Path_) -> tuple[YamlFile, Path_]:
    source, at = parent.origins.get(path, (parent.source, path))
    return source, at


def _with_source(row: Mapping[str, Any], parent: _Gathered) -> dict[str, Any]:
    """A parent's row with what its file says of every row, because the file that extends it has another source."""
    return {"source": parent.facts["source"], "checked_on": parent.facts["checked_on"], **row}


def _put_over(row: Mapping[str, Any], own: Any) -> Any:
    if not isinstance(own, dict):
        return own
    return {**{key: value for key, value in row.items() if key not in _OF_A_SOURCE}, **own}


def _build(gathered: _Gathered) -> BundleLayout:
    try:
        layout = BundleLayout.model_validate(gathered.facts)
    except ValidationError as error:
        problems = [
            _explain(gathered, detail["loc"], detail["type"], detail["msg"], detail.get("ctx", {}))
            for detail in error.errors(include_input=False, include_url=False)
        ]
        raise CannotReadError(f"{gathered.source.name} is not a bundle layout", limit_repeats(problems)) from None
    told = {"source": layout.source, "checked_on": layout.checked_on}
    filled: dict[str, Any] = {key: _fill(getattr(layout, key), told) for key in _GROUPS}
    filled |= {key: tuple(_fill(row, told) for row in getattr(layout, key)) for key in _LISTS}
    return layout.model_copy(update=filled)


def _fill(row: Sourced, told: Mapping[str, Any]) -> Sourced:
    return row.model_copy(update={key: value for key, value in told.items() if getattr(row, key) is None})


def _find_clashes(layout: BundleLayout, gathered: _Gathered) -> Iterator[Problem]:
    if not layout.sections:
        yield Problem("C002", "A layout needs at least one section", gathered.place(("sections",)), "sections")
    for number, section in enumerate(layout.sections[1:], 1):
        before = layout.sections[:number]
        if section.letter <= before[-1].letter:
            yield Problem(
                "C003",
                "The letters of the sections must follow the alphabet, each used once",
                gathered.place(("sections", number, "letter")),
                f"sections[{number}].letter",
            )
    yield from _find_repeated_ids(layout, gathered)
    known = {section.id for section in layout.sections}
    for number, rule in enumerate(layout.rules):
        if isinstance(rule.check, DatePreparedCheck) and rule.check.section not in known:
            path: Path_ = ("rules", number, "check", "section")
            says = "The layout has no section with this id"
            yield Problem("P002", says, gathered.place(path), _say(path), f"one of: {', '.join(sorted(known))}")


def _find_repeated_ids(layout: BundleLayout, gathered: _Gathered) -> Iterator[Problem]:
    for name in _LISTS:
        seen: set[str] = set()
        for number, row in enumerate(getattr(layout, name)):
            if row.id in seen:
                path: Path_ = (name, number, "id")
                yield Problem("C007", f"The id {row.id} is used twice here", gathered.place(path), _say(path))
            seen.add(row.id)
    seen = {layout.numbering.id, layout.page_limit.id}
    for name in ("rules", "never_included"):
        ids = [row.id for row in getattr(layout, name)]
        for number, one in enumerate(ids):
            if one in seen:
                path = (name, number, "id")
                yield Problem("C007", f"The id {one} is used by another rule", gathered.place(path), _say(path))
        seen |= {*ids}


_MORE_IS_LOOSER = ("pages", "dpi", "megabytes")
_LESS_IS_LOOSER = ("points", "letters")
_STRENGTH = {Level.MUST: 2, Level.SHOULD: 1, Level.COULD: 0}
_KEEP = "keep the rule, and add one of your own beside it"


def _find_loosened(layout: BundleLayout, base: BundleLayout, gathered: _Gathered) -> Iterator[Problem]:
    """A local protocol may ask for more than a rule that is known; where the text is not known, it may differ."""
    known = {section.id for section in base.sections}
    for number, one in enumerate(layout.sections_left_out):
        if one not in known:
            path: Path_ = ("sections_left_out", number)
            yield Problem("P002", "The layout that this extends has no section with this id", gathered.place(path))
    paths: dict[str, Path_] = {layout.numbering.id: ("numbering",), layout.page_limit.id: ("page_limit",)}
    for name in ("rules", "never_included"):
        paths |= {row.id: (name, number) for number, row in enumerate(getattr(layout, name))}
    mine = {rule.id: rule for rule in layout.list_rules()}
    for old in base.list_rules():
        new = mine.get(old.id)
        if old.fallback or new is None or new.id not in paths:
            continue
        path = paths[new.id]
        if _STRENGTH[new.binding] < _STRENGTH[old.binding]:
            says = "A local rule may not be less binding than the rule that it changes"
            yield Problem("P006", says, gathered.place((*path, "level")), _say(path), _KEEP)
        elif old.check and _is_looser(new.check, old.check):
            says = "A local rule may not ask for less than the rule that it changes"
            yield Problem("P006", says, gathered.place(path), _say(path), _KEEP)


def _is_looser(new: Check | None, old: Check) -> bool:
    if new is None or new.name != old.name:
        return True
    before, after = old.model_dump(), new.model_dump()
    return (
        any(after[key] > before[key] for key in _MORE_IS_LOOSER if key in before)
        or any(after[key] < before[key] for key in _LESS_IS_LOOSER if key in before)
        or not {*before.get("kinds", ())} <= {*after.get("kinds", ())}
        or not {*after.get("typefaces", ())} <= {*before.get("typefaces", ())}
    )


_PLAIN = {
    "tuple_type": ("C003", "This must be a list: start each entry on its own line with -"),
    "model_type": ("C003", "This must be a group of keys"),
    "model_attributes_type": ("C003", "This must be the name of a check, or a group of keys with its name"),
    "union_tag_not_found": ("C002", "name is missing here: the name of the check"),
    "string_type": ("C003", "This must be text"),
    "string_too_short": ("C003", "This must not be empty"),
    "string_too_long": ("C003", "This must be shorter"),
    "string_pattern_mismatch": (
        "C003",
        "This must be a short id in small letters, digits and hyphens, or one capital letter",
    ),
}
_MODELS = (BundleLayout, LayoutSection, Rule, Numbering, PageLimit, LeftOut, DocumentLimit, *get_args(Check))
_KEYS = sorted({key for model in _MODELS for key in model.model_fields})


def _explain(gathered: _Gathered, loc: Sequence[str | int], kind: str, words: str, ctx: Mapping[str, Any]) -> Problem:
    # A check is told apart by its name, which no line of the file carries as a key.
    path: Path_ = tuple(part for before, part in zip(chain(("",), loc), loc, strict=False) if not _is_tag(before, part))
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _KEYS, 1)
        says = f"{key} is not a key that is known here"
        place = gathered.place(path, of_key=True)
        return Problem("C001", says, place, _say(path), f"{near[0]}:" if near else "")
    if kind == "missing":
        return Problem("C002", f"{key} is missing here", gathered.place(path[:-1]), _say(path), f"{key}:")
    if kind == "union_tag_invalid":
        says = f"This must be one of: {', '.join(sorted(_CHECKS))}"
        return Problem("C004", says, gathered.place(path), _say(path))
    if kind in ("enum", "literal_error"):
        known = re.findall("'([^']*)'", str(ctx.get("expected", "")))
        return Problem("C004", f"This must be one of: {', '.join(known)}", gathered.place(path), _say(path))
    code, says = _PLAIN.get(kind, ("C003", f"This {words.removeprefix('Value error, ')}"))
    return Problem(code, says, gathered.place(path), _say(path))


def _is_tag(before: str | int, part: str | int) -> bool:
    return before == "check" and part in _CHECKS


def _say(path: Path_) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
