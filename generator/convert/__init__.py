"""Turn Word files into PDF, the first of them while the rest are still being written."""

from generator.convert.conversion import Conversion, convert_documents
from generator.convert.identity import NO_CONVERTER, ConverterIdentity, identify_converter
from generator.convert.outcome import ConvertedFile, FailedFile, Outcome

__all__ = [
    "NO_CONVERTER",
    "Conversion",
    "ConvertedFile",
    "ConverterIdentity",
    "FailedFile",
    "Outcome",
    "convert_documents",
    "identify_converter",
]
