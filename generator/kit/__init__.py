"""The filing kit: all that goes to the court with a bundle, in files of the size and name that each way there takes."""

from generator.kit.channels import Channel, Channels, load_channels
from generator.kit.entries import Content, Kit, KitFacts, KitFile, KitRow
from generator.kit.make import make_kit

__all__ = [
    "Channel",
    "Channels",
    "Content",
    "Kit",
    "KitFacts",
    "KitFile",
    "KitRow",
    "load_channels",
    "make_kit",
]
