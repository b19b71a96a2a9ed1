"""Page numbers of the bundle inside our own papers: written where they cite evidence, until the numbers settle."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.digests import digest_of
from generator.bundle.citations import CitationLink, take_citations
from generator.bundle.papers import BundlePaper
from generator.case.citations import Citation, Labels, settle_citations
from generator.convert.conversion import convert_documents
from generator.papers.render.labels import label_citations, list_citations

Number = Callable[[Sequence[BundlePaper]], Labels]
"""The label of each page of each paper, by its id."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper of ours whose citations are page numbers: its PDF without their links, and the links."""

    paper: BundlePaper
    links: tuple[CitationLink, ...]


def write_page_numbers(
    words: Mapping[str, Path], papers: Sequence[BundlePaper], number: Number, folder: Path
) -> dict[str, Cited]:
    """The papers that cite evidence, made again with the numbers of its pages in this bundle.

    `words` are our Word files by the ids of their papers, `papers` everything that goes into the bundle, ours with
    their plain PDFs. Those that cite nothing are not in the result. Raises BundleError where the numbers do not settle.
    """
    citing = {key: word for key, word in words.items() if list_citations(word)}
    if not citing:
        return {}
    made = {paper.id: paper for paper in papers}
    written: dict[str, tuple[Citation, ...]] = {}
    numbered: dict[str, Path] = {}
    rounds = 0

    def render_and_count(labels: Labels) -> Mapping[str, int]:
        nonlocal rounds
        rounds += 1
        place = folder / f"round-{rounds}"
        place.mkdir(mode=0o700)
        for number_, (key, word) in enumerate(citing.items()):
            numbered[key] = place / f"{number_}.docx"
            written[key] = label_citations(word, numbered[key], labels)
        (place / "pdf").mkdir(mode=0o700)
        outcome = convert_documents(list(numbered.values()), place / "pdf")
        outcome.raise_failures()
        pdfs = {file.word: file for file in outcome.files}
        for key, word in numbered.items():
            made[key] = dataclasses.replace(made[key], pdf=pdfs[word].pdf, sha256=digest_of(word))
        return {key: pdfs[word].pages for key, word in numbered.items()}

    counts = {key: len(number(list(made.values())).get(key, ())) for key in citing}
    settle_citations(render_and_count, lambda _counts: number(list(made.values())), counts)
    found = {}
    for number_, key in enumerate(citing):
        clean = folder / f"clean-{number_}.pdf"
        links = take_citations(made[key].pdf, clean, written[key])
        found[key] = Cited(dataclasses.replace(made[key], pdf=clean), links)
    return found
