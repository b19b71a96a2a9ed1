"""The case file described for editors: JSON Schema (draft-07) made from the model, so that the two cannot disagree."""

from __future__ import annotations

import json
from typing import Any

from generator.case.family import Case
from generator.case.words import describe_word

_KINDS = {
    "line of text": "One line of text.",
    "paragraphs": "Paragraphs; **bold**, *italic*, lines that start with - and numbered points come out as such.",
    "id": "A short id in small letters, digits and hyphens.",
    "event name": "The name of an event, in small letters with underscores.",
    "date": "A date, written 2026-04-03 or 3 April 2026.",
    "date and time": "A date and time, written 2026-04-03 14:00 or 3 April 2026, 2pm. Put it in quotes inside braces.",
    "yes or no": "yes or no.",
    "number": "A whole number.",
    "file name": "A file inside the case folder, written with /.",
}
_SCALAR_TYPES = ["string", "number", "boolean"]
"""Editors read an unquoted 0142 as a number and True as a truth; the product takes both as the text that was typed."""


def make_schema() -> dict[str, Any]:
    """The schema of a case file. The same model gives the same schema, key for key in the same order."""
    made = Case.model_json_schema(by_alias=True, mode="validation", ref_template="#/definitions/{model}")
    definitions = made.pop("$defs")
    case = _describe_group(made)
    # The model allows an empty list here, and the check for contradictions refuses it.
    case["properties"]["children"]["minItems"] = 1
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Permanence case file",
        **case,
        "definitions": {name: _describe_definition(definitions[name]) for name in sorted(definitions)},
    }


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(make_schema(), indent=2, ensure_ascii=False) + "\n"


def _describe_definition(made: dict[str, Any]) -> dict[str, Any]:
    return _describe_words(made) if "enum" in made else _describe_group(made)


def _describe_words(made: dict[str, Any]) -> dict[str, Any]:
    allowed = list(made["enum"])
    said = (f"{code} ({describe_word(code)})" if describe_word(code) != code else code for code in allowed)
    return {"description": f"One of: {', '.join(said)}.", "type": "string", "enum": allowed}


def _describe_group(made: dict[str, Any]) -> dict[str, Any]:
    required = [key for key in made["properties"] if key in made.get("required", ())]
    group: dict[str, Any] = {"description": made["description"], "type": "object", "additionalProperties": False}
    if required:
        group["required"] = required
    group["properties"] = {
        key: _describe_fact(fact, may_be_empty=key not in required) for key, fact in made["properties"].items()
    }
    return group


def _describe_fact(made: dict[str, Any], *, may_be_empty: bool) -> dict[str, Any]:
    shape = _shape(made)
    says = [f"{made['description'].rstrip('.')}."]
    if made.get("meets"):
        says.append(f"Meets: {made['meets']}.")
    if kind := _KINDS.get(shape.pop("x-kind", "")):
        says.append(kind)
    fact: dict[str, Any] = {"description": " ".join(says), "examples": list(made["examples"])}
    if not may_be_empty:
        return fact | ({"allOf": [shape]} if "$ref" in shape else shape)
    # A key with nothing after it reads as a key left out.
    if isinstance(types := shape.get("type"), (str, list)) and "enum" not in shape:
        return fact | shape | {"type": [*([types] if isinstance(types, str) else types), "null"]}
    return fact | {"anyOf": [shape, {"type": "null"}]}


def _shape(made: dict[str, Any]) -> dict[str, Any]:
    """What a value must look like, without what is said about it."""
    arms = [arm for arm in made.get("anyOf", ()) if arm.get("type") != "null"]
    if arms:
        return _shape(arms[0])
    if "$ref" in made:
        return {"$ref": made["$ref"]}
    if made.get("type") == "array":
        items = _shape(made["items"])
        items.pop("x-kind", None)
        return {"type": "array", "items": items}
    shape: dict[str, Any] = {key: made[key] for key in ("type", "enum", "pattern", "x-kind") if key in made}
    if isinstance(shape.get("type"), list) and "integer" not in shape["type"]:
        shape["type"] = list(_SCALAR_TYPES)
    return shape
