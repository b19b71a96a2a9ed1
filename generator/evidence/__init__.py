"""Evidence from outside: each file looked at by content, made harmless, and named when it cannot be used."""

from generator.evidence.admit import admit_evidence, quarantine_evidence
from generator.evidence.outcomes import (
    AdmittedEvidence,
    EvidenceResult,
    Outcome,
    RefusedEvidence,
    Removed,
    WordEvidence,
    join_word,
)

__all__ = [
    "AdmittedEvidence",
    "EvidenceResult",
    "Outcome",
    "RefusedEvidence",
    "Removed",
    "WordEvidence",
    "admit_evidence",
    "join_word",
    "quarantine_evidence",
]
