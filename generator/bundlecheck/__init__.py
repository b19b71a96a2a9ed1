"""Hold a bundle, made here or elsewhere, against every rule of a layout."""

from generator.bundlecheck.check import check_bundle
from generator.bundlecheck.facts import BundleFacts, EntryFacts, OrderedDay
from generator.bundlecheck.findings import BundleCheck, Finding, Outcome

__all__ = ["BundleCheck", "BundleFacts", "EntryFacts", "Finding", "OrderedDay", "Outcome", "check_bundle"]
