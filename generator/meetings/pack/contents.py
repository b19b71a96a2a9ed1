"""Which papers each reader of a meeting pack gets, in the order in which they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.base.dates import format_date
from generator.base.english import find_nearest
from generator.base.errors import CannotReadError
from generator.base.yaml.paths import Path_
from generator.case.court import Evidence
from generator.case.explain import format_case_path
from generator.case.family import Case
from generator.case.meeting import Contribution, Invitation, Meeting
from generator.case.person import Person
from generator.case.questions import find_letter_bar, find_meeting, find_next_meeting
from generator.disclosure.lens import AS_PROFESSIONALS, Lens
from generator.disclosure.readers import find_guest
from generator.papers.card import PlannedDocument
from generator.papers.copies import reads_minutes

WHOLE = "whole-meeting"
"""The folder of those who read everything."""


@dataclass(frozen=True, slots=True)
class Contributed:
    """A paper that somebody sent to the meeting. `file` is its file in the case folder, where one is named."""

    paper: Contribution
    place: Path_
    file: str | None
    evidence: Evidence | None = None

    @property
    def known_as(self) -> tuple[str, ...]:
        """The names by which a clearance may call it."""
        return tuple(name for name in (self.evidence and self.evidence.id, self.file) if name)

    @property
    def where(self) -> str:
        """Its place in the case file, in words."""
        return format_case_path(self.place)


@dataclass(frozen=True, slots=True)
class OpenActions:
    """Stands in the reading order for the list of actions that are still open."""


Item = PlannedDocument | Contributed | OpenActions


@dataclass(frozen=True, slots=True)
class Pack:
    """The papers of readers who all get the same, in reading order. `folder` is a name for them, `readers` are people.

    `lenses` are the views of these readers: what any of them may not see may not stand in the pack. `whole` says that
    they read what professionals discuss.
    """

    folder: str
    readers: tuple[Person, ...]
    lenses: tuple[Lens, ...]
    items: tuple[Item, ...] = field(repr=False)
    whole: bool


def choose_coming_meeting(case: Case, wanted: str | None, on: dt.date) -> Meeting:
    """The meeting of that id; without one, the next from the day `on`. Raises CannotReadError with those there are."""
    if wanted is None:
        if coming := find_next_meeting(case, on):
            return coming
        raise CannotReadError(f"No meeting is still to come. Name one with --meeting: {_list_meetings(case)}")
    found = find_meeting(case, wanted)
    if found is None:
        near = find_nearest(wanted, [one.id for one in case.meetings])
        hint = f"Did you mean {near}?" if near else f"There are: {_list_meetings(case)}."
        raise CannotReadError(f"There is no meeting with the id {wanted}. {hint}")
    return found


def _list_meetings(case: Case) -> str:
    listed = [
        f"{one.id} ({format_date(one.starts_at.date())})"
        for one in sorted(case.meetings, key=lambda one: one.starts_at)
    ]
    return ", ".join(listed) or "none, because the case file has none"


def list_contributed(case: Case, meeting: Meeting) -> tuple[Contributed, ...]:
    """The papers that came for a meeting, each with its file."""
    at = case.meetings.index(meeting)
    by_id = {one.id: one for one in case.evidence if one.id}
    return tuple(
        Contributed(
            paper,
            ("meetings", at, "papers", number),
            by_id[paper.evidence].file if paper.evidence else paper.file,
            by_id[paper.evidence] if paper.evidence else None,
        )
        for number, paper in enumerate(meeting.papers)
        if paper.dated
    )


def is_wanted(planned: PlannedDocument, case: Case, meeting: Meeting) -> bool:
    """Whether a paper has a place in this meeting's pack, for any reader. No privileged paper has one."""
    place, audience = planned.template.card.pack, planned.lens.audience
    if place is None or audience.is_agency:
        return False
    if place == "this_meeting":
        return planned.meeting == meeting.id
    if place == "each_child":
        return planned.child in {child.id for child in case.meeting_children(meeting)}
    return planned.meeting in {one.id for one in case.meetings_before(meeting)}


