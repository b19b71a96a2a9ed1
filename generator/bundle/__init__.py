"""The court bundle: one PDF from many, whose pages say the same number everywhere, and keep it."""

from generator.bundle.access import TAGS_LOST, Access, tell_access
from generator.bundle.assemble import AssembledBundle, assemble_bundle
from generator.bundle.changes import ChangeLine, Changes, describe_changes, list_changes, plan_changes
from generator.bundle.citations import CitationLink, take_citations
from generator.bundle.entries import (
    AssembledEntry,
    Cover,
    CoverParty,
    Entry,
    PageAllowance,
    Section,
)
from generator.bundle.fonts import FontFiles, find_fonts
from generator.bundle.labels import read_label
from generator.bundle.ledger import FiledPage, FiledPaper, Ledger, Round, read_ledger, write_ledger
from generator.bundle.newpages import draw_change_note, write_new_pages
from generator.bundle.numbering import ChangeKind, LateStyle, PaperChange
from generator.bundle.proof import ExpectedBundle, ExpectedRow, prove_bundle

__all__ = [
    "TAGS_LOST",
    "Access",
    "AssembledBundle",
    "AssembledEntry",
    "ChangeKind",
    "ChangeLine",
    "Changes",
    "CitationLink",
    "Cover",
    "CoverParty",
    "Entry",
    "ExpectedBundle",
    "ExpectedRow",
    "FiledPage",
    "FiledPaper",
    "FontFiles",
    "LateStyle",
    "Ledger",
    "PageAllowance",
    "PaperChange",
    "Round",
    "Section",
    "assemble_bundle",
    "describe_changes",
    "draw_change_note",
    "find_fonts",
    "list_changes",
    "plan_changes",
    "prove_bundle",
    "read_label",
    "read_ledger",
    "take_citations",
    "tell_access",
    "write_ledger",
    "write_new_pages",
]
