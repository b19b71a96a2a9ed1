"""The pictures of a paper, and those of a whole case as one reader may see them, each with its facts as text."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.base.errors import CannotReadError, UnsafeToDiscloseError
from generator.case.child import Child
from generator.case.family import Case
from generator.case.load import LoadedCase
from generator.case.questions import find_person, find_telling_bar
from generator.disclosure.lens import Lens
from generator.disclosure.readers import find_reader
from generator.papers.card import PlannedDocument
from generator.papers.facts.children import show_child
from generator.papers.facts.people import show_person
from generator.papers.facts.view import ReaderView
from generator.papers.pictures.care.drawing import draw_homes
from generator.papers.pictures.care.milestones import draw_care_timeline
from generator.papers.pictures.family_tree.drawing import draw_family_tree
from generator.papers.pictures.kit import DescribedPicture
from generator.rules.judging.judge import Compliance


def draw_pictures(planned: PlannedDocument) -> dict[str, DescribedPicture | tuple[DescribedPicture, ...]]:
    """The pictures that a paper's card asks for, by the names that its template knows."""
    needs, facts = planned.template.card.needs, planned.facts
    drawn: dict[str, DescribedPicture | tuple[DescribedPicture, ...]] = {}
    if "family_tree" in needs:
        drawn["family_tree"] = draw_family_tree(facts["child"])
    if "homes_pictures" in needs and facts["child"]["placements"]:
        drawn["homes_pictures"] = draw_homes(facts["child"], planned.as_of)
    if "care_timeline" in needs:
        drawn["care_timeline"] = draw_care_timeline(facts["child"], planned.as_of)
    return drawn


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """One picture for one reader: what it shows of which child, as PNG, and the same as text."""

    name: str
    child: str
    shows: str
    png: bytes = dataclasses.field(repr=False)
    text: str = dataclasses.field(repr=False)


def draw_for_reader(
    loaded: LoadedCase, compliance: Compliance, who: str, child: str | None = None
) -> tuple[Lens, tuple[DrawnPicture, ...]]:
    """Every picture of a case, or of one child, as one reader may see them as at the day of the compliance.

    Raises CannotReadError where there is no such reader, or no such child among those that the reader may see, and
    UnsafeToDiscloseError where this parent may not be told of any child.
    """
    lens = find_reader(loaded.case, who)
    children = _choose_children(loaded.case, lens, child)
    scene = ReaderView(loaded.case, compliance, lens, compliance.on)
    return lens, tuple(picture for one in children for picture in _draw_child(one, scene))


def _choose_children(case: Case, lens: Lens, child: str | None) -> list[Child]:
    person = find_person(case, lens.reader)
    ties = {tie.to for tie in person.relationships} if person else set()
    # Who is there for one child is shown no other: a half-brother may be another family's secret.
    mine = [one for one in case.children if not ties or one.id in ties]
    if lens.is_family and not ties:
        mine = []
    if lens.is_family and person and mine:
        mine = [one for one in mine if find_telling_bar(person, one.id) is None]
        if not mine:
            raise UnsafeToDiscloseError(f"Nothing was drawn for {person.id}: they may not be told what is planned")
    if child is None and mine:
        return mine
    chosen = [one for one in mine if one.id == child]
    if not chosen:
        known = ", ".join(one.id for one in mine) or "none"
        raise CannotReadError(f"There is no such child whose pictures this reader may have. There are: {known}")
    return chosen


def _draw_child(child: Child, scene: ReaderView) -> Iterator[DrawnPicture]:
    view: Mapping[str, Any] = show_child(child, scene)
    if scene.lens.is_family:
        view = _keep_to_parent(child, view, scene)
    tree = draw_family_tree(view)
    yield DrawnPicture(f"{child.id}-family-tree", child.id, "family tree", tree.png, tree.alt)
    for name, shows, pages in (
        ("homes", "homes and orders", draw_homes(view, scene.on)),
        ("timeline", "timeline of care", draw_care_timeline(view, scene.on)),
    ):
        for number, page in enumerate(pages, 1):
            page_of = f", page {number} of {len(pages)}" if len(pages) > 1 else ""
            named = f"{child.id}-{name}{f'-{number}' if len(pages) > 1 else ''}"
            yield DrawnPicture(named, child.id, f"{shows}{page_of}", page.png, page.alt)


def _keep_to_parent(child: Child, view: Mapping[str, Any], scene: ReaderView) -> dict[str, Any]:
    """A child as one parent's pictures show them: that parent, and no places, as they may be the other parent's."""
    homes = [{**home, "where": None, "with_whom": None} for home in view["placements"]]
    mine = [one for one in scene.case.parents_of(child.id) if one.id == scene.lens.reader]
    return {**view, "placements": homes, "parents": [show_person(one, scene, child) for one in mine]}
