"""The words of e-mails and calendars: headers, bodies, names of attachments, and what is in them."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from generator.disclosure.file_text.reading import Budget, InnerReader, Reading
from generator.disclosure.file_text.text import decode, read_html

_HEADER = re.compile(
    rb"(?:From|To|Cc|Subject|Date|Received|MIME-Version|X-Unsent|Message-ID|Return-Path):", re.IGNORECASE
)


def is_mail(data: bytes) -> bool:
    """Whether a file begins as an e-mail does."""
    return _HEADER.match(data.lstrip()[:200]) is not None


def is_calendar(data: bytes) -> bool:
    """Whether a file begins as a calendar does."""
    return data.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR")


def read_mail(data: bytes, budget: Budget, read_inner: InnerReader) -> Reading:
    """Headers as they are shown, both bodies, and every attachment with its name."""
    reading = Reading()
    for part in message_from_bytes(data).walk():
        for name, value in part.items():
            where = "subject" if name.lower() == "subject" else f"header {name}"
            reading.add(where, [_decode_header(str(value))])
        if part.is_multipart():
            reading.add("beside the parts of the message", [part.preamble or "", part.epilogue or ""])
            continue
        content = part.get_payload(decode=True)
        body = content if isinstance(content, bytes) else str(part.get_payload()).encode("utf-8", "replace")
        file = _file_name(part)
        if not budget.spend(len(body)):
            reading.broken.append("an attachment (too large)")
        elif file is None and part.get_content_type() == "text/plain":
            reading.add("message", [decode(body, part.get_content_charset())])
        elif file is None and part.get_content_type() == "text/html":
            reading.take_in(read_html(decode(body, part.get_content_charset())), "message")
        else:
            reading.add("name of an attachment", [file or ""])
            reading.take_in(read_inner(file or "", body), f"attachment {file or ''}".strip())
    return reading


def _decode_header(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError, UnicodeError):
        return value


def _file_name(part: Message) -> str | None:
    name = part.get_filename()
    return _decode_header(name) if name else None


def read_calendar(data: bytes) -> Reading:
    """Every line of every entry, unfolded."""
    reading = Reading()
    lines = re.sub(r"\r?\n[ \t]", "", decode(data)).splitlines()
    plain = (re.sub(r"\\[nN]", "\n", line).replace("\\,", ",").replace("\\;", ";") for line in lines)
    reading.add_pieces((f"calendar entry, {line.partition(':')[0].partition(';')[0].lower()}", line) for line in plain)
    return reading
