"""What a program can look at in a bundle: each check with its numbers."""

from __future__ import annotations

from typing import Literal, get_args

from generator.bundle.layout.values import Count, Counted, Key, LayoutRow, Line, Time
from generator.case.words import EvidenceKind


class PlainCheck(LayoutRow):
    """A check without numbers. A layout may write it as its name alone."""

    name: Literal[
        "numbering",  # each section has a letter and its pages run from 1 after it, without a gap or a repeat
        "labels_agree",  # what a PDF reader calls a page is what is printed on it
        "sections_in_order",  # the letters of the sections are those of the layout, in its order
        "bookmarks",  # every section and, where they are known, every paper has a bookmark
        "bookmarks_name_page",  # every bookmark has the number of its page in its words
        "index_linked",  # the lines of the index lead to their pages
        "upright",  # the text of every page reads from left to right as it is shown
        "a4",  # every page is of A4 size, upright or lying
        "chronological",  # papers stand in the order of their dates inside each section
        "essential_reading",  # some papers are marked as essential reading
        "not_protected",  # the file is not protected against use
    ]


class PageLimitCheck(LayoutRow):
    """No more pages than these, unless the court permitted more."""

    name: Literal["page_limit"] = "page_limit"
    pages: Count


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


class OpensAtCheck(LayoutRow):
    """The file opens at this size."""

    name: Literal["opens_at"] = "opens_at"
    percent: Count


class ResolutionCheck(LayoutRow):
    """No picture has more dots per inch than these."""

    name: Literal["resolution"] = "resolution"
    dpi: Count


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


Check = (
    PlainCheck
    | PageLimitCheck
    | KindsLeftOutCheck
    | KindsPresentCheck
    | DocumentLimitCheck
    | DatePreparedCheck
    | TypefaceCheck
    | TextCheck
    | OpensAtCheck
    | ResolutionCheck
    | FileSizeCheck
    | LodgedByCheck
)
"""What a program can look at. A rule names one, with its numbers; adding or changing a rule needs no program."""

CHECKS = frozenset(name for model in get_args(Check) for name in get_args(model.model_fields["name"].annotation))
"""The names of all checks."""
