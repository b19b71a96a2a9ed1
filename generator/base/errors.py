"""Exit codes, problems with their place in a file, and the errors of the product."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from pathlib import PurePath


class ExitCode(IntEnum):
    """The exit codes of the command."""

    DONE = 0
    MUST_FIX = 1
    CANNOT_READ = 2
    PROGRAM_MISSING = 3
    FILE_BUSY = 4
    UNSAFE_TO_DISCLOSE = 5
    STOPPED = 130


def choose_exit_code(*, unsafe: bool = False, program_missing: bool = False, must_fix: bool = False) -> ExitCode:
    """The exit code of a command that ran to its end: the gravest of what it found."""
    if unsafe:
        return ExitCode.UNSAFE_TO_DISCLOSE
    if program_missing:
        return ExitCode.PROGRAM_MISSING
    return ExitCode.MUST_FIX if must_fix else ExitCode.DONE


class Level(StrEnum):
    """How binding a problem is: law or a broken file (must), guidance (should), good practice (could)."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"

    @property
    def strength(self) -> int:
        """A number for sorting: the higher, the more binding."""
        return [Level.COULD, Level.SHOULD, Level.MUST].index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a text file. Lines and columns count from 1, as editors show them.

    `source` is the whole line. It may hold personal data, so it is only shown on request.
    """

    file: str
    line: int
    column: int
    source: str = ""
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and the way out. The words never quote a value from the file."""

    code: str
    says: str
    place: Place | None = None
    path: str = ""
    remedy: str = ""
    level: Level = Level.MUST


@dataclass
class PermanenceError(Exception):
    """The parent of every error the product raises on purpose.

    `summary` is one sentence for the reader; `problems` are the located parts, all of them at once.
    """

    summary: str
    problems: tuple[Problem, ...] = field(default=())
    exit_code: ExitCode = ExitCode.MUST_FIX

    def __post_init__(self) -> None:
        super().__init__(self.summary)

    def __str__(self) -> str:
        return self.summary


