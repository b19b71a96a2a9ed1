"""Make the filing kit: the bundle, its papers, parts for e-mail, the index alone, a note, and the hashes of all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.base.digests import digest_of
from generator.base.english import count_of
from generator.base.errors import BundleError, FileBusyError, Problem
from generator.base.pages import format_range
from generator.bundle.filing_kit.channels import Channel, Channels, ChannelUse, LimitCounts, NeverUpload
from generator.bundle.filing_kit.cut import FinishedBundle, open_bundle
from generator.bundle.filing_kit.model import Kit, KitContent, KitFacts, KitFile
from generator.bundle.filing_kit.names import add_ending, name_bundle, name_papers
from generator.bundle.filing_kit.parts import KitPart, PageTooLargeError, divide
from generator.bundle.filing_kit.words import FilingWay, write_index, write_note
from generator.bundle.papers import PlacedPaper

_ENDING = ".pdf"
_NO_KIT = "The filing kit cannot be made from this bundle"


def make_kit(bundle: Path, papers: Sequence[PlacedPaper], facts: KitFacts, channels: Channels, folder: Path) -> Kit:
    """Write everything that filing a bundle takes into `folder`, which is made where it is not there.

    `bundle` is a finished bundle, `papers` its papers in order. The bundle and each paper are kept under the limit of
    the portal, the parts for e-mail under that of a message. The same input gives the same bytes, and beside what a
    single part takes little is held in memory. Raises BundleError for papers that are not those of the bundle (B002)
    and for a page that is too large for the portal (B001), FileBusyError when the folder is full, read-only or in use.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FileBusyError(f"{folder} is not empty. Nothing was changed; give the kit a folder of its own")
        with open_bundle(bundle) as opened:
            return _Maker(bundle, opened, papers, facts, channels, folder).make()
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        says = f"The filing kit cannot be written: {reason}. Make room on the disk, and try again"
        raise FileBusyError(says) from None


