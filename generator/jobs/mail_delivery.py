"""E-mails on their way: their papers attached, searched for what their readers must not see, put in their places."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.digests import digest_of
from generator.base.errors import UnsafeToDiscloseError
from generator.case.family import Case
from generator.case.load import LoadedCase
from generator.case.meeting import Meeting
from generator.case.person import Person
from generator.disclosure.file_text.reading import Reading
from generator.disclosure.file_text.worker import read_files
from generator.disclosure.leak_search import LeakSearch
from generator.disclosure.lens import AS_COURT, AS_PROFESSIONALS, Lens
from generator.disclosure.readers import find_reader
from generator.jobs.make_papers import PapersReport
from generator.jobs.outcomes import PaperResult
from generator.meetings.circulation_record import Attached, Drafted
from generator.meetings.mail_texts import write_address_warning
from generator.meetings.mails import Mail, MailPaper, read_address
from generator.meetings.next_invitation import CalendarInvitation, make_invitation
from generator.meetings.unsent_mail import Attachment, UnsentMail, write_mail
from generator.papers.card import PlannedDocument
from generator.papers.plan import names_of
from generator.papers.word.word_diff import read_wording
from generator.workspace.folder import FileStanding, OutputFolder

INVITATION = "next-meeting.ics"
_MARK = re.compile(r"\bDRAFT\b")
_MARKED = (
    "your Word file of it still bears the mark DRAFT. Take the mark out of its header, or take the new version, and "
    "run this again"
)


@dataclass(frozen=True, slots=True)
class MailResult:
    """One e-mail after the run. `action` is drafted, replaced, unchanged, kept, laid beside, or withheld.

    `unwritten` names the papers attached to it in which the case file leaves a question open.
    """

    mail: Mail
    file: Path
    action: str
    missing: int = 0
    unwritten: tuple[str, ...] = ()


def find_unwritten(mail: Mail, planned: Mapping[str, PlannedDocument]) -> tuple[str, ...]:
    """Which papers that an e-mail carries print a question that nobody has answered."""
    return tuple(name for name in mail.sends if name in planned and planned[name].gaps)


def count_missing(mail: Mail) -> int:
    """How many of those an e-mail is for have no known address; one where nobody is known at all.

    Who is reached in another way is not missed.
    """
    return sum(way.by_mail and way.address is None for way in mail.ways) or (0 if mail.people else 1)


@dataclass
class SentPapers:
    """The PDFs to attach, as they stand in the output folder or will stand there."""

    folder: OutputFolder
    planned: Sequence[PlannedDocument]
    report: PapersReport

    def __post_init__(self) -> None:
        self.results = {one.planned.name: one for one in self.report.papers}
        self.by_name = {one.name: one for one in self.planned}

    def judge(self, planned: PlannedDocument) -> MailPaper:
        """Whether a paper can be attached."""
        result = self.results.get(planned.name)
        if result is None:
            return MailPaper(planned.title, trouble=f"{planned.name} is withheld: its reader may not know what it says")
        trouble = "" if result.pdf else "there is no PDF of it as it stands now. See what is said of it"
        if self.report.no_pdf_because:
            trouble = "there is no PDF of it: LibreOffice is missing"
        elif not planned.draft and self._bears_mark(result):
            trouble = _MARKED
        return MailPaper(planned.title, planned.draft, f"{planned.name}: {trouble}" if trouble else "")

    def _bears_mark(self, result: PaperResult) -> bool:
        """Whether a Word file that a person keeps still has the mark that it had before its sign-off."""
        if result.action not in {"kept", "laid beside"}:
            return False
        words = read_wording(result.word)
        return words is None or any(_MARK.search(one.words) for one in words)

    def attach(self, name: str) -> Attachment:
        """The PDF of a paper."""
        return Attachment(f"{name}.pdf", self._pdf(name).read_bytes())

    def record(self, name: str) -> Attached:
        """A paper as the record names it."""
        return Attached(name, digest_of(self._pdf(name)), self.version(name))

    def version(self, name: str) -> str:
        """Which version of a paper it is: the SHA-256 of the Word file that its PDF was made from."""
        pdf = self.results[name].pdf if name in self.results else None
        known = self.folder.written.get(pdf.relative_to(self.folder.path).as_posix()) if pdf else None
        return known.made_from if known else ""

    def _pdf(self, name: str) -> Path:
        pdf = self.results[name].pdf
        if pdf is None:
            raise AssertionError(name)
        return self.folder.arriving.get(pdf, pdf)


@dataclass(frozen=True, slots=True)
class _Parcel:
    """One finished file on its way: for whom it is searched, and by which names a clearance may call it."""

    mail: Mail
    name: str
    made: Path
    entry: Drafted
    standing: FileStanding
    lenses: tuple[Lens, ...]
    clearances: tuple[str, ...]

    def list_files(self, folder: OutputFolder) -> list[Path]:
        """What has to be searched: what is new, and what a person made of the last one."""
        by_hand = self.standing in (FileStanding.EDITED, FileStanding.EDITED_AND_OUTDATED)
        return [self.made, folder.path / self.name] if by_hand else [self.made]


@dataclass
class MailDelivery:
    """E-mails on their way into the output folder. `before` is what was drafted in earlier rounds."""

    loaded: LoadedCase
    folder: OutputFolder
    search: LeakSearch
    shelf: str
    sent: SentPapers
    keys: Mapping[str, str]
    before: Sequence[Drafted]
    drafted: list[Drafted] = field(default_factory=list)
    withheld: list[UnsafeToDiscloseError] = field(default_factory=list)
    parcels: list[_Parcel] = field(default_factory=list)

    def add_mail(self, mail: Mail) -> None:
        """Write one e-mail in the private folder."""
        content = write_mail(self._address(mail))
        entry = Drafted(
            f"{mail.name}.eml",
            self.folder.made_on,
            tuple(person.id for person in mail.people),
            mail.subject,
            hashlib.sha256(content).hexdigest(),
            self.keys.get(mail.name, ""),
            mail.due_on.isoformat() if mail.due_on else "",
            mail.answer_by.isoformat() if mail.answer_by else "",
            tuple(dict.fromkeys(one.rule.name for one in mail.rulings)),
            tuple(self.sent.record(one) for one in mail.sends),
        )
        clearances = tuple(one for paper in mail.sends for one in names_of(self.sent.by_name[paper]))
        self._add(mail, content, entry, (), clearances)

    def add_invitation(self, meeting: Meeting, on: dt.date) -> CalendarInvitation:
        """Write the invitation to the meeting after this one, where there is one.

        One that says the same keeps the day on which it was first drafted, which stands in it.
        """
        made = make_invitation(self.loaded.case, self.search, meeting, on, self.folder.made_on)
        last = next((one for one in reversed(self.before) if one.file == INVITATION), None)
        if last and made.content:
            then = make_invitation(self.loaded.case, self.search, meeting, on, last.on)
            is_same = hashlib.sha256(then.content or b"").hexdigest() == last.sha256
            made = then if is_same else made
        if made.content:
            people = tuple(person.id for person in made.people)
            digest = hashlib.sha256(made.content).hexdigest()
            entry = Drafted(INVITATION, self.folder.made_on, people, made.words, digest, "")
            mail = Mail(INVITATION, made.people, made.words, ())
            self._add(mail, made.content, entry, (AS_COURT,), ())
        return made

    def deliver(self) -> tuple[MailResult, ...]:
        """Search all that was added, and have it arrive when the folder is delivered."""
        files = [(parcel, file) for parcel in self.parcels for file in parcel.list_files(self.folder)]
        readings = read_files([(file, parcel.made.name) for parcel, file in files])
        by_name: dict[str, list[Reading | None]] = {}
        for (parcel, _), reading in zip(files, readings, strict=True):
            by_name.setdefault(parcel.name, []).append(reading)
        return tuple(self._place(parcel, by_name[parcel.name]) for parcel in self.parcels)

    def _address(self, mail: Mail) -> UnsentMail:
        authority, missing = self.loaded.case.authority, count_missing(mail)
        office = read_address(authority.email) or ""
        known = tuple(
            (person.name.full, way.address) for person, way in zip(mail.people, mail.ways, strict=True) if way.address
        )
        is_open = mail.open_to_all or len(mail.people) <= 1
        body = (write_address_warning(missing, len(mail.people)), *mail.body) if missing else mail.body
        attachments = tuple(self.sent.attach(one) for one in mail.sends)
        to = known if is_open else (((authority.name, office),) if office else ())
        return UnsentMail(mail.subject, body, to, () if is_open else known, office, attachments, self.shelf + mail.name)

    def _add(
        self, mail: Mail, content: bytes, entry: Drafted, lenses: tuple[Lens, ...], clearances: tuple[str, ...]
    ) -> None:
        name = f"{self.shelf}/{entry.file}"
        made = self.folder.work / name
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(content)
        standing = self.folder.standing(name, entry.sha256)
        readers = (*_choose_lenses(self.loaded.case, mail.people), *lenses)
        names = (name, made.name, made.stem, *clearances)
        self.parcels.append(_Parcel(mail, name, made, entry, standing, readers, names))

    def _place(self, parcel: _Parcel, readings: Sequence[Reading | None]) -> MailResult:
        there, digest, missing = self.folder.path / parcel.name, parcel.entry.sha256, count_missing(parcel.mail)
        unwritten = find_unwritten(parcel.mail, self.sent.by_name)
        trouble = self._find_trouble(parcel, readings)
        if trouble:
            self.withheld.append(trouble)
            return MailResult(parcel.mail, there, "withheld", missing, unwritten)
        if parcel.standing is FileStanding.OUTDATED:
            self.folder.refuse_if_open(parcel.name)
        if parcel.standing is FileStanding.EDITED:
            self.folder.keep(parcel.name, digest)
            return MailResult(parcel.mail, there, "kept", missing, unwritten)
        arrives = self.folder.place(parcel.made, parcel.name, digest)
        self.drafted.append(parcel.entry)
        actions = {
            FileStanding.MISSING: "drafted",
            FileStanding.CURRENT: "unchanged",
            FileStanding.OUTDATED: "replaced",
        }
        action = actions[parcel.standing] if arrives == there else "laid beside"
        return MailResult(parcel.mail, arrives, action, missing, unwritten)

    def _find_trouble(self, parcel: _Parcel, readings: Sequence[Reading | None]) -> UnsafeToDiscloseError | None:
        """Why a file has to be withheld: it says what one of its readers must not see, or cannot be read to its end."""
        lies_there = (self.folder.path / parcel.name).exists()
        advice = f". Do not send {parcel.name} as it lies there" if lies_there else ""
        for reading in readings:
            if reading is None or reading.broken:
                return UnsafeToDiscloseError(f"{parcel.name} is withheld: it could not be searched to its end{advice}")
            for lens in parcel.lenses:
                problems = self.search.judge(reading, lens, parcel.clearances).problems
                if problems:
                    says = f"{parcel.name} is withheld: a reader of it may not know what it says{advice}"
                    return UnsafeToDiscloseError(says, problems)
        return None


def _choose_lenses(case: Case, people: Sequence[Person]) -> tuple[Lens, ...]:
    """As whom a file is searched: its one reader, or the audiences of those who read it together."""
    lenses = [find_reader(case, person.id) for person in people] or [AS_PROFESSIONALS]
    if len(lenses) == 1:
        return tuple(lenses)
    shared = (one if one.is_family else Lens(one.audience) for one in lenses)
    return tuple(dict.fromkeys(shared))
