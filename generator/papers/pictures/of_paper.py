"""The pictures that a paper's card asks for."""

from __future__ import annotations

from generator.papers.card import PlannedDocument
from generator.papers.pictures.care.drawing import draw_homes
from generator.papers.pictures.care.milestones import draw_care_timeline
from generator.papers.pictures.family_tree.drawing import draw_family_tree
from generator.papers.render.document import Picture


def draw_pictures(planned: PlannedDocument) -> dict[str, Picture | list[Picture]]:
    """The pictures that a paper's card asks for, by the names that its template knows; each with its facts in words."""
    needs, facts, drawn = planned.template.card.needs, planned.facts, dict[str, "Picture | list[Picture]"]()
    if "family_tree" in needs:
        tree = draw_family_tree(facts["child"])
        drawn["family_tree"] = tree.png, tree.alt
    if "homes_pictures" in needs and facts["child"]["placements"]:
        drawn["homes_pictures"] = [(page.png, page.alt) for page in draw_homes(facts["child"], planned.as_of)]
    if "care_timeline" in needs:
        drawn["care_timeline"] = [(page.png, page.alt) for page in draw_care_timeline(facts["child"], planned.as_of)]
    return drawn
