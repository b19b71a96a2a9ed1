"""What managers read over many families: the decision grid, the tracker, what is due, and how each is counted."""

from generator.tracking.book import NOT_READ, FileToLookAt, find_repeated, make_sheets
from generator.tracking.cells import Cell, Column, Mark, Sheet, Tone, clean
from generator.tracking.family import FamilyLines, Standards, read_standards, track_family
from generator.tracking.plain import sheet_as_csv, sheet_as_json

__all__ = [
    "NOT_READ",
    "Cell",
    "Column",
    "FamilyLines",
    "FileToLookAt",
    "Mark",
    "Sheet",
    "Standards",
    "Tone",
    "clean",
    "find_repeated",
    "make_sheets",
    "read_standards",
    "sheet_as_csv",
    "sheet_as_json",
    "track_family",
]
