"""Evidence from outside: each file looked at by content, made harmless, and named when it cannot be used."""

from generator.evidence.admit import admit_evidence
from generator.evidence.outcomes import AdmittedEvidence, EvidenceResult, Outcome, RefusedEvidence, WordEvidence

__all__ = ["AdmittedEvidence", "EvidenceResult", "Outcome", "RefusedEvidence", "WordEvidence", "admit_evidence"]
