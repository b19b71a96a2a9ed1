"""Leaks in e-mails, calendars, plain text, HTML, rich text and OpenDocument."""

# ruff: noqa: E501 (a table has one line for each file)

from __future__ import annotations

import quopri
from base64 import b64encode
from email import policy
from email.message import EmailMessage

from in_pdfs import page
from shapes import (
    ADDRESS,
    EMAIL,
    LANDLINE,
    MAIL,
    NAME,
    STREET,
    TELEPHONE,
    ZOE,
    Leak,
    Make,
    content_of,
    letter,
    packing,
    plain,
)

_HEAD = "From: office@saltmarch.example\r\nTo: cat@post.example\r\nMIME-Version: 1.0\r\n"
_TEXT = "Content-Type: text/plain; charset=utf-8\r\n"


def mail(head: str, body: bytes = b"Good morning", kind: str = _TEXT) -> Make:
    """An e-mail with these further header lines and this body, as bytes."""
    return lambda path: (path.write_bytes((_HEAD + head + kind).encode() + b"\r\n" + body), None)[1]


def message(text: str = "Good morning", html: str = "", files: dict[str, bytes] | None = None) -> EmailMessage:
    """An e-mail as programs make it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "office@saltmarch.example", "cat@post.example", "Visit"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    for name, content in (files or {}).items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def sent(made: EmailMessage) -> Make:
    """A file of that e-mail."""
    return lambda path: (path.write_bytes(made.as_bytes(policy=policy.SMTP)), None)[1]


def _forwarded() -> EmailMessage:
    made = message()
    made.add_attachment(message(f"Ask {ZOE}."))
    return made


def _coded(text: str) -> str:
    return f"=?utf-8?b?{b64encode(text.encode()).decode()}?="


def _quoted(text: str) -> str:
    return f"=?utf-8?q?{quopri.encodestring(text.encode()).decode().replace(' ', '_')}?="


_BY_QUOTING = "Content-Transfer-Encoding: quoted-printable\r\n"
_BY_SIXTY_FOUR = "Content-Transfer-Encoding: base64\r\n"
_HTML = "Content-Type: text/html; charset=utf-8\r\n"
_PARTS = 'Content-Type: multipart/mixed; boundary="b"\r\n'

_MAILS: list[tuple[str, Make, str, str, str]] = [
    ("in the subject", mail(f"Subject: Visit to {STREET}\r\n"), STREET, ADDRESS, "subject"),
    ("in a coded subject", mail(f"Subject: {_coded('Visit to ' + ZOE)}\r\n"), ZOE, NAME, "subject"),
    ("in a subject coded in two halves", mail(f"Subject: {_coded('Visit to Zo')}\r\n {_quoted('ë Field')}\r\n"), ZOE, NAME, "subject"),
    ("in a folded subject", mail("Subject: Visit to 27 Tollgate\r\n Road\r\n"), STREET, ADDRESS, "subject"),
    ("in the text", sent(message(f"We met {ZOE}.")), ZOE, NAME, ""),
    ("in a quoted text", sent(message("> > We met\n> > Zoë\n> > Field.")), ZOE, NAME, ""),
    ("in HTML with marks inside the name", sent(message("See below", "<p>We met Zo<b>ë</b> <span>Fi</span>eld.</p>")), ZOE, NAME, ""),
    ("in HTML that is not shown", sent(message("See below", f'<p>Hello</p><p style="display:none">{ZOE}</p>')), ZOE, NAME, ""),
    ("in a remark in HTML", sent(message("See below", f"<p>Hello</p><!-- {ZOE} -->")), ZOE, NAME, ""),
    ("as the words for a picture", sent(message("See below", f'<p>Hello</p><img alt="{ZOE}">')), ZOE, NAME, ""),
    ("in HTML by names of letters", mail("", b"<p>Zo&euml;&nbsp;&#70;ield</p>", _HTML), ZOE, NAME, ""),
    ("in base64", mail("", b64encode(f"We met {ZOE}.".encode()), _TEXT + _BY_SIXTY_FOUR), ZOE, NAME, ""),
    ("in quoted letters with a break in the name", mail("", b"We met Zo=C3=AB Fi=\r\neld.", _TEXT + _BY_QUOTING), ZOE, NAME, ""),
    ("in another coding of letters", mail("", f"We met {ZOE}.".encode("latin-1"), "Content-Type: text/plain; charset=iso-8859-1\r\n"), ZOE, NAME, ""),
    ("in a Word file that comes with it", sent(message(files={"note.docx": content_of(letter(ZOE))})), ZOE, NAME, "note|attach"),
    ("in a PDF that comes with it", sent(message(files={"note.pdf": content_of(page(STREET), ".pdf")})), STREET, ADDRESS, "note|attach"),
    ("as the name of a file that comes with it", sent(message(files={"Zoë Field.txt": b"Yes"})), ZOE, NAME, "attach"),
    ("in an e-mail that comes with it", sent(_forwarded()), ZOE, NAME, ""),
    ("in a calendar entry that comes with it", mail("", f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nLOCATION:{STREET}\r\nEND:VEVENT\r\nEND:VCALENDAR".encode(), "Content-Type: text/calendar; charset=utf-8\r\n"), STREET, ADDRESS, ""),
    ("before the first part", mail("", f"We met {ZOE}.\r\n--b\r\n\r\nHello\r\n--b--\r\n".encode(), _PARTS), ZOE, NAME, ""),
    ("after the last part", mail("", f"--b\r\n\r\nHello\r\n--b--\r\nRing {LANDLINE}".encode(), _PARTS), LANDLINE, TELEPHONE, ""),
    ("as the name to answer to", mail(f"Reply-To: {_coded(ZOE)} <office@saltmarch.example>\r\n"), ZOE, NAME, "reply"),
    ("as an address for a copy", mail(f"Cc: {MAIL}\r\n"), MAIL, EMAIL, "cc|copy"),
    ("in a line of the head that nobody sees", mail(f"X-Original-To: {MAIL}\r\n"), MAIL, EMAIL, "head|x-original-to"),
]  # fmt: skip


def calendar(*lines: str) -> Make:
    """A calendar with one entry of these lines."""
    whole = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART:20260801T100000Z",
        *lines,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return plain("\r\n".join(whole) + "\r\n")


_CALENDARS: list[tuple[str, Make, str, str, str]] = [
    ("in the summary", calendar(f"SUMMARY:Visit to {ZOE}"), ZOE, NAME, "summary"),
    ("in the place", calendar(f"LOCATION:{STREET}\\, Saltmarch"), STREET, ADDRESS, "location|place"),
    ("in a description folded inside the name", calendar("DESCRIPTION:Tamsin is to be met by Zoë Fi", " eld at the door"), ZOE, NAME, "description"),
    ("in a description with an escaped line", calendar("DESCRIPTION:Go to 27 Tollgate\\nRoad"), STREET, ADDRESS, "description"),
    ("as somebody invited", calendar(f'ATTENDEE;CN="{ZOE}":mailto:office@saltmarch.example'), ZOE, NAME, "attendee|invited"),
    ("as an address of somebody invited", calendar(f"ATTENDEE:mailto:{MAIL}"), MAIL, EMAIL, "attendee|invited"),
    ("in a description in HTML", calendar("X-ALT-DESC;FMTTYPE=text/html:<p>Zoë <b>Field</b></p>"), ZOE, NAME, "desc"),
    ("in an alarm", calendar("BEGIN:VALARM", f"DESCRIPTION:Ring {LANDLINE}", "END:VALARM"), LANDLINE, TELEPHONE, ""),
]  # fmt: skip


_ODT_NS = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for prefix, space in {"office": "office", "text": "text", "style": "style", "meta": "meta"}.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(body: str = "<text:p>Hello</text:p>", styles: str = "", meta: str = "") -> Make:
    """An OpenDocument text."""
    root = "<?xml version='1.0' encoding='UTF-8'?><office:document-{0} " + _ODT_NS + ">{1}</office:document-{0}>"
    return packing(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": root.format("content", f"<office:body><office:text>{body}</office:text></office:body>"),
            "styles.xml": root.format("styles", styles),
            "meta.xml": root.format("meta", f"<office:meta>{meta}</office:meta>"),
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        }
    )


def rtf(inside: str) -> Make:
    """A rich text."""
    return plain("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs24 " + inside + "\\par}", "latin-1")


_OTHERS: list[tuple[str, str, Make, str, str, str]] = [
    ("txt", "text", plain(f"We met {ZOE}."), ZOE, NAME, ""),
    ("txt", "text over a line", plain("We met Zoë\r\nField."), ZOE, NAME, ""),
    ("txt", "text of two bytes a letter", plain(f"We met {ZOE}.", "utf-16"), ZOE, NAME, ""),
    ("txt", "text in an older coding", plain(f"We met {ZOE}.", "cp1252"), ZOE, NAME, ""),
    ("txt", "text with a mark in front", plain(f"{ZOE}", "utf-8-sig"), ZOE, NAME, ""),
    ("html", "HTML text", plain("<p>Zo&#xEB; Fi<wbr>eld</p>"), ZOE, NAME, ""),
    ("html", "HTML title", plain(f"<html><head><title>{ZOE}</title></head><body>Hello</body></html>"), ZOE, NAME, ""),
    ("html", "HTML attribute", plain(f"<p title='{ZOE}'>Hello</p>"), ZOE, NAME, ""),
    ("html", "HTML remark", plain(f"<p>Hello</p><!-- {ZOE} -->"), ZOE, NAME, ""),
    ("html", "HTML script", plain(f"<script>var carer = '{ZOE}'</script>"), ZOE, NAME, ""),
    ("html", "HTML description", plain(f"<meta name=description content='{ZOE}'><p>Hello</p>"), ZOE, NAME, ""),
    ("html", "HTML in cells", plain("<table><tr><td>Zoë</td><td>Field</td></tr></table>"), ZOE, NAME, ""),
    ("html", "HTML link", plain("<a href='https://maps.example/?q=27+Tollgate+Road'>here</a>"), STREET, ADDRESS, "link|href|attribute"),
    ("rtf", "rich text", rtf("We met Zo\\'eb Field."), ZOE, NAME, ""),
    ("rtf", "rich text with a numbered letter", rtf("We met Zo\\u235? Field."), ZOE, NAME, ""),
    ("rtf", "rich text with marks inside the name", rtf("We met Zo{\\b \\'eb} Fi\r\n{\\i e}ld."), ZOE, NAME, ""),
    ("rtf", "rich text that is hidden", rtf("Hello {\\v 27 Tollgate Road}"), STREET, ADDRESS, ""),
    ("rtf", "rich text author", plain("{\\rtf1\\ansi{\\info{\\author Zo\\'eb Field}}Hello\\par}"), ZOE, NAME, ""),
    ("rtf", "rich text header", rtf("{\\header 27 Tollgate Road\\par}Hello"), STREET, ADDRESS, ""),
    ("odt", "OpenDocument text", odt("<text:p>Zo<text:span>ë</text:span><text:s/>Field</text:p>"), ZOE, NAME, ""),
    ("odt", "OpenDocument comment", odt(f"<text:p>Hello<office:annotation><text:p>{ZOE}</text:p></office:annotation></text:p>"), ZOE, NAME, ""),
    ("odt", "OpenDocument header", odt(styles=f"<office:master-styles><style:header><text:p>{STREET}</text:p></style:header></office:master-styles>"), STREET, ADDRESS, ""),
    ("odt", "OpenDocument author", odt(meta=f"<dc:creator>{ZOE}</dc:creator>"), ZOE, NAME, ""),
    ("odt", "OpenDocument deletion", odt(f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{ZOE}</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Hello</text:p>"), ZOE, NAME, ""),
]  # fmt: skip


def _leak(kind: str, suffix: str, about: str, make: Make, value: str, fact: str, where: str) -> Leak:
    return Leak(
        f"{kind} {about}.{suffix}".strip().replace(" ", "-"), f"{kind} {about}".strip(), make, value, fact, where=where
    )


LEAKS: tuple[Leak, ...] = (
    *(_leak("mail", "eml", *one) for one in _MAILS),
    *(_leak("calendar", "ics", *one) for one in _CALENDARS),
    *(_leak("", suffix, about, make, value, fact, where) for suffix, about, make, value, fact, where in _OTHERS),
    Leak("mail-named-as-text.txt", "an e-mail with the wrong ending", mail("", b64encode(ZOE.encode()), _TEXT + _BY_SIXTY_FOUR), ZOE),
    Leak("text-named-as-word.docx", "a text with the wrong ending", plain(f"We met {ZOE}."), ZOE),
    Leak("rich-text-named-as-word.docx", "a rich text with the wrong ending", rtf("Zo\\'eb Field"), ZOE),
)  # fmt: skip
