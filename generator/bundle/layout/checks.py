"""What a program can look at in a bundle: each check with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from pydantic import BaseModel

from generator.bundle.layout.values import Count, Counted, Key, LayoutRow, Line, Time
from generator.case.words import EvidenceKind


class PageLimitCheck(LayoutRow):
    """No more pages than these, unless the court permitted more."""

    name: Literal["page_limit"] = "page_limit"
    pages: Count


class NumberingCheck(LayoutRow):
    """Each section has a letter and its pages run from 1 after it, without a gap or a repeat."""

    name: Literal["numbering"] = "numbering"


class LabelsAgreeCheck(LayoutRow):
    """What a PDF reader calls a page is what is printed on it."""

    name: Literal["labels_agree"] = "labels_agree"


class SectionsInOrderCheck(LayoutRow):
    """The letters of the sections are those of the layout, in its order."""

    name: Literal["sections_in_order"] = "sections_in_order"


class KindsLeftOutCheck(LayoutRow):
    """Papers of these kinds are not in the bundle, unless a direction lets them in.

    `words` are those by which a bookmark gives such a paper away, in a bundle that does not say what its papers are.
    """

    name: Literal["kinds_left_out"] = "kinds_left_out"
    kinds: tuple[EvidenceKind, ...]
    words: tuple[Line, ...] = ()


class KindsPresentCheck(LayoutRow):
    """There is a paper of each of these kinds."""

    name: Literal["kinds_present"] = "kinds_present"
    kinds: tuple[EvidenceKind, ...]


class DocumentLimitCheck(LayoutRow):
    """No paper of these kinds, or of this name in its bookmark, has more pages than these."""

    name: Literal["document_limit"] = "document_limit"
    kinds: tuple[EvidenceKind, ...]
    pages: Count
    words: tuple[Line, ...] = ()


class DatePreparedCheck(LayoutRow):
    """Papers of these kinds say at their head when they were prepared and for which hearing.

    `section` is where they stand, for a bundle that does not say what its papers are.
    """

    name: Literal["date_prepared"] = "date_prepared"
    kinds: tuple[EvidenceKind, ...]
    section: Key


class TypefaceCheck(LayoutRow):
    """Most of the text of a page is in one of these typefaces and at least this many points high."""

    name: Literal["typeface"] = "typeface"
    typefaces: tuple[Line, ...]
    points: Count


class TextCheck(LayoutRow):
    """Every page has at least this many letters that can be searched, its number included."""

    name: Literal["text_on_every_page"] = "text_on_every_page"
    letters: Count


class BookmarksCheck(LayoutRow):
    """Every section and, where they are known, every paper has a bookmark."""

    name: Literal["bookmarks"] = "bookmarks"


class BookmarksNamePageCheck(LayoutRow):
    """Every bookmark has the number of its page in its words."""

    name: Literal["bookmarks_name_page"] = "bookmarks_name_page"


class IndexLinkedCheck(LayoutRow):
    """The lines of the index lead to their pages."""

    name: Literal["index_linked"] = "index_linked"


class UprightCheck(LayoutRow):
    """The text of every page reads from left to right as it is shown."""

    name: Literal["upright"] = "upright"


class OpensAtCheck(LayoutRow):
    """The file opens at this size."""

    name: Literal["opens_at"] = "opens_at"
    percent: Count


class ResolutionCheck(LayoutRow):
    """No picture has more dots per inch than these."""

    name: Literal["resolution"] = "resolution"
    dpi: Count


class A4Check(LayoutRow):
    """Every page is of A4 size, upright or lying."""

    name: Literal["a4"] = "a4"


class FileSizeCheck(LayoutRow):
    """The file is no larger than one way of filing allows, by its id."""

    name: Literal["file_size"] = "file_size"
    channel: Key
    megabytes: Count


class LodgedByCheck(LayoutRow):
    """By when something is filed: at the times counted back from the hearing, unless an order names a day."""

    name: Literal["lodged_by"] = "lodged_by"
    what: Literal["bundle", "preliminary documents"]
    before: tuple[Counted, ...]
    at: Time | None = None


class ChronologicalCheck(LayoutRow):
    """Papers stand in the order of their dates inside each section."""

    name: Literal["chronological"] = "chronological"


class EssentialReadingCheck(LayoutRow):
    """Some papers are marked as essential reading."""

    name: Literal["essential_reading"] = "essential_reading"


class NotProtectedCheck(LayoutRow):
    """The file is not protected against use."""

    name: Literal["not_protected"] = "not_protected"


Check = (
    PageLimitCheck
    | NumberingCheck
    | LabelsAgreeCheck
    | SectionsInOrderCheck
    | KindsLeftOutCheck
    | KindsPresentCheck
    | DocumentLimitCheck
    | DatePreparedCheck
    | TypefaceCheck
    | TextCheck
    | BookmarksCheck
    | BookmarksNamePageCheck
    | IndexLinkedCheck
    | UprightCheck
    | OpensAtCheck
    | ResolutionCheck
    | A4Check
    | FileSizeCheck
    | LodgedByCheck
    | ChronologicalCheck
    | EssentialReadingCheck
    | NotProtectedCheck
)
"""What a program can look at. A rule names one, with its numbers; adding or changing a rule needs no program."""

CHECKS: Mapping[str, type[BaseModel]] = {model.model_fields["name"].default: model for model in get_args(Check)}
