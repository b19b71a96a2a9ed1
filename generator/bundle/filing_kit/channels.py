"""Where a bundle is filed and what is allowed there: read strictly from a file, every limit with its source."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from generator.base.errors import CannotReadError
from generator.base.yaml.read import read_yaml
from generator.base.yaml.validation_errors import Wording, explain_refusals
from generator.bundle.layout.model import Sourced
from generator.bundle.layout.values import Key, Line
from generator.case.facts import Day

_LINE_OF_BASE64, _BYTES_IN_LINE = 78, 57


class ChannelUse(StrEnum):
    """What the kit does for a channel: files for upload, parts to attach, or a line in the filing note."""

    PORTAL = "portal"
    PARTS = "parts"
    MENTION = "mention"


class LimitCounts(StrEnum):
    """What a limit is about: the file alone, or the whole message that carries it."""

    FILE = "file"
    MESSAGE = "message"


def _read_number(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch("[1-9][0-9]{0,8}", value):
            raise ValueError("must be a whole number")
        return int(value)
    return value


Number = Annotated[int, BeforeValidator(_read_number)]


class FilingRow(Sourced):
    """A row with the document it comes from, where in it, and when that was looked at."""

    source: Line
    checked_on: Day


class Channel(FilingRow):
    """One way to the court, and how much it takes at once."""

    id: Key
    title: Line
    use: ChannelUse
    megabytes: Number
    counts: LimitCounts
    says: Line


class FileNames(FilingRow):
    """How the portal wants a paper's file to be named."""

    pattern: Line
    example: Line


class NameLength(FilingRow):
    """How many characters a file name may have, its ending counted."""

    shortest: Number
    longest: Number

    @model_validator(mode="after")
    def _leave_room(self) -> NameLength:
        # The shortest name that can still be told from others: Document-A100a-part-10-of-99.pdf.
        if not self.shortest <= 40 <= self.longest:
            raise ValueError("must allow names of 40 characters")
        return self


class FilingRule(FilingRow):
    """One rule, said in a sentence."""

    id: Key
    says: Line


class NeverUpload(FilingRule):
    """What must not be sent, and the kinds of paper (as words) that are it."""

    kinds: tuple[Line, ...] = ()


class Channels(BaseModel):
    """A whole file of channels."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    title: Line
    checked_on: Day
    bytes_per_megabyte: Number
    bytes_beside_attachment: Number
    channels: tuple[Channel, ...]
    file_names: FileNames
    file_name_length: NameLength
    rules: tuple[FilingRule, ...] = ()
    never_upload: tuple[NeverUpload, ...] = ()

    @model_validator(mode="after")
    def _know_where_to_file(self) -> Channels:
        for use in (ChannelUse.PORTAL, ChannelUse.PARTS):
            if sum(channel.use is use for channel in self.channels) != 1:
                raise ValueError(f"must have exactly one channel with use: {use}")
        for channel in self.channels:
            if self.largest_file(channel) < self.bytes_beside_attachment:
                raise ValueError(f"must allow more than a covering message in {channel.id}")
        return self

    def channel_for(self, use: ChannelUse) -> Channel:
        """The one channel of a use that only one has."""
        return next(channel for channel in self.channels if channel.use is use)

    def largest_file(self, channel: Channel) -> int:
        """The most bytes that one file may have in a channel.

        An attachment travels as base64 (RFC 2045, 6.8): 57 bytes become a line of 76 letters and two to end it.
        """
        limit = channel.megabytes * self.bytes_per_megabyte
        if channel.counts is LimitCounts.FILE:
            return limit
        return (limit - self.bytes_beside_attachment) // _LINE_OF_BASE64 * _BYTES_IN_LINE


_WORDING = Wording(
    ("C001", "C002", "C003"), "that is known here", of_value=lambda refused: ("C003", f"This {refused.says}")
)


def load_channels(file: Path) -> Channels:
    """The channels in a file. Raises CannotReadError with every problem and its place."""
    source = read_yaml(file)
    try:
        return Channels.model_validate(source.facts)
    except ValidationError as error:
        problems = explain_refusals(source, error, _WORDING)
        raise CannotReadError(f"{source.name} does not describe channels for filing", problems) from None
