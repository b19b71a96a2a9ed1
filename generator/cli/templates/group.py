"""The command `templates`: the table of the commands that look after Word templates."""

from __future__ import annotations

import click

from generator.cli.lazy_group import CommandRow, LazyGroup
from generator.cli.options import examples

_WHOSE = "Commands"


def _row(name: str, module: str, function: str, says: str) -> CommandRow:
    return CommandRow(name, f"generator.cli.templates.{module}:{function}", _WHOSE, says)


@click.group(
    cls=LazyGroup,
    rows=(
        _row("check", "check", "check_templates", "Say everything that is wrong with Word templates."),
        _row("fields", "fields", "show_fields", "List every fact that templates can print."),
        _row("new", "new", "new_template", "Copy the template and card of a paper, ready to edit."),
        _row("style", "style", "style", "Look after the house style."),
    ),
    epilog=examples(
        "permanence templates check our-templates/*.docx", "permanence templates fields letter-decision -o fields.docx"
    ),
)
def templates() -> None:
    """Look after Word templates."""
