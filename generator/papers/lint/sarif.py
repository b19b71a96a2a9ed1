"""Findings as SARIF 2.1.0, which code-hosting sites and editors show beside the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.base.errors import Level
from generator.base.explanations import read_explanations
from generator.papers.lint.findings import TemplateFinding

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.MUST: "error", Level.SHOULD: "warning", Level.COULD: "note"}


def to_sarif(findings: Iterable[TemplateFinding], paths: Mapping[str, str]) -> dict[str, Any]:
    """One run of the check. `paths` are the files as they were given, by their names in findings."""
    every = list(findings)
    codes = sorted({one.code for one in every})
    driver = {
        "name": "permanence templates check",
        "version": __version__,
        "rules": [
            {"id": code, "shortDescription": {"text": code}, "fullDescription": {"text": read_explanations()[code]}}
            for code in codes
        ],
    }
    results = [_say(one, codes.index(one.code), paths.get(one.file, one.file)) for one in every]
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _say(finding: TemplateFinding, rule: int, path: str) -> dict[str, Any]:
    try_ = f" Try: {finding.remedy}." if finding.remedy else ""
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.level],
        "message": {"text": f"{finding.says}.{try_}"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": _as_uri(path)}},
                "logicalLocations": [{"fullyQualifiedName": str(finding.where), "kind": "element"}],
            }
        ],
    }


def _as_uri(path: str) -> str:
    return quote(path.replace("\\", "/"))
