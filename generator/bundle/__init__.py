"""The court bundle: one PDF from many, whose pages say the same number everywhere."""

from generator.bundle.assemble import assemble_bundle
from generator.bundle.entries import (
    AssembledBundle,
    AssembledEntry,
    Cover,
    CoverParty,
    Entry,
    PageAllowance,
    Section,
)
from generator.bundle.fonts import FontFiles, find_fonts
from generator.bundle.proof import ExpectedBundle, ExpectedRow, prove_bundle

__all__ = [
    "AssembledBundle",
    "AssembledEntry",
    "Cover",
    "CoverParty",
    "Entry",
    "ExpectedBundle",
    "ExpectedRow",
    "FontFiles",
    "PageAllowance",
    "Section",
    "assemble_bundle",
    "find_fonts",
    "prove_bundle",
]
