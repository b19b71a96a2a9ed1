"""The report, the reviewing officer's view and the decision record, with the people they name."""

from __future__ import annotations

from typing import Any

from generator.base.dates import speak
from generator.case.child import Child
from generator.case.citations import list_cited
from generator.case.decision import AdmDecision
from generator.case.facts import Disclosure
from generator.case.iro import IroView
from generator.case.report import Author, PermanenceReport
from generator.papers.context.children import show_other
from generator.papers.context.people import show_name, show_person
from generator.papers.context.scene import Scene


def show_report(report: PermanenceReport, scene: Scene) -> dict[str, Any]:
    """The report's own facts; people in full."""
    case, lens = scene.case, scene.lens
    child = case.child(report.child)
    health = report.health_summary
    view = lens.facts(report)
    view |= {
        "author": _show_author(report.author, child, scene),
        "supervisor": _show_author(report.supervisor, child, scene),
        "health_summary": lens.facts(health) | {"written_by": _show(health.written_by, child, scene)},
    }
    for name in ("family_views", "parenting_capacity", "parent_comments"):
        view[name] = [
            lens.facts(entry, owner=entry.person) | {"who": show_other(entry.person, child, scene)}
            for entry in getattr(report, name)
        ]
    view["quality_checks"] = [
        lens.facts(check) | {"by": show_name(case.person(check.by), lens)} for check in report.quality_checks
    ]
    return view


def _show_author(author: Author | None, child: Child, scene: Scene) -> dict[str, Any] | None:
    lens = scene.lens
    return lens.facts(author) | {"person": _show(author.person, child, scene)} if author else None


def _show(key: str | None, child: Child, scene: Scene) -> dict[str, Any] | None:
    return show_person(scene.case.person(key), scene, child) if key else None


def show_cited(scene: Scene) -> dict[str, Any]:
    """Title and date of the evidence that the case file cites, by id; None where this reader may not know of it."""
    return scene.remember(("cited",), lambda: _show_cited(scene))


def _show_cited(scene: Scene) -> dict[str, Any]:
    seen = scene.lens.sees(Disclosure.EVIDENCE)
    cited = list_cited(scene.case)
    return {
        item.id: {"title": item.title, "dated": speak(item.dated)} if seen else None
        for item in scene.case.evidence
        if item.id in cited
    }


def show_iro_view(view: IroView, scene: Scene) -> dict[str, Any]:
    """The reviewing officer's view, with the officer in full."""
    case, lens = scene.case, scene.lens
    return lens.facts(view) | {"iro": _show(view.iro, case.child(view.child), scene)}


def show_decision(decision: AdmDecision, scene: Scene) -> dict[str, Any]:
    """The decision record. `uses_panel` is true only where a panel was lawful: consent cases (AAR 2005 reg 17(2))."""
    case, lens = scene.case, scene.lens
    child = case.child(decision.child)
    return lens.facts(decision) | {
        "decision_maker": _show(decision.decision_maker, child, scene),
        "panel_adviser": _show(decision.panel_adviser, child, scene),
        "uses_panel": decision.panel is not None and decision.parents_consent is True,
        "decision_code": decision.decision.value if decision.decision else None,
        "parents_notified": [
            lens.facts(told, owner=told.person)
            | {
                "who": _show(told.person, child, scene),
                "told_by": show_name(case.person(told.told_by), lens) if told.told_by else None,
            }
            for told in decision.parents_notified
            if lens.reader is None or told.person == lens.reader
        ],
    }