class CannotReadError(PermanenceError):
    """A file that cannot be read as what it should be: wrong syntax, wrong facts, not there."""

    def __init__(self, summary: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(summary, tuple(problems), ExitCode.CANNOT_READ)


class ProgramMissingError(PermanenceError):
    """An outside program is not installed. The summary says which, and how to install it."""

    def __init__(self, summary: str) -> None:
        super().__init__(summary, (), ExitCode.PROGRAM_MISSING)


class FileBusyError(PermanenceError):
    """A file is open elsewhere, a folder is read-only or full, or another build runs. Nothing was changed."""

    def __init__(self, summary: str) -> None:
        super().__init__(summary, (), ExitCode.FILE_BUSY)


class UnsafeToDiscloseError(PermanenceError):
    """A paper asks for what its reader may not see. It is withheld."""

    def __init__(self, summary: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(summary, tuple(problems), ExitCode.UNSAFE_TO_DISCLOSE)


class TemplateError(PermanenceError):
    """A Word template or its card cannot be used as it stands."""

    def __init__(self, summary: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(summary, tuple(problems), ExitCode.CANNOT_READ)


class ConversionError(PermanenceError):
    """A Word file could not be turned into PDF."""


class BundleError(PermanenceError):
    """The bundle could not be made, or did not pass the proof after it was written."""


def name_fault(error: Exception) -> PermanenceError:
    """Turn an unexpected exception into an error to show. A traceback could quote the case file."""
    if isinstance(error, OSError):
        says = f"A file could not be used: {error.strerror or 'unknown reason'}. Nothing was changed"
        return PermanenceError(says, (), ExitCode.FILE_BUSY)
    says = (
        f"This is a fault of the program ({locate_fault(error)}), not of your file. Nothing more was written. "
        "Please report it"
    )
    return PermanenceError(says, (), ExitCode.CANNOT_READ)


def locate_fault(error: Exception) -> str:
    """Say the type of an exception and the line of the program that raised it, without any of its data."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {PurePath(last.filename).name}, line {last.lineno}"


EXPLANATIONS: dict[str, str] = {
    "Y001": "The file is not UTF-8 text. Older programs on Windows save in other encodings, which turn names such as "
    "Łukasz into other letters. In your editor choose Save with encoding, then UTF-8.",
    "Y002": "The file is larger than 5 MB. A case file is text: evidence belongs in the evidence folder, named by its "
    "file name.",
    "Y003": "A character in the file cannot be stored in a Word file (a control character, or half of a pair), breaks "
    "the line without showing it, or can hide text or turn it around. It usually comes from pasting. Delete it and "
    "type the text again.",
    "Y004": "YAML counts spaces to see what belongs to what. Tabs and non-breaking spaces look like spaces but are not "
    "counted, so a fact could end up under the wrong person. Use ordinary spaces.",
    "Y005": "The file breaks the rules of YAML at this place, so nothing after it can be read for certain.",
    "Y006": "The same key stands twice under one heading. Only one of the two could be used, and the other would be "
    "lost without a word, so the file is refused until one is removed or renamed.",
    "Y007": "Anchors (&), aliases (*) and tags (!) let one line stand for thousands, or for a program. A case file "
    "needs none of them: write the text again.",
    "Y008": "The file is nested too deeply, or has too many entries, to be a case file.",
    "Y009": "The file holds nothing that can be read as facts: it is empty, has more than one document, or is a list.",
    "Y010": "YAML takes everything after a space and # as a comment. In flat #2, High Street only flat would be left, "
    "so the file is refused until the text is in quotes. A comment has a space after its #.",
    "C001": "A key is not one that a case file knows. It may be misspelt, or stand at the wrong depth.",
    "C002": "A fact that every case file must have is missing.",
    "C003": "A fact is not of the kind that belongs here: a date that does not exist, a word in place of a list.",
    "C004": "The value must be one of a fixed set of words, so that rules and papers can rely on it.",
    "C005": "One part of the case file points to a child, person, meeting, direction, party or file of evidence, and "
    "there is none with that id or name, or no such page in it.",
    "C006": "Two facts cannot both be true: one date comes before another that it must follow.",
    "C007": "The same id is used for two different things, so a reference to it could mean either.",
    "C008": "A file that the case names is not in the case folder, or lies outside it. Files are only taken from "
    "inside the case folder, so that a case file sent by e-mail cannot fetch anything else from your computer.",
    "A001": "An action is carried forward from meeting to meeting until it is done, so that nobody forgets it. This "
    "one was open, and a later meeting of that sort about the same child lists other actions and not this one. The "
    "minutes print it all the same. Write it under actions of the later meeting: with its progress, or with done_on.",
    "A002": "Something in the lists of actions does not fit together: an id that stands for two matters, a day that "
    "comes too early, a gap. Nothing is lost by it yet.",
    "L001": "Parents read letters when they are afraid. GOV.UK asks for sentences of up to 25 words, because longer "
    "ones are hard to follow. Names, dates, numbers and what stands in quotation marks do not count. Say one thing in "
    "each sentence. This is a hint: the text prints as it is.",
    "L002": "This is a word of professionals, offices or lawyers, in a text that a parent's letter or summary prints. "
    "Say it in the words that the parent uses, or say what it is where it first stands: then there is no hint. The "
    "list of words, each with its reason, is data/plain-words.yaml. This is a hint: the text prints as it is.",
    "L003": "A short form in capitals stands in a text that a parent's letter or summary prints, and nothing says what "
    "it stands for. Write it in full; then the short form is rarely needed. This is a hint: the text prints as it is.",
    "T001": "The card beside a Word template says what the paper is. It has a mistake at this place.",
    "H001": "Fonts, sizes, colours and spaces that were set by hand stay as they are when the house style changes, so "
    "this part of the paper will look like another authority's. Use a style.",
    "H002": "The house style has no style of this name, so text in it keeps the look that it has in the template.",
    "H003": "Header, footer, paper size and margins of every paper come from the house style. What the template's own "
    "header or footer says is not printed: put it into the text, or into the house style.",
    "H004": "The product sets gaps, tables, lists and addresses in styles of these names. A house style that lacks one "
    "leaves it as it is in the template, in the colours of another authority.",
    "H005": "Everybody must be able to read a paper, on paper, on a screen and with a screen reader.",
    "T100": "What is in a template goes into every paper that is made of it: macros, other files, pictures that "
    "are fetched from elsewhere. A template with any of these is refused.",
    "T101": "A template asks for a fact that papers of its kind do not have, so the paper could not be made. The "
    "name may be misspelt, or belong to another kind of paper or reader. All names: permanence templates "
    "fields.",
    "T102": "A list or a group of facts stands where one fact should. A list wants a loop or | listed; of a "
    "group, name the part.",
    "T103": "A fact that may be unwritten is printed as a gap when it stands alone. Where something is built on "
    "it (a part of it, text joined to it, a date compared with it) the paper could not be made, or would "
    "say None. Ask for it first with if.",
    "T104": "The two sides of a comparison can never be equal: a word that is not in the list of words, text "
    "beside a number. The words under the condition would never print, and nobody would notice.",
    "T105": "Things of two kinds are put in order or counted together. The paper could not be made.",
    "T106": "A yes or no cannot be printed, since it would come out as True. Choose words for it with if.",
    "T107": "Dates print as 22 November 2026 by themselves and compare as dates. What treats them as text or "
    "numbers fails or spoils them; short_date, day and time are the filters for them.",
    "T108": "A loop, or a filter for lists, is given something that is no list. Of a text it would print letter "
    "after letter.",
    "T109": "Answers and prose are whole paragraphs. They need {{p … }}, alone in its paragraph; a plain fact "
    "needs {{ … }}.",
    "T110": "Facts have no methods that can be called: a template may ask for facts and use filters, and nothing else.",
    "T111": "The template names a filter or test that is not one of those in docs/reference/templates.md. The paper "
    "could not be made.",
    "T112": "default stands in for what is not there at all. A fact that nobody has written is there, and empty, "
    "so the words of default would never print. Write default(…, true), or use or.",
    "T120": "The tag breaks the rules of the language of tags, so nothing can be made of the template.",
    "T121": "Each if and for needs its endif or endfor, one inside the other. Otherwise nothing can be made of "
    "the template.",
    "T122": "if, elif, else, endif, for, endfor and set are the only tags, in small letters, with a space after "
    "them; p, tr and tc come directly after the percent sign.",
    "T123": "A block that opens with p, tr or tc takes its whole paragraph, row or cell away. It must go on and "
    "close in the same way, or half a paragraph stays and the file is damaged.",
    "T124": "A block opens in one cell, row or table and closes in another. What lies between cannot be left out "
    "or repeated without breaking the table.",
    "T125": "Word keeps the words of merged cells in the first of them. A row that only holds a tag vanishes, and "
    "the merged words with it.",
    "T126": "A tag must stand in one paragraph whole. With a half of it elsewhere, everything between would be "
    "lost, or it would print as it stands.",
    "T127": "tr stands for a row and tc for a cell. Outside of a table there is none to take.",
    "T128": "The row, or cell, of a tag vanishes. With two in it, one is lost, and the block does not close.",
    "T129": "The row, or cell, of a tag with tr or tc vanishes, with everything else that is in it.",
    "T130": "The paragraph of a tag with p vanishes, with every other word in it.",
    "T131": "The paragraph of a tag with p vanishes. With two in it, one is lost.",
    "T132": "{{r … }} is for text that comes with its own format. Facts are plain text: it would vanish without a "
    "word.",
    "T134": "A page break, section break, picture or footnote in the paragraph of a tag with p vanishes with it, and "
    "so it does in the row or cell of a tag with tr or tc.",
    "T135": "Tags with p, tr and tc are found by their percent signs and braces: with another one inside they are not.",
    "T136": "A dash at the edge of a tag takes away the end of the paragraph before it or the beginning of the "
    "next one.",
    "T137": "Every fact is made safe for Word when it is printed. safe and escape would undo that, or do it twice.",
    "T138": "Word keeps the content of a text box twice, for old programs and new, so a set in it happens twice.",
    "T140": "Word turns straight quotes into curly ones as you type. In tags they are read as straight ones, "
    "which goes wrong where an apostrophe is in the same words. Turn it off under AutoFormat As You Type.",
    "T141": "A sign that looks like a quote, dash or space is another one, and tags do not know it. Word often "
    "puts it in.",
    "T143": "What a tag prints has the format of the tag’s first letter, and so has the rest of the tag. With two "
    "formats, half of what you see in the template is not what will print.",
    "T144": "A tag that begins outside of a link, content control or tracked change and ends inside it takes its "
    "edge away, and with it the rest of the text.",
    "T145": "In a template with tracked changes, deleted words are filled in too and go out in the history of "
    "every paper.",
    "T150": "Only the text, headers, footers, footnotes and text boxes are filled in. A tag elsewhere goes out as "
    "it stands.",
    "T151": "The code of a field is filled in where nobody sees it, and a fact in it could change what the field does.",
    "T152": "Hidden words are in every paper, unseen on the page and there for whoever shows them. What is meant for "
    "authors belongs into a comment; facts for a reader are not to be hidden.",
    "T160": "Screen readers and the navigation pane go from heading to heading. A level that is left out looks "
    "like a missing part.",
    "T161": "An empty heading is read out as a heading, and stands in the table of contents as a blank.",
    "T162": "A screen reader says the heading of each column only where the first row is marked as one, and only "
    "then is it repeated on the next page.",
    "T163": "Those who cannot see a picture hear its alternative text. Without it they hear that there is a picture.",
    "T164": "The language tells a screen reader how to speak and Word how to check the spelling.",
    "T165": "Where a font is not there, another is taken and lines break elsewhere: papers look different on each "
    "computer.",
    "T166": "Links are often read out alone, in a list. Their words must say where they lead.",
    "T167": "Words need a contrast of at least 4.5 to 1 with what is behind them (WCAG 2.2, 1.4.3).",
    "T170": "A paper of an invented family could not be made from this template, although nothing was found by "
    "reading it. The barest sample lacks almost every fact and the fullest has them all.",
    "W001": "A Word file could not be turned into PDF. The message says why; the Word file is kept.",
    "D001": "Every paper has one kind of reader, and a template sees only what this reader may see. A tag that asks "
    "for more stops the paper for every case, so it is told when the template is checked.",
    "D002": "A finished file is searched before it leaves its private folder, and this one says something that its "
    "reader may not know, such as where a carer lives. Often a free text in the case file says it: reword that text. "
    "Where the words mean something else, or this reader may know after all, somebody with the authority to decide "
    "writes so under disclosure_cleared. Until then the file is not delivered.",
    "D003": "An entry under disclosure_cleared allows a fact that is not kept from that reader, so it does nothing. It "
    "may be misspelt, or be left over from an earlier state of the file.",
    "P001": "A procedure has a key or a value that it cannot have. docs/reference/procedure-files.md explains "
    "every key.",
    "P002": "A rule names an event, role, option, rule, procedure, layout or section that is not there. It may be "
    "misspelt, or not be declared under roles or events at the top of the procedure.",
    "P003": "Every rule must say where it comes from: cite starts with the id of a source in data/sources.yaml.",
    "P004": "One procedure or layout extends another, which in the end extends the first. There would be no end of it.",
    "P005": "A condition or a path does not fit the case model, or could never be true, so the rule would never do "
    "anything, and nobody would notice.",
    "P006": "An authority may ask for more than the law, sooner and of more people; it may not ask for less, and nor "
    "may a court's layout. And a rule whose law could not be verified may warn, but not stop a paper.",
    "B001": "An evidence file could not go into the bundle, or has a page in its place. The message says what can be "
    "done.",
    "B003": "The court and the parties already have pages under these numbers. A page that was filed never moves and "
    "is never swapped silently: say in a direction (replaces) which order allows another file in its place or its "
    "withdrawal, or put the filed file back. If nothing has been filed yet, number everything anew with --anew.",
    "B002": "The bundle was opened again after writing and did not say the same page in all five ways, so it was not "
    "delivered.",
}
"""What each problem code means and why the product is strict about it; printed by `permanence explain CODE`."""
