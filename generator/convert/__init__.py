"""Turn Word files into PDF, the first of them while the rest are still being written."""

from generator.convert.conversion import Conversion, convert_documents
from generator.convert.outcome import ConvertedFile, FailedFile, Outcome

__all__ = ["Conversion", "ConvertedFile", "FailedFile", "Outcome", "convert_documents"]
