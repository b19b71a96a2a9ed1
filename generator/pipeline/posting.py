"""E-mails on their way: their papers attached, searched for what their readers must not see, put in their places."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.case import Case, LoadedCase, Meeting, Person
from generator.circulation import Mail, Paper, read_address, say_missing_addresses
from generator.disclosure import Audience, Lens, find_reader
from generator.document import PlannedDocument
from generator.errors import UnsafeToDiscloseError
from generator.output import OutputFolder, Standing, digest_of
from generator.pipeline.circulationrecord import Attached, Drafted
from generator.pipeline.fates import PaperResult, name_of
from generator.pipeline.guarding import Guard
from generator.pipeline.inviting import make_invitation
from generator.pipeline.papers import PapersReport
from generator.pipeline.searching import names_of
from generator.post import Attachment, UnsentMail, write_mail


@dataclass(frozen=True, slots=True)
class MailResult:
    """What became of one e-mail: drafted, replaced, unchanged, kept, laid beside, or withheld."""

    mail: Mail
    file: Path
    action: str
    missing: int = 0


def count_missing(mail: Mail) -> int:
    """How many of those an e-mail is for have no known address; one where nobody is known at all."""
    return sum(way.address is None for way in mail.ways) or (0 if mail.people else 1)


@dataclass
class SentPapers:
    """The PDFs to attach, as they stand in the output folder or will stand there."""

    folder: OutputFolder
    planned: Sequence[PlannedDocument]
    report: PapersReport

    def __post_init__(self) -> None:
        self.results = {one.planned.name: one for one in self.report.papers}
        self.by_name = {one.name: one for one in self.planned}

    def judge(self, planned: PlannedDocument) -> Paper:
        """Whether a paper can be attached."""
        result = self.results.get(planned.name)
        if result is None:
            return Paper(planned.title, trouble="withheld: its reader may not know what it says")
        trouble = "" if result.pdf else "there is no PDF of it as it stands now. See what is said of it"
        if self.report.no_pdf_because:
            trouble = "there is no PDF of it: LibreOffice is missing"
        return Paper(planned.title, planned.draft or self._bears_mark(result), trouble)

    def _bears_mark(self, result: PaperResult) -> bool:
        """Whether a Word file that a person keeps was made while the paper was a DRAFT: the mark may be on it still."""
        known = self.folder.written.get(name_of(result.planned))
        return result.action in {"kept", "laid beside"} and known is not None and known.origin.draft == "yes"

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


@dataclass
class Delivery:
    """E-mails on their way into the output folder."""

    loaded: LoadedCase
    folder: OutputFolder
    guard: Guard
    shelf: str
    sent: SentPapers
    keys: Mapping[str, str]
    drafted: list[Drafted] = field(default_factory=list)
    withheld: list[UnsafeToDiscloseError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def draft(self, mail: Mail) -> MailResult:
        """One e-mail, searched, on its way to its place."""
        name = f"{self.shelf}/{mail.name}.eml"
        missing = count_missing(mail)
        content = write_mail(self._address(mail, missing))
        papers = tuple(self.sent.record(one) for one in mail.sends)
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
            papers,
        )
        clearances = [one for paper in mail.sends for one in names_of(self.sent.by_name[paper])]
        lenses = _choose_lenses(self.loaded.case, mail.people)
        return MailResult(mail, *self._place(name, content, entry, lenses, clearances), missing)

    def invite(self, meeting: Meeting, on: dt.date) -> tuple[MailResult | None, str]:
        """The invitation to the meeting after this one, or why there is none."""
        made = make_invitation(self.loaded.case, self.guard, meeting, on)
        self.warnings += made.warnings
        if made.content is None:
            return None, made.why_none
        name = f"{self.shelf}/next-meeting.ics"
        entry = Drafted(
            "next-meeting.ics",
            self.folder.made_on,
            tuple(person.id for person in made.people),
            made.words,
            hashlib.sha256(made.content).hexdigest(),
            "",
        )
        lenses = (*_choose_lenses(self.loaded.case, made.people), Lens(Audience.COURT))
        mail = Mail("next-meeting", made.people, made.words, ())
        return MailResult(mail, *self._place(name, made.content, entry, lenses, ())), ""

    def _address(self, mail: Mail, missing: int) -> UnsentMail:
        authority = self.loaded.case.authority
        office = read_address(authority.email) or ""
        known = tuple(
            (person.name.full, way.address) for person, way in zip(mail.people, mail.ways, strict=True) if way.address
        )
        is_open = mail.open_to_all or len(mail.people) <= 1
        body = (say_missing_addresses(missing, len(mail.people)), *mail.body) if missing else mail.body
        attachments = tuple(self.sent.attach(one) for one in mail.sends)
        to = known if is_open else (((authority.name, office),) if office else ())
        return UnsentMail(mail.subject, body, to, () if is_open else known, office, attachments, self.shelf + mail.name)

    def _place(
        self, name: str, content: bytes, entry: Drafted, lenses: Sequence[Lens], clearances: Sequence[str]
    ) -> tuple[Path, str]:
        self.names.append(name)
        made = self.folder.work / name
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(content)
        there = self.folder.path / name
        standing = self.folder.standing(name, entry.sha256)
        by_hand = standing in (Standing.EDITED, Standing.EDITED_AND_OUTDATED)
        looked_at = [made, there] if by_hand else [made]
        if self._search(name, looked_at, lenses, (name, made.name, made.stem, *clearances)):
            return there, "withheld"
        if standing is Standing.OUTDATED:
            self.folder.refuse_if_open(name)
        if standing is Standing.EDITED:
            self.folder.keep(name, entry.sha256)
            return there, "kept"
        arrives = self.folder.place(made, name, entry.sha256)
        self.drafted.append(entry)
        actions = {Standing.MISSING: "drafted", Standing.CURRENT: "unchanged", Standing.OUTDATED: "replaced"}
        return arrives, actions[standing] if arrives == there else "laid beside"

    def _search(self, name: str, files: Sequence[Path], lenses: Sequence[Lens], names: Sequence[str]) -> bool:
        """Whether an e-mail has to be withheld: it says what one of its readers must not see, or cannot be read."""
        from generator.examine import read_files

        shown = Path(name).name
        lies_there = (self.folder.path / name).exists()
        advice = f". Do not send {name} as it lies there" if lies_there else ""
        for reading in read_files([(file, shown) for file in files]):
            if reading is None or reading.broken:
                self.withheld.append(
                    UnsafeToDiscloseError(f"{name} is withheld: it could not be searched to its end{advice}")
                )
                return True
            for lens in lenses:
                problems = self.guard.judge(reading, lens, names).problems
                if problems:
                    says = f"{name} is withheld: a reader of it may not know what it says{advice}"
                    self.withheld.append(UnsafeToDiscloseError(says, problems))
                    return True
        return False


def _choose_lenses(case: Case, people: Sequence[Person]) -> tuple[Lens, ...]:
    """As whom an e-mail is searched: its one reader, or the audiences of those who read it together."""
    lenses = [find_reader(case, person.id) for person in people] or [Lens(Audience.PROFESSIONALS)]
    if len(lenses) == 1:
        return tuple(lenses)
    shared = (one if one.audience is Audience.PARENT else Lens(one.audience) for one in lenses)
    return tuple(dict.fromkeys(shared))
