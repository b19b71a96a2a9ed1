"""What is known of a bundle beside what its file shows: what its papers are, the hearing, and what was ordered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from generator.base.working_days import Jurisdiction
from generator.case.words import EvidenceKind


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One paper of the bundle, by the numbers of its first and last page.

    `directed_by` is the direction that lets it in; `own` says that whoever files the bundle wrote the paper, and could
    set it anew.
    """

    first_label: str
    last_label: str
    kind: EvidenceKind | None = None
    dated: dt.date | None = None
    directed_by: str | None = None
    essential: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class OrderedDay:
    """The day by which the court ordered something to be filed, and where it says so: `order of 12 June 2026`."""

    what: Literal["bundle", "preliminary documents"]
    on: dt.date
    said_in: str


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """Everything that the case file knows of one bundle. What is not known is None or empty, and is not guessed.

    `permission` says where the court allowed `permitted_pages`; `channel` is the id of the way of filing.
    """

    entries: tuple[EntryFacts, ...] = ()
    hearing_at: dt.datetime | None = None
    permitted_pages: int | None = None
    permission: str = ""
    ordered: tuple[OrderedDay, ...] = ()
    today: dt.date | None = None
    channel: str | None = None
    jurisdiction: Jurisdiction = Jurisdiction.ENGLAND