class _Maker:
    """One kit on its way: what goes in, and the files so far."""

    def __init__(
        self,
        path: Path,
        bundle: FinishedBundle,
        papers: Sequence[PlacedPaper],
        facts: KitFacts,
        channels: Channels,
        folder: Path,
    ) -> None:
        self.places = _find_pages(bundle, papers, facts)
        self.path, self.bundle, self.papers, self.facts = path, bundle, papers, facts
        self.channels, self.folder = channels, folder
        self.portal, self.email = channels.channel_for(ChannelUse.PORTAL), channels.channel_for(ChannelUse.PARTS)
        self.longest = channels.file_name_length.longest - len(_ENDING)
        self.stem = name_bundle(path.stem, facts.children, self.longest)
        self.files: list[KitFile] = []
        self.warnings: list[str] = []

    def make(self) -> Kit:
        self._add_bundle()
        self._add_papers()
        self._add_parts()
        self._add_index()
        self._add_note()
        self._add_hashes()
        return Kit(self.folder, tuple(self.files), tuple(self.warnings))

    def _units(self) -> list[range]:
        """What stands in front, and then each paper up to the next, so that no page is left out."""
        starts = [pages.start for pages in self.places]
        ends = [*starts[1:], len(self.bundle.labels)]
        front = [range(starts[0])] if starts[0] else []
        return [*front, *(range(start, end) for start, end in zip(starts, ends, strict=True))]

    def _add_bundle(self) -> None:
        limit = self.channels.largest_file(self.portal)
        try:
            self._add_whole_or_parts("bundle", KitContent.BUNDLE, limit, "part")
        except PageTooLargeError as error:
            raise self._refuse_page(error.page) from None
        count = len(self._of(KitContent.BUNDLE))
        if count > 1:
            self.warnings.append(
                f"The bundle is larger than the {self.portal.megabytes} MB that the portal takes, so it is in {count} "
                "parts. A link of the index works where its paper is in the same part"
            )

    def _add_parts(self) -> None:
        limit = self.channels.largest_file(self.email)
        try:
            self._add_whole_or_parts("email", KitContent.EMAIL, limit, "email")
        except PageTooLargeError as error:
            shutil.rmtree(self.folder / "email")
            self.warnings.append(
                f"Page {self.bundle.labels[error.page]} alone is larger than an e-mail of {self.email.megabytes} MB "
                "may be, so there are no parts for e-mail. Use the portal, or scan that page at 300 dpi"
            )

    def _add_whole_or_parts(self, name: str, content: KitContent, limit: int, word: str) -> None:
        within = self.folder / name
        within.mkdir()
        if self.path.stat().st_size <= limit:
            shutil.copyfile(self.path, within / f"{self.stem}{_ENDING}")
            self._enter(within / f"{self.stem}{_ENDING}", content, range(len(self.bundle.labels)))
            return
        with tempfile.TemporaryDirectory(prefix=".parts-", dir=self.folder) as private:
            parts = divide(self.bundle, self._units(), limit, self._cut_part, Path(private))
            self._take_in(parts, within, self.stem, word, content)

    def _cut_part(self, pages: range, target: Path) -> int:
        title = f"{self.bundle.title}, pages {self.bundle.name_pages(pages)}"
        return self.bundle.cut(pages, target, title, self.facts.prepared_on)

    def _take_in(
        self, parts: Sequence[KitPart], within: Path, stem: str, word: str, content: KitContent, paper: str = ""
    ) -> None:
        for number, part in enumerate(parts, 1):
            target = within / f"{add_ending(stem, _part_ending(word, number, len(parts)), self.longest)}{_ENDING}"
            part.path.rename(target)
            self._enter(target, content, part.pages, paper)

    def _add_papers(self) -> None:
        within = self.folder / "papers"
        within.mkdir()
        chosen: list[tuple[PlacedPaper, tuple[KitPart, ...]]] = []
        with tempfile.TemporaryDirectory(prefix=".papers-", dir=self.folder) as private:
            for number, (placed, pages) in enumerate(zip(self.papers, self.places, strict=True)):
                if never := self._never(placed):
                    says = f"{placed.page_range} has no file of its own, because it must not be uploaded: {never.says}"
                    self.warnings.append(says)
                    continue
                own = Path(private, str(number))
                own.mkdir()
                chosen.append((placed, self._cut_paper(placed, pages, own)))
            # Named when it is known which are in parts, because their names leave room for saying so.
            rooms = [self.longest - len(_part_ending("part", len(parts), len(parts))) for _, parts in chosen]
            names = name_papers([placed for placed, _ in chosen], self.facts.children, rooms)
            for (placed, parts), name in zip(chosen, names, strict=True):
                self._take_in(parts, within, name, "part", KitContent.PAPER, placed.id)

    def _cut_paper(self, placed: PlacedPaper, pages: range, folder: Path) -> tuple[KitPart, ...]:
        limit = self.channels.largest_file(self.portal)
        whole = folder / f"whole{_ENDING}"
        size = self.bundle.cut(pages, whole, placed.paper.title, self.facts.prepared_on, one_paper=True)
        if size <= limit:
            return (KitPart(whole, pages, size),)
        whole.unlink()
        try:
            return divide(self.bundle, [pages], limit, self._cut_part, folder)
        except PageTooLargeError as error:
            raise self._refuse_page(error.page) from None

    def _never(self, placed: PlacedPaper) -> NeverUpload | None:
        sort = placed.paper.sort.casefold()
        return next((one for one in self.channels.never_upload if sort in map(str.casefold, one.kinds)), None)

    def _refuse_page(self, page: int) -> BundleError:
        says = (
            f"Page {self.bundle.labels[page]} alone is larger than the {self.portal.megabytes} MB that the portal takes"
        )
        return BundleError(_NO_KIT, (Problem("B001", says, remedy="scan that page again, at 300 dpi"),))

    def _add_index(self) -> None:
        pages = range(self.facts.index_pages[0] - 1, self.facts.index_pages[-1])
        target = self.folder / "index.pdf"
        title = f"Index {self.facts.case_number}".strip()
        self.bundle.cut(pages, target, title, self.facts.prepared_on, one_paper=True)
        self._enter(target, KitContent.INDEX, pages)
        write_index(self.folder / "index.docx", self.facts, self.papers)
        self._enter(self.folder / "index.docx", KitContent.INDEX)

    def _add_note(self) -> None:
        front = self.places[0].start
        total = len(self.bundle.labels)
        pages = format_range(self.papers[0].first_label, self.papers[-1].last_label)
        filed = (
            f"The court bundle, {count_of(total, 'page')}: {count_of(front, 'page')} of cover and index, and "
            f"{count_of(len(self.papers), 'paper')} ({pages})."
        )
        never = [one.says for one in self.channels.never_upload]
        write_note(self.folder / "filing-note.docx", self.facts, filed, tuple(self._list_ways()), never)
        self._enter(self.folder / "filing-note.docx", KitContent.NOTE)

    def _list_ways(self) -> Iterator[FilingWay]:
        says: tuple[str, ...]
        for channel in self.channels.channels:
            if channel.use is ChannelUse.PORTAL:
                papers = self._of(KitContent.PAPER)
                says = (
                    f"Folder bundle: {self._describe_files(KitContent.BUNDLE)}",
                    f"Folder papers: {count_of(len(papers), 'file')}, each uploaded under its own type",
                )
            elif channel.use is ChannelUse.PARTS:
                files = self._of(KitContent.EMAIL)
                says = (
                    f"Folder email: {self._describe_files(KitContent.EMAIL)}"
                    if files
                    else "Not possible: a page is too large",
                )
                if len(files) > 1:
                    says += self._rules("one-message-for-a-step")
            else:
                fits = self.path.stat().st_size <= self.channels.largest_file(channel)
                says = ("The whole bundle fits one message" if fits else "The whole bundle does not fit one message",)
            yield FilingWay(channel.title, says, _describe_limit(channel))

    def _rules(self, *ids: str) -> tuple[str, ...]:
        return tuple(rule.says for rule in self.channels.rules if rule.id in ids)

    def _describe_files(self, content: KitContent) -> str:
        files = self._of(content)
        if len(files) == 1:
            return f"1 file, {_format_size(files[0].size)}"
        largest = _format_size(max(file.size for file in files))
        pages = ""
        if len(files) <= 3:
            ranges = (format_range(file.first_label, file.last_label) for file in files)
            pages = f" ({', '.join(ranges)})"
        return f"{len(files)} parts{pages}, the largest {largest}"

    def _add_hashes(self) -> None:
        lines = [f"{file.sha256}  {file.path}\n" for file in self.files]
        target = self.folder / "hashes.txt"
        target.write_text("".join(lines), encoding="ascii", newline="\n")
        self._enter(target, KitContent.HASHES)

    def _of(self, content: KitContent) -> list[KitFile]:
        return [file for file in self.files if file.content is content]

    def _enter(self, path: Path, content: KitContent, pages: range | None = None, paper: str = "") -> None:
        digest = digest_of(path)
        labels = (self.bundle.labels[pages.start], self.bundle.labels[pages.stop - 1]) if pages else ("", "")
        where = path.relative_to(self.folder).as_posix()
        self.files.append(KitFile(where, content, path.stat().st_size, digest, *labels, paper))


