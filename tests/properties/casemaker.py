"""Any case file that is valid, made from the model itself: every field, every word of every vocabulary, odd texts."""

from __future__ import annotations

import datetime as dt
import random
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, WithJsonSchema

from generator.case.consistency import find_contradictions
from generator.case.facts import LeadsTo, fields_of, model_of
from generator.case.family import Case
from generator.case.references import REFERENCES
from generator.rules.conditions.events import EVENTS
from places import ROOT

PROCEDURES = sorted(file.stem for file in (ROOT / "data" / "procedures").glob("*.yaml"))
CODE_LIKE = ("{{child.name}}", "{%if_x%}", "{#never#}", "{{p_answers.x}}", "{%tr_for_x%}", "{{", "%}")
"""Text that looks like tags: it must come out as it stands."""
ODD = (
    *CODE_LIKE,
    "O'Neill & <Sons>", "</w:t></w:r>", "]]>", "&amp;", '"quoted"', "<!-- c -->", "a < b > c",
    "مريم حسن", "שלום עולם", "Mary مريم Hale", "王小明", "শ্রী", "Zoe\u0308", "e\u0301\u0302\u0303", "👩🏽‍👧", "ﷺ",
    "x" * 300, "long " * 400, "Łukasz-Żółć", "-", "…", "0", "NO", "null", "100 %", "£5", "a_{_b", "#hash", "a: b",
    "*bold* **both** ***", "- one\n- two\n\n1. three\n  1. four", "\\*", "[[", "[[nobody]]", "[[e-1]]", "[[e-1 p 2]]",
    "[[e-1 pp 2-3]]", "[not recorded]", "1.\n\n2)", "Line\nbreak\n\nparagraph", "=SUM(A1)", "http://example.org/?a=1&b",
    "Leanne", "Rowan Hale", "Joy Achieng", "14 March 2025", "mother", "iro", "Dr A. B. O'Brien-Smith (née Jones)",
)  # fmt: skip
DAYS = tuple(
    dt.date.fromisoformat(day)
    for day in (
        "2024-02-29", "2024-12-31", "2025-01-31", "2025-03-14", "2025-03-31", "2025-12-25", "2026-01-01", "2026-02-28",
        "2026-03-29", "2026-05-26", "2026-08-03", "2026-08-31", "2026-10-25", "2026-11-21", "2026-11-22", "2026-11-23",
        "2026-12-31", "2027-02-28", "2028-02-29",
    )
)  # fmt: skip
_FAR = (dt.date(1800, 1, 1), dt.date(1900, 2, 28), dt.date(2099, 12, 31), dt.date(2200, 12, 31))
_MANY = {"children": 3, "people": 9, "placements": 6, "meetings": 3, "evidence": 3}
_SHORT_LISTS = 3


class _CannotBeMadeError(Exception):
    """A group of facts needs an id, and there is none that it could name."""


class _Maker:
    """Makes the facts of one case as they would be typed. `fullness` is how likely an optional field is written."""

    def __init__(self, seed: int, fullness: float, sizes: dict[str, int], *, is_far: bool) -> None:
        self.draw = random.Random(seed)
        self.fullness = fullness
        self.sizes = sizes
        self.is_far = is_far
        self.ids = {
            "children": [f"child-{n}" for n in range(sizes["children"])],
            "people": [f"person-{n}" for n in range(sizes["people"])],
            "meetings": [f"ppm-{n}" for n in range(sizes["meetings"])],
            "evidence": [f"e-{n}" for n in range(1, sizes["evidence"] + 1)],
            "court.directions": ["d-1", "d-2"],
            "court.parties": ["Hartsmere Council", "Leanne Hale", "R & <D>"],
        }
        self.known = {
            LeadsTo.CHILD: self.ids["children"],
            LeadsTo.PERSON: self.ids["people"],
            LeadsTo.ANYONE: self.ids["children"] + self.ids["people"],
            LeadsTo.MEETING: self.ids["meetings"],
            LeadsTo.EVIDENCE: self.ids["evidence"],
            LeadsTo.DIRECTION: self.ids["court.directions"],
            LeadsTo.PARTY: self.ids["court.parties"],
            LeadsTo.READER: [*self.ids["people"], "court", "parent", "matching"],
        }

    def case(self) -> dict[str, Any]:
        """Every part of the file."""
        facts = self.group(Case, "")
        facts["procedure"] = self.draw.choice(PROCEDURES)
        return facts

    def group(self, model: type[BaseModel], where: str, number: int = 0) -> dict[str, Any]:
        """One group of facts. `number` is its place in its list."""
        facts: dict[str, Any] = {}
        for key, info in fields_of(model).items():
            path = f"{where}.{key}".lstrip(".")
            always = info.is_required() or path in self.sizes or (path in ("court.parties", "court.directions"))
            if not always and self.draw.random() > self.fullness:
                continue
            try:
                facts[key] = self.value(info.annotation, info.metadata, path, number)
            except _CannotBeMadeError:
                if info.is_required():
                    raise
        return facts

    def value(self, annotation: Any, metadata: list[Any], path: str, number: int) -> Any:
        """What stands under one key."""
        if typing.get_origin(annotation) is tuple:
            return [*self.items(typing.get_args(annotation)[0], path)]
        if inner := model_of(annotation):
            return self.group(inner, path)
        parent, _, key = path.rpartition(".")
        if parent in self.ids and key in ("id", "name") and (key == "id" or parent == "court.parties"):
            return self.ids[parent][number]
        return self.single(annotation, metadata, path)

    def items(self, inner: Any, path: str) -> Iterator[Any]:
        """The entries of a list."""
        if path in self.sizes or path in self.ids:
            count = self.sizes.get(path, len(self.ids.get(path, "")))
        else:
            count = self.draw.randint(1, _SHORT_LISTS)
        for number in range(count):
            model = model_of(inner)
            try:
                yield self.group(model, path, number) if model else self.single(inner, [], path)
            except _CannotBeMadeError:
                return

    def single(self, annotation: Any, metadata: list[Any], path: str) -> str:
        """One fact, as it would be typed."""
        if leads_to := REFERENCES.get(path):
            if not self.known[leads_to]:
                raise _CannotBeMadeError
            return self.draw.choice(self.known[leads_to])
        if words := next((arm for arm in _arms(annotation) if _is_vocabulary(arm)), None):
            return str(self.draw.choice([*words]).value)
        match next(_kinds(annotation, metadata), "line of text"):
            case "date":
                return self.say_day(self.day())
            case "date and time":
                return f"{self.say_day(self.day())}, {self.draw.choice(['10am', '14:30', 'midday', '0:00', '11:59pm'])}"
            case "yes or no":
                return self.draw.choice(["yes", "no"])
            case "number":
                return self.draw.choice(["0", "1", "2", "7", "350", "99999"])
            case "id":
                return self.draw.choice(["statements", "reports", "x", "a-1"])
            case "event name":
                return self.draw.choice([*EVENTS, "nobody_knows_this"])
            case "file name":
                return f"evidence/{self.draw.choice(['a', 'b c', 'é'])}-{self.draw.randrange(99)}.pdf"
            case "paragraphs":
                return "\n\n".join(self.text() for _ in range(self.draw.randint(1, 3)))
        return self.text()

    def text(self) -> str:
        """A text that somebody could have typed, or pasted."""
        chosen = self.draw.choice(ODD)
        return f"{self.draw.choice(['Rowan ', 'The '])}{chosen}" if self.draw.random() < 0.3 else chosen

    def day(self) -> dt.date:
        """A day: mostly one on which counting goes wrong easily."""
        if self.is_far and self.draw.random() < 0.05:
            return self.draw.choice(_FAR)
        if self.draw.random() < 0.5:
            return self.draw.choice(DAYS)
        return dt.date(2023, 1, 1) + dt.timedelta(self.draw.randrange(1900))

    def say_day(self, day: dt.date) -> str:
        """A day in one of the ways in which it may be written."""
        return day.isoformat() if self.draw.random() < 0.5 else f"{day.day} {day:%B} {day.year:04}"


