"""Word templates held against docxtpl's traps, the facts of their papers, their readers, and those who read by ear."""

from generator.templatecheck.annotate import annotate
from generator.templatecheck.asked import Asked, find_withheld
from generator.templatecheck.check import check_card, check_facts, check_word, list_uses
from generator.templatecheck.findings import Finding, Where
from generator.templatecheck.mend import mend
from generator.templatecheck.promised import find_procedures
from generator.templatecheck.sarif import to_sarif
from generator.templatecheck.traps import refuse_losses
from generator.templatecheck.wordfile import check_template
from generator.templatecheck.wordparts import WordFile, open_word

__all__ = [
    "Asked",
    "Finding",
    "Where",
    "WordFile",
    "annotate",
    "check_card",
    "check_facts",
    "check_template",
    "check_word",
    "find_procedures",
    "find_withheld",
    "list_uses",
    "mend",
    "open_word",
    "refuse_losses",
    "to_sarif",
]
