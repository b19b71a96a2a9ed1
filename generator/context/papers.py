"""The report, the reviewing officer's view and the decision record, with the people they name."""

from __future__ import annotations

import datetime as dt
from typing import Any

from generator.case import AdmDecision, Case, Child, IroView, PermanenceReport
from generator.case.report import Author
from generator.context.people import show_name, show_person
from generator.disclosure import Lens

UNWRITTEN_REPORT_KEYS = ("author", "supervisor")


def show_report(report: PermanenceReport, case: Case, lens: Lens, on: dt.date) -> dict[str, Any]:
    """The report's own facts; people in full."""
    child = case.child(report.child)
    health = report.health_summary
    view = lens.facts(report)
    view |= {
        "author": _show_author(report.author, child, case, lens, on),
        "supervisor": _show_author(report.supervisor, child, case, lens, on),
        "health_summary": lens.facts(health) | {"written_by": _show(health.written_by, child, case, lens, on)},
    }
    for name in ("family_views", "parenting_capacity", "parent_comments"):
        view[name] = [
            lens.facts(entry, owner=entry.person) | {"who": _show(entry.person, child, case, lens, on)}
            for entry in getattr(report, name)
        ]
    view["quality_checks"] = [
        lens.facts(check) | {"by": show_name(case.person(check.by), lens)} for check in report.quality_checks
    ]
    return view


def _show_author(author: Author | None, child: Child, case: Case, lens: Lens, on: dt.date) -> dict[str, Any] | None:
    return lens.facts(author) | {"person": _show(author.person, child, case, lens, on)} if author else None


def _show(key: str | None, child: Child, case: Case, lens: Lens, on: dt.date) -> dict[str, Any] | None:
    if key is None:
        return None
    other = next((one for one in case.children if one.id == key), None)
    if other:
        return {"id": key, "full_name": other.name.full, "name": other.name.short, "relationship": "brother or sister"}
    return show_person(case.person(key), case, lens, on, child)


def show_iro_view(view: IroView, case: Case, lens: Lens, on: dt.date) -> dict[str, Any]:
    """The reviewing officer's view, with the officer in full."""
    return lens.facts(view) | {"iro": _show(view.iro, case.child(view.child), case, lens, on)}


def show_decision(decision: AdmDecision, case: Case, lens: Lens, on: dt.date) -> dict[str, Any]:
    """The decision record. `uses_panel` is true only where a panel was lawful: consent cases (AAR 2005 reg 17(2))."""
    child = case.child(decision.child)
    return lens.facts(decision) | {
        "decision_maker": _show(decision.decision_maker, child, case, lens, on),
        "panel_adviser": _show(decision.panel_adviser, child, case, lens, on),
        "uses_panel": decision.panel is not None and decision.parents_consent is True,
        "decision_code": decision.decision.value if decision.decision else None,
        "parents_notified": [
            lens.facts(told, owner=told.person)
            | {
                "who": _show(told.person, child, case, lens, on),
                "told_by": show_name(case.person(told.told_by), lens) if told.told_by else None,
            }
            for told in decision.parents_notified
            if lens.reader is None or told.person == lens.reader
        ],
    }