def _is_vocabulary(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, StrEnum)


def _arms(annotation: Any) -> Iterator[Any]:
    yield annotation
    for arm in typing.get_args(annotation):
        yield from _arms(arm)


def _kinds(annotation: Any, metadata: list[Any]) -> Iterator[str]:
    for mark in [*metadata, *(more for arm in _arms(annotation) for more in getattr(arm, "__metadata__", ()))]:
        if isinstance(mark, WithJsonSchema) and mark.json_schema and "x-kind" in mark.json_schema:
            yield str(mark.json_schema["x-kind"])


def settle(facts: dict[str, Any]) -> Case:
    """The case that facts give once every impossible date, and every id that is there twice, is taken out of them."""
    for _ in range(50):
        try:
            case = Case.model_validate(facts)
        except ValidationError as error:
            wrong = [detail["loc"] for detail in error.errors(include_input=False, include_url=False)]
        else:
            wrong = [found.path for found in find_contradictions(case)]
            if not wrong:
                return case
        # From the end, so that the places of those before stay right.
        for path in sorted(set(wrong), key=lambda path: [str(part).zfill(4) for part in path], reverse=True):
            _take_out(facts, path)
    raise AssertionError("what is wrong with these facts cannot be taken out of them")


def _take_out(facts: Any, path: tuple[Any, ...]) -> None:
    """Take out the fact at a path or, where it is not there or is an id, the entry of the list that it stands in."""
    steps = [facts]
    for part in path:
        try:
            steps.append(steps[-1][part])
        except (KeyError, IndexError, TypeError):
            break
    if len(steps) > len(path) and isinstance(path[-1], str) and path[-1] not in ("id", "child", "to", "name"):
        del steps[len(path) - 1][path[-1]]
        return
    for place in range(len(steps) - 1, -1, -1):
        if place < len(path) and isinstance(path[place], int) and isinstance(steps[place], list):
            if path[place] < len(steps[place]):
                del steps[place][path[place]]
            return


@dataclass(frozen=True)
class Recipe:
    """What a case is made from: few enough words for a message."""

    seed: int
    fullness: float
    sizes: dict[str, int]
    is_far: bool

    def facts(self) -> dict[str, Any]:
        """The facts as they would be typed; they may still hold what cannot be."""
        return _Maker(self.seed, self.fullness, self.sizes, is_far=self.is_far).case()


def recipes(*, is_far: bool = False) -> st.SearchStrategy[Recipe]:
    """Any case there is. With `is_far`, some days are a century away, or at the end of the calendar."""
    names = [key for key, info in fields_of(Case).items() if typing.get_origin(info.annotation) is tuple]
    sizes = st.fixed_dictionaries({name: st.integers(name == "children", _MANY.get(name, 2)) for name in names})
    fullness = st.sampled_from([0.0, 0.2, 0.5, 0.8, 0.95, 1.0])
    return st.builds(Recipe, st.integers(0, 2**32), fullness, sizes, st.just(is_far))
