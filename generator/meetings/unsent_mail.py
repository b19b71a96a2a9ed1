"""One e-mail as a file: plain text and HTML, its attachments, and the mark that it was never sent."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from html import escape
from mimetypes import guess_type
from typing import TypeAlias

from generator.base.digests import digest_texts

Body: TypeAlias = tuple[str | tuple[str, ...], ...]
"""Paragraphs in their order; a tuple is a list of points."""
_OTHER = "application/octet-stream"
_EMPTY_START = re.compile(rb"^([A-Za-z-]+):\r\n[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to attach: its name, without a folder, and its content."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class UnsentMail:
    """What an e-mail says and to whom: `to` stands where all can read it, `hidden` (Bcc) where none of the others can.

    People are pairs of a name to show, which may be empty, and an address. `about` tells this e-mail from others with
    the same words.
    """

    subject: str
    body: Body = field(repr=False)
    to: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    hidden: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    sender: str = ""
    attachments: tuple[Attachment, ...] = ()
    about: str = ""


def write_mail(mail: UnsentMail) -> bytes:
    """The file (RFC 5322, lines end as CRLF) that Outlook opens as a message still to be sent (`X-Unsent: 1`).

    The same mail gives the same bytes: no date stands in it, and its identity and boundaries come from its content.
    Raises ValueError for an address that is not one plain address.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if mail.sender:
        message["From"] = [_address("", mail.sender)]
    if mail.to:
        message["To"] = [_address(*one) for one in mail.to]
    if mail.hidden:
        message["Bcc"] = [_address(*one) for one in mail.hidden]
    message["Subject"] = _one_line(mail.subject)
    message["Message-ID"] = f"<{_digest(mail)}@permanence.invalid>"
    message.set_content("\n".join(_write_plainly(mail.body)), cte="quoted-printable")
    message.add_alternative(_write_page(mail.body), subtype="html", cte="quoted-printable")
    for one in mail.attachments:
        kind = guess_type(one.name)[0] or _OTHER
        main, _, sub = kind.partition("/")
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=_one_line(one.name))
    _fix_boundaries(message, _digest(mail))
    head, gap, rest = message.as_bytes().partition(b"\r\n\r\n")
    # Python breaks some headers right after their name, and some mail programs then show a blank subject.
    return _EMPTY_START.sub(rb"\1: ", head) + gap + rest


def _address(name: str, address: str) -> Address:
    return Address(display_name=_one_line(name), addr_spec=address)


def _one_line(text: str) -> str:
    """Text for a header: no line breaks, no invisible marks that turn or hide letters."""
    plain = "".join(" " if unicodedata.category(letter) in _UNSEEN else letter for letter in text)
    return " ".join(plain.split())


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _write_plainly(body: Body) -> Iterator[str]:
    for part in body:
        yield from (part,) if isinstance(part, str) else (f"- {point}" for point in part)
        yield ""


def _write_page(body: Body) -> str:
    parts: list[str] = []
    for part in body:
        if isinstance(part, str):
            parts.append(f"<p>{escape(part)}</p>")
        else:
            parts.append(f"<ul>{''.join(f'<li>{escape(point)}</li>' for point in part)}</ul>")
    head = '<head><meta charset="utf-8"><style>body{font-family:Arial,sans-serif;font-size:11pt}</style></head>'
    return f'<!DOCTYPE html>\n<html lang="en-GB">{head}\n<body>\n' + "\n".join(parts) + "\n</body></html>\n"


def _digest(mail: UnsentMail) -> str:
    """What tells this e-mail from every other."""
    parts: Iterable[str] = (
        mail.about,
        mail.subject,
        repr(mail.body),
        repr((mail.sender, mail.to, mail.hidden)),
        *(f"{one.name} {hashlib.sha256(one.content).hexdigest()}" for one in mail.attachments),
    )
    return digest_texts(*parts)[:40]


def _fix_boundaries(message: MIMEPart, digest: str) -> None:
    """Give each part that holds others a boundary of its own that is always the same."""
    for number, part in enumerate(one for one in message.walk() if one.is_multipart()):
        part.set_boundary(re.sub(r"[^A-Za-z0-9]", "", f"part{number}of{digest}"))
