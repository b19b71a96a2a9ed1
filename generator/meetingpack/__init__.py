"""The meeting pack: what one reader has to read before a meeting, as one PDF in reading order."""

from generator.meetingpack.assemble import AssembledPack, assemble_pack
from generator.meetingpack.entries import ActionLine, AwaitedLine, Entry, PackFacts, Paper

__all__ = ["ActionLine", "AssembledPack", "AwaitedLine", "Entry", "PackFacts", "Paper", "assemble_pack"]
