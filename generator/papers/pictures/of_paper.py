"""The pictures that a paper's card asks for."""

from __future__ import annotations

from generator.papers.card import PlannedDocument
from generator.papers.pictures.care.drawing import draw_homes
from generator.papers.pictures.care.milestones import draw_care_timeline
from generator.papers.pictures.family_tree.drawing import draw_family_tree
from generator.papers.pictures.picture import DescribedPicture


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