def list_packs(case: Case, meeting: Meeting, planned: Sequence[PlannedDocument]) -> tuple[Pack, ...]:
    """Every pack of a meeting: first that of those who read everything, then one for each who reads otherwise.

    Who reads minutes gets the agenda, each child's plan, the last minutes, the open actions and the papers sent to the
    meeting; a carer among them the plans of the children in their care, and those papers that are `also_for` them.
    Everybody else gets what is made for them, and what is `also_for` them. `planned` are papers that `is_wanted`.
    """
    papers = [one for one in planned if is_wanted(one, case, meeting)]
    contributed = list_contributed(case, meeting)
    readers = _find_whole_readers(case, meeting)
    whole = _list_whole(case, meeting, papers, contributed)
    groups: dict[tuple[int, ...], list[Person]] = {tuple(map(id, whole)): []}
    chosen: dict[tuple[int, ...], tuple[Item, ...]] = {tuple(map(id, whole)): whole}
    for person in readers:
        items = tuple(one for one in whole if _may_read(person, one, case))
        key = tuple(map(id, items))
        chosen[key] = items
        groups.setdefault(key, []).append(person)
    packs = []
    for number, (key, people) in enumerate(groups.items()):
        folder = f"for-{'-and-'.join(person.id for person in people)}" if number else WHOLE
        lenses = [replace(AS_PROFESSIONALS, reader=person.id) for person in people] or [AS_PROFESSIONALS]
        packs.append(Pack(folder, tuple(people), tuple(lenses), chosen[key], whole=True))
    others = [case.person(one.person) for one in meeting.invited]
    others += [parent for child in case.meeting_children(meeting) for parent in case.parents_of(child.id)]
    packs += [
        Pack(f"for-{guest.id}", (guest,), (find_guest(case, guest.id),), items, whole=False)
        for guest in {one.id: one for one in others if one not in readers}.values()
        if (items := tuple(_list_for(guest, case, meeting, papers, contributed)))
    ]
    return tuple(packs)


def _find_whole_readers(case: Case, meeting: Meeting) -> list[Person]:
    """Everybody who reads minutes, and those who chair the meeting and minute it, invited or not."""
    listed = {one.person for one in meeting.invited}
    held = [Invitation(person=key) for key in (meeting.chair, meeting.minute_taker) if key and key not in listed]
    return [case.person(one.person) for one in (*held, *meeting.invited) if reads_minutes(case, one)]


def _list_whole(
    case: Case, meeting: Meeting, papers: Sequence[PlannedDocument], contributed: Sequence[Contributed]
) -> tuple[Item, ...]:
    ours = [one for one in papers if one.lens == AS_PROFESSIONALS]
    plans = [one for one in ours if _place(one) == "each_child"]
    plans.sort(key=lambda one: _order_of(one, case, meeting))
    return (
        *(one for one in ours if _place(one) == "this_meeting"),
        *plans,
        *_take_last(case, meeting, (one for one in ours if _place(one) == "last_meeting")),
        OpenActions(),
        *contributed,
    )


def _take_last(case: Case, meeting: Meeting, papers: Iterable[PlannedDocument]) -> list[PlannedDocument]:
    """Those that are about the last meeting of which there are any."""
    found = [*papers]
    for before in reversed(case.meetings_before(meeting)):
        if mine := [one for one in found if one.meeting == before.id]:
            return mine
    return []


def _order_of(planned: PlannedDocument, case: Case, meeting: Meeting) -> int:
    """What is about all children comes first, then child by child in the order of the case file."""
    children = [child.id for child in case.meeting_children(meeting)]
    return children.index(planned.child) if planned.child in children else -1


def _place(planned: PlannedDocument) -> str | None:
    return planned.template.card.pack


def _may_read(person: Person, item: Item, case: Case) -> bool:
    """Whether one of those who read minutes gets this paper too."""
    if isinstance(item, Contributed):
        return _is_for(person, item, case) and (person.role is not None or person.id in item.paper.also_for)
    if isinstance(item, PlannedDocument) and item.child and person.role is None:
        return person.is_to(item.child) is not None
    return True


def _is_for(person: Person, item: Contributed, case: Case) -> bool:
    """Whether a paper that is evidence is not kept from this person as a party."""
    kept_from = item.evidence.not_for if item.evidence else ()
    parties = case.court.parties if case.court else ()
    return all(party.person != person.id for party in parties if party.name in kept_from)


def _list_for(
    guest: Person,
    case: Case,
    meeting: Meeting,
    papers: Sequence[PlannedDocument],
    contributed: Sequence[Contributed],
) -> Iterator[Item]:
    """What was made for one person, and what is named for them; nothing where no letter may go to them."""
    mine = [one for one in papers if one.reader == guest.id]
    yield from (one for one in mine if _place(one) == "this_meeting")
    told = _take_last(case, meeting, (one for one in mine if _place(one) == "told_after"))
    yield from sorted(told, key=lambda one: _order_of(one, case, meeting))
    if not _is_barred(guest, case, meeting):
        yield from (one for one in contributed if guest.id in one.paper.also_for and _is_for(guest, one, case))


def _is_barred(guest: Person, case: Case, meeting: Meeting) -> bool:
    mine = [child for child in case.meeting_children(meeting) if guest in case.parents_of(child.id)]
    return bool(mine) and all(find_letter_bar(guest, child.id) for child in mine)