def _find_pages(bundle: FinishedBundle, papers: Sequence[PlacedPaper], facts: KitFacts) -> tuple[range, ...]:
    """The pages of each paper in the file, from 0.

    Raises BundleError where the papers are not the bundle's own: in order, one after another, under its labels.
    """
    problems = []
    found = []
    place_of = {label: place for place, label in enumerate(bundle.labels)}
    last = 0
    for placed in papers:
        sheets = placed.sheets
        start = place_of.get(sheets[0], -1)
        if start < last or bundle.labels[start : start + len(sheets)] != sheets:
            problems.append(Problem("B002", f"The pages of {placed.page_range} are not in the bundle in this order"))
            continue
        last = start + len(sheets)
        found.append(range(start, last))
    index = facts.index_pages
    first = found[0].start + 1 if found else 0
    if not index or index != tuple(range(index[0], index[-1] + 1)) or not 1 <= index[0] <= index[-1] < first:
        problems.append(Problem("B002", "The pages of the index are not in front of the first paper"))
    if problems:
        raise BundleError(_NO_KIT, tuple(problems))
    return tuple(found)


def _part_ending(word: str, number: int, count: int) -> str:
    """The end of a part's name, with as many digits for the first part as for the last, so that they sort."""
    return f"-{word}-{number:0{len(str(count))}}-of-{count}" if count > 1 else ""


def _format_size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} kB"


def _describe_limit(channel: Channel) -> str:
    return f"{channel.megabytes} MB for each {'file' if channel.counts is LimitCounts.FILE else 'message'}"
