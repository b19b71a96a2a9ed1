"""The invitation to the meeting after this one: when, and where if that gives nobody away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from generator.base.dates import format_date
from generator.base.english import capitalise
from generator.case.audience import Audience
from generator.case.family import Case
from generator.case.meeting import Meeting
from generator.case.person import Person
from generator.disclosure.leak_search import LeakSearch
from generator.disclosure.lens import Lens
from generator.disclosure.mentions import names_somebody, tells_address
from generator.disclosure.readers import find_reader
from generator.meetings.calendar import write_invitation

_HOUR = dt.timedelta(hours=1)
_KEPT_OUT = "The invitation says no place: what stands under venue names somebody, or tells where they live"
_NOT_TOLD = (
    "The invitation says no place: somebody is invited whose agenda does not say it either. Add it for the others alone"
)


@dataclass(frozen=True, slots=True)
class CalendarInvitation:
    """An invitation as a calendar file, whom it is for, and what to know; or why there is none."""

    content: bytes | None = field(default=None, repr=False)
    words: str = ""
    people: tuple[Person, ...] = ()
    warnings: tuple[str, ...] = ()
    why_none: str = ""


def make_invitation(
    case: Case, search: LeakSearch, meeting: Meeting, on: dt.date, stamped_on: str
) -> CalendarInvitation:
    """The meeting after this one, where its day is known and still to come.

    It is an entry of the case file, or `next_meeting_at` of this one. An end that is not written is worked out from how
    long this meeting took; without that, it is one hour. `stamped_on` is the ISO day that it says it was made.
    """
    after = find_following_meeting(case, meeting)
    starts_at = after.starts_at if after else meeting.next_meeting_at
    if starts_at is None:
        return CalendarInvitation(
            why_none="No next meeting is written: next_meeting_at, or another entry under meetings"
        )
    if starts_at.date() <= on:
        return CalendarInvitation(why_none=f"The next meeting was on {format_date(starts_at.date())}")
    kind = (after or meeting).kind
    took = meeting.ends_at - meeting.starts_at if meeting.ends_at else _HOUR
    ends_at = after.ends_at if after and after.ends_at else starts_at + took
    warnings = (
        () if after and after.ends_at else ("The invitation ends after as long as this meeting took; look at it",)
    )
    if not (after and after.ends_at) and not meeting.ends_at:
        warnings = ("The invitation is for one hour, because no length is written; look at it",)
    venue = (after.venue if after else "") or ""
    guests = after.invited if after else meeting.invited
    people = tuple(dict.fromkeys(case.person(one.person) for one in guests))
    if venue and _gives_away(venue, case, search):
        venue, warnings = "", (*warnings, _KEPT_OUT)
    # The agenda of family says no place, whatever it is: `GuestFacts` says why.
    if venue and not all(find_reader(case, guest.id).sees_plans for guest in people):
        venue, warnings = "", (*warnings, _NOT_TOLD)
    words = kind.words
    words = capitalise(words)
    content = write_invitation(
        (case.reference, "after", meeting.id), starts_at, ends_at, words, venue, dt.date.fromisoformat(stamped_on)
    )
    return CalendarInvitation(content, words, people, warnings)


def find_following_meeting(case: Case, meeting: Meeting) -> Meeting | None:
    """The first meeting after this one about any of the same children."""
    later = [one for one in case.meetings if meeting in case.meetings_before(one)]
    return min(later, key=lambda one: one.starts_at, default=None)


def _gives_away(venue: str, case: Case, search: LeakSearch) -> bool:
    lenses = {find_reader(case, person.id) for person in case.people if not person.role}
    lenses |= {Lens(one) for one in Audience if one.may_be_guest and not one.is_family}
    says_too_much = any(search.says_too_much(venue, lens) for lens in lenses)
    return says_too_much or names_somebody(venue, case) or tells_address(venue, case)
