"""The case's output folder: what is in it, who changed it, and how new files arrive without losing anything."""

from generator.output.folder import AS_MADE, EARLIER, OutputFolder, Standing
from generator.output.keptcases import KeptCase, list_kept_cases
from generator.output.opening import open_output
from generator.output.places import digest_of
from generator.output.record import RECORD, Origin, Record, Replaced, Written, quote

__all__ = [
    "AS_MADE",
    "EARLIER",
    "RECORD",
    "KeptCase",
    "Origin",
    "OutputFolder",
    "Record",
    "Replaced",
    "Standing",
    "Written",
    "digest_of",
    "list_kept_cases",
    "open_output",
    "quote",
]
