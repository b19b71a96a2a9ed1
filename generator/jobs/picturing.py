"""The pictures of a case: those that a paper asks for, and as files for one reader, each with its facts as text."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import __version__
from generator.base.errors import CannotReadError, UnsafeToDiscloseError
from generator.case.child import Child
from generator.case.family import Case
from generator.case.load import LoadedCase
from generator.disclosure.lens import Lens
from generator.disclosure.readers import find_reader
from generator.papers.card import PlannedDocument
from generator.papers.facts.children import show_child
from generator.papers.facts.people import show_person
from generator.papers.facts.view import ReaderView
from generator.rules.judging.judge import Compliance

if TYPE_CHECKING:
    from generator.jobs.opencase import OpenCase
    from generator.papers.render.document import Picture

PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """One picture for one reader: what it shows of which child, as PNG, and the same as text."""

    name: str
    child: str
    shows: str
    png: bytes = dataclasses.field(repr=False)
    text: str = dataclasses.field(repr=False)


@dataclass(frozen=True, slots=True)
class PicturesReport:
    """The pictures that were delivered, each with the text beside it, and why others are withheld."""

    folder: Path
    reader: str
    audience: str
    files: tuple[tuple[DrawnPicture, Path, Path], ...]
    withheld: tuple[UnsafeToDiscloseError, ...]
    warnings: tuple[str, ...]


def draw_pictures(planned: PlannedDocument) -> dict[str, Picture | list[Picture]]:
    """The pictures that a paper's card asks for, by the names that its template knows; each with its facts in words."""
    needs, facts, drawn = planned.template.card.needs, planned.facts, dict[str, "Picture | list[Picture]"]()
    if "family_tree" in needs:
        from generator.papers.pictures.family_tree.tree import draw_family_tree

        tree = draw_family_tree(facts["child"])
        drawn["family_tree"] = tree.png, tree.alt
    if "homes_pictures" in needs and facts["child"]["placements"]:
        from generator.papers.pictures.care.picture import draw_homes

        drawn["homes_pictures"] = [(page.png, page.alt) for page in draw_homes(facts["child"], planned.as_of)]
    if "care_timeline" in needs:
        from generator.papers.pictures.care.picture import draw_care_timeline

        drawn["care_timeline"] = [(page.png, page.alt) for page in draw_care_timeline(facts["child"], planned.as_of)]
    return drawn


def draw_for_reader(
    loaded: LoadedCase, compliance: Compliance, who: str, child: str | None = None
) -> tuple[Lens, tuple[DrawnPicture, ...]]:
    """Every picture of a case, or of one child, as one reader may see them as at the day of the compliance.

    Raises CannotReadError where there is no such reader, or no such child among those that the reader may see.
    """
    lens = find_reader(loaded.case, who)
    children = _choose_children(loaded.case, lens, child)
    scene = ReaderView(loaded.case, compliance, lens, compliance.on)
    return lens, tuple(picture for one in children for picture in _draw_child(one, scene))


def _choose_children(case: Case, lens: Lens, child: str | None) -> list[Child]:
    person = next((one for one in case.people if one.id == lens.reader), None)
    ties = {tie.to for tie in person.relationships} if person else set()
    # Who is there for one child is shown no other: a half-brother may be another family's secret.
    mine = [one for one in case.children if not ties or one.id in ties]
    if lens.is_family and not ties:
        mine = []
    if child is None and mine:
        return mine
    chosen = [one for one in mine if one.id == child]
    if not chosen:
        known = ", ".join(one.id for one in mine) or "none"
        raise CannotReadError(f"There is no such child whose pictures this reader may have. There are: {known}")
    return chosen


def _draw_child(child: Child, scene: ReaderView) -> Iterator[DrawnPicture]:
    from generator.papers.pictures.care.picture import draw_care_timeline, draw_homes
    from generator.papers.pictures.family_tree.tree import draw_family_tree

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


def deliver_pictures(drawn: tuple[DrawnPicture, ...], who: str, lens: Lens, open_: OpenCase) -> PicturesReport:
    """Search the words of each picture, and have those that say nothing wrong arrive with their texts."""
    from generator.disclosure.file_text.files import read_bytes

    folder, guard = open_.folder, open_.guard
    placed: list[tuple[DrawnPicture, Path, Path]] = []
    withheld: list[UnsafeToDiscloseError] = []
    for picture in drawn:
        text = f"{picture.text}\n".encode()
        verdict = guard.judge(read_bytes(f"{picture.name}.txt", text), lens, (picture.name,))
        if verdict.problems:
            says = f"The picture {picture.name} is withheld: its reader may not know what it says"
            withheld.append(UnsafeToDiscloseError(says, verdict.problems))
            continue
        inputs = hashlib.sha256(__version__.encode() + picture.png + text).hexdigest()

        def place(suffix: str, content: bytes, stem: str = picture.name, inputs: str = inputs) -> Path:
            made = folder.work / f"{stem}.{suffix}"
            made.write_bytes(content)
            return folder.place(made, f"{PICTURES}/for-{who}/{stem}.{suffix}", inputs)

        placed.append((picture, place("png", picture.png), place("txt", text)))
    open_.deliver()
    return PicturesReport(
        folder.path,
        who,
        lens.audience.value,
        tuple(placed),
        tuple(withheld),
        tuple(folder.warnings),
    )
