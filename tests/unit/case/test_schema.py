"""The schema for editors, and the file that a new case starts from: both must agree with the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent

from generator.base.errors import CannotReadError
from generator.case.facts import fields_of, model_of
from generator.case.family import Case
from generator.case.load import read_case_text
from generator.case.schema import make_schema
from generator.case.starter import MARK, SHELVES, starter_text
from places import CASES, CORPORA

SAMPLES = sorted(CASES.glob("*/case.yaml")) + sorted((CORPORA / "good").glob("*.yaml"))
schema_of_today = cache(make_schema)
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "number": (int, float), "integer": (int,), "boolean": (bool,), "null": (type(None),),
    "array": (list,), "object": (dict,),
}  # fmt: skip


def load_as_editors_do(file: Path) -> Any:
    """The core schema of YAML 1.2, which knows true, numbers and null but neither yes nor dates."""
    events = YAML(typ="safe", pure=True).parse(file.read_text(encoding="utf-8-sig"))
    return next(node(event, events) for event in events if isinstance(event, (MappingStartEvent, SequenceStartEvent)))


def node(event: Any, events: Iterator[Any]) -> Any:
    if isinstance(event, ScalarEvent):
        return event.value if event.style else core_scalar(str(event.value))
    ends = "MappingEndEvent" if isinstance(event, MappingStartEvent) else "SequenceEndEvent"
    held: list[Any] = []
    while type(inner := next(events)).__name__ != ends:
        held.append(node(inner, events))
    return held if ends == "SequenceEndEvent" else {str(key): held[i + 1] for i, key in enumerate(held) if i % 2 == 0}


def core_scalar(text: str) -> Any:
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if re.fullmatch("true|True|TRUE|false|False|FALSE", text):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "") -> list[str]:
    """Where a value breaks the part of draft-07 that the schema uses."""
    if "$ref" in schema:
        return faults(value, root["definitions"][schema["$ref"].rsplit("/", 1)[1]], root, path)
    found = [fault for arm in schema.get("allOf", ()) for fault in faults(value, arm, root, path)]
    if "anyOf" in schema:
        arms = [faults(value, arm, root, path) for arm in schema["anyOf"]]
        found += [] if [] in arms else arms[0]
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    is_truth = isinstance(value, bool)
    fits = any(isinstance(value, TYPES[kind]) and (kind == "boolean" or not is_truth) for kind in wanted)
    if wanted and not fits:
        return [*found, f"{path} is no {wanted}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path} is not in the list")
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{path} does not fit the pattern")
    if isinstance(value, list) and "items" in schema:
        found += [fault for i, one in enumerate(value) for fault in faults(one, schema["items"], root, f"{path}[{i}]")]
    if isinstance(value, dict) and "properties" in schema:
        found += [f"{path}.{key} is missing" for key in schema.get("required", ()) if key not in value]
        for key, inner in value.items():
            known = schema["properties"].get(key)
            found += faults(inner, known, root, f"{path}.{key}") if known else [f"{path}.{key} is not known"]
    return found


def all_models(model: type[BaseModel] = Case) -> dict[str, type[BaseModel]]:
    found = {model.__name__: model}
    for info in fields_of(model).values():
        inner = model_of(info.annotation)
        if inner and inner.__name__ not in found:
            found |= all_models(inner)
    return found


# This file writes NO for no on purpose. The reader takes it; editors may point at it.
PLAIN = [one for one in SAMPLES if one.stem != "text-that-looks-like-something-else"]


@pytest.mark.parametrize("file", PLAIN, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_schema_accepts_what_the_reader_accepts(file: Path) -> None:
    schema = schema_of_today()
    assert faults(load_as_editors_do(file), schema, schema) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("born_on: 14 March 2025", "born: 14 March 2025"),
        ("born_on: 14 March 2025", "born_on: 3/4/25"),
        ("sex: male", "sex: boy"),
        ("id: rowan", "id: Rowan Hale"),
        ("relinquished: no", "relinquished: maybe"),
        ("children:", "childs:"),
        ("given: Rowan", "given: [Rowan]"),
    ],
)
def test_schema_points_at_mistakes(tmp_path: Path, before: str, after: str) -> None:
    text = (
        "reference: R\nauthority: {name: A}\nprocedure: p\nchildren:\n  - id: rowan\n    name: {given: Rowan}\n"
        "    born_on: 14 March 2025\n    sex: male\n    relinquished: no\n"
    )
    schema, file = schema_of_today(), tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    assert faults(load_as_editors_do(file), schema, schema) == []
    file.write_text(text.replace(before, after), encoding="utf-8")
    assert faults(load_as_editors_do(file), schema, schema)


@pytest.mark.parametrize("name", sorted(all_models()))
def test_every_field_stands_in_the_schema_with_its_meaning(name: str) -> None:
    model = all_models()[name]
    schema = schema_of_today()
    group = schema if model is Case else schema["definitions"][name]
    assert group["additionalProperties"] is False
    assert list(group["properties"]) == list(fields_of(model))
    assert set(group.get("required", ())) == {key for key, info in fields_of(model).items() if info.is_required()}
    for key, info in fields_of(model).items():
        described = group["properties"][key]
        assert described["description"].startswith((info.description or "?").rstrip("."))
        assert described["examples"]
        extra = info.json_schema_extra
        assert isinstance(extra, dict)
        if extra["meets"]:
            assert f"Meets: {extra['meets']}." in described["description"]
        for example in described["examples"]:
            assert faults(example, described, schema) == []


def test_schema_is_the_same_each_time_and_of_draft_07() -> None:
    written = json.dumps(make_schema())
    assert written == json.dumps(make_schema())
    assert make_schema()["$schema"] == "http://json-schema.org/draft-07/schema#"
    for absent in ("$defs", "prefixItems", "seen_as", "x-kind", '"default"'):
        assert absent not in written


def test_words_are_described_in_plain_english() -> None:
    kinds = schema_of_today()["definitions"]["RelationshipKind"]
    assert "second_mother (mother)" in kinds["description"]
    assert "grandmother" in kinds["enum"]


def test_starter_reads_as_it_stands() -> None:
    text = starter_text(procedure="south-west")
    assert text.startswith("# yaml-language-server: $schema=case.schema.json\n")
    case = read_case_text(text.encode(), "case.yaml")
    assert case.procedure == "south-west"
    assert MARK in case.reference
    assert MARK in case.authority.name
    assert MARK in case.children[0].name.given


def test_starter_explains_every_key_in_one_line() -> None:
    shelved = {key for _, keys in SHELVES for key in keys} | {"reference", "authority", "procedure", "children"}
    assert shelved == set(fields_of(Case))
    for key in fields_of(Case):
        assert re.search(rf"^## {key}: .+\.$", starter_text(), re.MULTILINE)


def test_starter_holds_no_facts_but_those_marked() -> None:
    live = [line for line in starter_text().splitlines() if line and not line.lstrip().startswith("#")]
    assert len(live) == 8


def test_examples_of_the_starter_become_facts_when_uncommented() -> None:
    text = re.sub(r"^( *)# (?!yaml)", r"\1", starter_text(), flags=re.MULTILINE)
    with pytest.raises(CannotReadError) as caught:
        read_case_text(text.encode(), "case.yaml")
    # Examples point to people whom nobody has written down yet; nothing else may be wrong with them.
    assert {one.code for one in caught.value.problems} <= {"C005", "C006"}


def test_the_description_beside_the_samples_is_today_s() -> None:
    beside = CASES / "case.schema.json"
    # To renew it: permanence schema -o data/cases/case.schema.json
    assert json.loads(beside.read_text(encoding="utf-8")) == make_schema()
