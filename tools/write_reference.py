"""Write the pages of docs/reference that are made from the product itself, so that they cannot tell anything else.

    .venv/bin/python tools/write_reference.py           write them
    .venv/bin/python tools/write_reference.py --check   leave with 1 where one of them is out of date

Everything here comes through what the product shows to everybody: the commands and their reports, the cards beside
the templates, and the procedures.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from generator.base.explanations import read_explanations
from generator.base.yaml.read import read_yaml
from generator.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
MADE = "<!-- Made by tools/write_reference.py from the product itself: make reference. Changes by hand are lost. -->"

_GROUPS_OF_CODES = {
    "Y": "Text and YAML",
    "C": "The case file",
    "A": "Actions",
    "L": "Words that parents will read",
    "T": "Templates and cards",
    "H": "House style and readability",
    "W": "Word files to PDF",
    "D": "Disclosure",
    "P": "Procedures and layouts",
    "B": "The bundle",
}
_READERS = ("court", "parent", "professionals", "internal", "privileged", "matching")


def cell(text: Any) -> str:
    """Text for a cell of a table: on one line, with nothing that the table or its format would take as a sign."""
    return re.sub(r"([|<>*_\[\]\\])", r"\\\1", " ".join(str(text).split()))


def code(text: Any) -> str:
    """Text as it is typed, for a cell of a table."""
    return f"`{' '.join(str(text).split()).replace('|', chr(92) + '|')}`" if str(text).strip() else ""


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are ready to print."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def ask(*arguments: str) -> str:
    """What a command of the product prints on standard output."""
    result = CliRunner().invoke(main, list(arguments), prog_name="permanence", catch_exceptions=False)
    if result.exit_code:
        raise SystemExit(f"permanence {' '.join(arguments)} left with {result.exit_code}:\n{result.output}")
    return result.stdout


# Commands


def write_commands() -> str:
    """Every command, with its options and examples."""
    parts = [
        "# Commands",
        (
            "Every command answers `--help` with what stands here. Commands come in the order in which `permanence --help` "
            "lists them. What each exit code means: [exit codes](exit-codes.md)."
        ),
        f"```text\n{ask('--help').strip()}\n```",
    ]
    for name, command in _walk(main, "permanence"):
        parts += [f"## {name}", *_tell_command(command, name)]
    return "\n\n".join(parts)


def _walk(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group, info_name=name)
    for key in group.list_commands(context):
        command = group.get_command(context, key)
        if command is None or command.hidden:
            continue
        yield f"{name} {key}", command
        if isinstance(command, click.Group):
            yield from _walk(command, f"{name} {key}")


def _tell_command(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    yield from (_prose(paragraph) for paragraph in re.split(r"\n\s*\n", (command.help or "").strip()))
    yield f"```text\n{name} {' '.join(command.collect_usage_pieces(context))}\n```"
    records = [record for parameter in command.params if (record := parameter.get_help_record(context))]
    options = [(code(shown), cell(says.replace("  [", " ["))) for shown, says in records if shown.startswith("-")]
    yield table(["Option", "Does"], options)
    if command.epilog and "permanence " in command.epilog:
        lines = [line.strip() for line in command.epilog.splitlines()]
        yield "```sh\n" + "\n".join(line for line in lines if line.startswith("permanence ")) + "\n```"


def _prose(text: str) -> str:
    return re.sub(r"([<>*_\[\]])", r"\\\1", " ".join(text.replace("\b", "").split()))


# The case file


def write_case_file() -> str:
    """Every key of the case file, group by group."""
    schema = json.loads(ask("schema"))
    groups = schema["definitions"]
    parts = [
        "# Case file",
        (
            "Every key that a case file may hold. How to write it, and the least that it must hold: "
            "[write a case file](../how-to/social-worker/case-file.md). For completion in your editor: "
            "`permanence schema -o my-family/case.schema.json`."
        ),
        "A key in **bold** must be written where its group is. All others may be left out.",
        "## The file itself",
        _keys(schema, groups),
    ]
    listed = sorted((name for name in groups if "enum" not in groups[name]), key=_spoken)
    for name in listed:
        parts += [f"## {_spoken(name)}", _plain(groups[name]["description"]), _keys(groups[name], groups)]
    parts += ["## Words of fixed lists", "Where a key takes one of a fixed list of words, these are the lists."]
    parts.append(
        table(
            ["List", "Words"],
            (
                (cell(_spoken(name)), ", ".join(code(word) for word in groups[name]["enum"]))
                for name in sorted(groups, key=_spoken)
                if "enum" in groups[name]
            ),
        )
    )
    return "\n\n".join(parts)


def _keys(group: dict[str, Any], groups: dict[str, Any]) -> str:
    required = group.get("required", ())
    rows = []
    for key, fact in group["properties"].items():
        says, asked_by = _split_meaning(fact["description"])
        name = f"**{code(key)}**" if key in required else code(key)
        rows.append([name, cell(says), _kind_of(fact, groups), _example(fact), cell(asked_by)])
    return table(["Key", "Means", "Is", "Example", "Asked for by"], rows)


def _split_meaning(says: str) -> tuple[str, str]:
    """The meaning, and what asks for it. How the value is written is told once, on the page about writing."""
    found = re.search(r" Meets: (.*?)\.(?= (?:[A-Z]|yes or no)|$)", says)
    meets = found[1] if found else ""
    says = says.replace(found[0], "") if found else says
    return re.split(
        r"(?<=\.) (?=(?:One line of text|Paragraphs;|A short id|A date|A file inside|The name of an|yes or no)\b)", says
    )[0], meets


def _kind_of(fact: dict[str, Any], groups: dict[str, Any]) -> str:
    for key in ("allOf", "anyOf"):
        for arm in fact.get(key, ()):
            if "$ref" in arm:
                return _link(arm["$ref"], groups)
    if "items" in fact:
        inner = fact["items"]
        return "list of " + (_link(inner["$ref"], groups) if "$ref" in inner else "text")
    says = fact["description"]
    for sign, kind in (
        ("A date and time", "date and time"),
        ("A date, written", "date"),
        ("Paragraphs;", "paragraphs"),
        ("A short id", "id"),
        ("yes or no.", "yes or no"),
        ("A whole number", "number"),
        ("A file inside", "file"),
        ("The name of an event", "event"),
    ):
        if sign in says:
            return kind
    return "text"


def _link(ref: str, groups: dict[str, Any]) -> str:
    name = ref.rpartition("/")[2]
    target = "Words of fixed lists" if "enum" in groups[name] else _spoken(name)
    return f"[{_spoken(name).lower()}](#{_anchor(target)})"


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _spoken(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _plain(text: str) -> str:
    return re.sub(r"([<>*_\[\]])", r"\\\1", text)


def _example(fact: dict[str, Any]) -> str:
    examples = fact.get("examples") or [""]
    value = examples[0]
    return code(value if isinstance(value, str) else _yaml(value))


def _yaml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f'"{text}"' if re.search(r"[,:{}\[\]]", text) else text


# Facts that templates can print


def write_facts() -> str:
    """Every fact that a template can print."""
    groups = json.loads(ask("templates", "fields", "--json"))
    parts = [
        "# Facts for templates",
        (
            "Every fact that a template can print. `permanence templates fields` lists the same, and "
            "`permanence templates fields CODE -o fields.docx` writes the facts of one paper as a Word file."
        ),
        (
            "**Readers** says in whose papers the fact is: *all*, or those named. A fact marked *may be empty* must be asked "
            "for with `if` before anything is built on it. How facts are used: [templates](templates.md)."
        ),
    ]
    for group in groups:
        title = group["name"][:1].upper() + group["name"][1:]
        reached = (
            f"Reached as {code(group['reached_by'])}." if group["reached_by"] else "There in every paper by its name."
        )
        rows = [
            [
                code(entry["name"]),
                cell(entry["label"]) + (" (may be empty)" if entry["optional"] else ""),
                cell(entry["kind"]),
                code(entry["example"]),
                cell(entry["meets"]),
                _readers(entry["readers"]),
            ]
            for entry in group["entries"]
        ]
        parts += [f"## {title}", reached, table(["Name", "Means", "Is", "Example", "Asked for by", "Readers"], rows)]
    return "\n\n".join(parts)


def _readers(readers: list[str]) -> str:
    return "all" if set(readers) >= set(_READERS) else ", ".join(readers)


# Papers


def write_papers() -> str:
    """Every paper, and what its card says."""
    cards = {file.stem: read_yaml(file).facts for file in sorted((ROOT / "templates").glob("*.yaml"))}
    parts = [
        "# Papers",
        (
            "Every paper that comes with the product. A paper appears when the case file has what it is about. Its code is "
            "what you type after `permanence build my-family`."
        ),
        table(
            ["Code", "Paper", "One for each", "Reader", "In the court bundle", "Where"],
            (
                [
                    f"[{code(name)}](#{_anchor(name)})",
                    cell(_title(card)),
                    cell(_units(card)),
                    cell(_reader(card)),
                    cell(_filed(card)),
                    cell(_nations(card)),
                ]
                for name, card in cards.items()
            ),
        ),
    ]
    for name, card in cards.items():
        parts += [f"## {name}", *_tell_card(card)]
    return "\n\n".join(parts)


def _title(card: dict[str, Any]) -> str:
    without_end = re.sub(r"\s*[:,]\s*\{\{[^}]*\}\}$", "", card["title"])
    return re.sub(r"\{\{\s*(\w+)[^}]*\}\}", r"\1", without_end)


def _units(card: dict[str, Any]) -> str:
    units = ["view of the reviewing officer" if unit == "iro_view" else unit for unit in card["for_each"]]
    return " and ".join(units)


def _reader(card: dict[str, Any]) -> str:
    words = {"reader": "professionals, and each parent by themselves", "guest": "that guest", "parent": "that parent"}
    audience = str(card["audience"])
    return words.get(audience, audience)


def _filed(card: dict[str, Any]) -> str:
    filed = card.get("bundle", {}).get("filed", "never")
    if filed == "normally":
        return "yes" if card["audience"] == "court" else "yes, as a court copy"
    return {"if_directed": "if directed", "never": "never"}[filed]


def _nations(card: dict[str, Any]) -> str:
    return ", ".join(nation.capitalize() for nation in card.get("jurisdictions", ("England", "Scotland")))


def _tell_card(card: dict[str, Any]) -> Iterator[str]:
    facts = [
        ("Title", code(card["title"])),
        ("Made when", code(card.get("when", ""))),
        ("Speaks as at", code(card.get("as_of", ""))),
    ]
    facts += [
        ("Signed off when", code(card.get("signed_off", ""))),
        ("Signed by", cell(", ".join(card.get("signed_by", ())))),
    ]
    facts += [("Due", cell(card.get("due", ""))), ("In packs", cell(str(card.get("pack") or "").replace("_", " ")))]
    facts.append(("Sent with", code(card.get("goes_with") or "")))
    yield table(["What", "Is"], ([name, value] for name, value in facts if value))
    if questions := card.get("questions", ()):
        yield f"Questions that it asks ({len(questions)}):"
        yield table(
            ["Question", "Level", "Write the answer in", "Source"],
            (
                [cell(one["asks"]), one.get("level", "must"), code(one["write"]), cell(one["source"])]
                for one in questions
            ),
        )


# Procedures


def write_procedures() -> str:
    """Every rule and event of every procedure."""
    rules: list[dict[str, Any]] = json.loads(ask("procedures", "--json"))
    files = {file.stem: read_yaml(file).facts for file in sorted((ROOT / "data" / "procedures").glob("*.yaml"))}
    parts = [
        "# Procedures",
        (
            "A case file names one procedure. The rules of the procedure that it extends count too. For where a rule comes "
            "from, how it is counted, and examples: `permanence explain NAME/RULE`."
        ),
        table(
            ["Name", "Procedure", "Publisher", "Edition", "Extends", "Rules"],
            (
                [
                    f"[{code(name)}](#{_anchor(name)})",
                    cell(file["title"]),
                    cell(file["publisher"]),
                    cell(file["edition"]),
                    code(file.get("extends", "")),
                    str(sum(rule["procedure"] == name for rule in rules)),
                ]
                for name, file in files.items()
            ),
        ),
    ]
    for name, file in files.items():
        own = [rule for rule in rules if rule["procedure"] == name]
        parts += [f"## {name}", f"{_plain(file['title'])}. Publisher: {_plain(str(file['publisher']))}."]
        parts.append(table(["Rule", "Level", "Kind", "Asks", "Source"], (_tell_rule(rule) for rule in own)))
        if events := file.get("events"):
            parts.append(
                f"Events that a case file under `{name}` may record, beside those of the procedure it extends:"
            )
            parts.append(table(["Event", "Means"], ([code(event), cell(says)] for event, says in events.items())))
    parts += [
        "## What conditions may use",
        "The facts and events of every procedure, as `permanence procedures --terms` prints them.",
        f"```text\n{ask('procedures', '--terms').strip()}\n```",
    ]
    return "\n\n".join(parts)


def _tell_rule(rule: dict[str, Any]) -> list[str]:
    says = cell(rule["says"]) + ("" if rule["judged"] else " (Not judged: the file of one child cannot answer it.)")
    source = cell(rule["cite"]) + ("" if rule["verified"] else " (text not verified)")
    return [code(rule["id"].partition("/")[2]), rule["level"], rule["kind"], says, source]


# Messages


def write_messages() -> str:
    """What the code of each message means."""
    parts = [
        "# Messages",
        "The code behind a message says what is meant. `permanence explain C003` prints the same text.",
    ]
    letters = list(dict.fromkeys(name[0] for name in read_explanations()))
    for letter in letters:
        rows = [[code(name), cell(says)] for name, says in sorted(read_explanations().items()) if name[0] == letter]
        parts += [f"## {_GROUPS_OF_CODES[letter]}", table(["Code", "Means"], rows)]
    return "\n\n".join(parts)


WRITERS: dict[str, Callable[[], str]] = {
    "commands": write_commands,
    "case-file": write_case_file,
    "facts": write_facts,
    "papers": write_papers,
    "procedures": write_procedures,
    "messages": write_messages,
}


def make_page(name: str) -> str:
    """The text of one page of the reference, as it should stand in docs/reference."""
    return f"{MADE}\n\n{WRITERS[name]().strip()}\n"


def run() -> int:
    """Write all pages, or with --check only look; 1 where one was out of date."""
    only_look = "--check" in sys.argv[1:]
    stale = []
    for name in WRITERS:
        file, text = PAGES / f"{name}.md", make_page(name)
        if not file.exists() or file.read_text("utf-8") != text:
            stale.append(name)
            if not only_look:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
    print("Out of date: " + ", ".join(stale) if stale else "The reference is up to date.")
    return 1 if stale and only_look else 0


if __name__ == "__main__":
    sys.exit(run())
