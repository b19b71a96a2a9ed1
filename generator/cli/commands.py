"""The table of commands: whose job each is, where its function is, and one sentence about it."""

from __future__ import annotations

from generator.cli.lazy_group import CommandRow

START = "Start here"
SOCIAL_WORKER = "Social worker"
BUSINESS_SUPPORT = "Business support"
LEGAL_ASSISTANT = "Legal assistant"
MANAGER = "Manager"
TEMPLATE_AUTHOR = "Template author"


def _row(name: str, whose: str, says: str) -> CommandRow:
    """A command whose module and function have its own name."""
    return CommandRow(name, f"generator.cli.{name}:{name}", whose, says)


COMMANDS = (
    _row("new", START, "Start a case: a folder with a commented case file."),
    _row("check", START, "Say what is late, what is coming and what is still to write."),
    _row("explain", START, "Say what a message means, or what a rule asks for."),
    _row("doctor", START, "Look whether this computer has all that is needed."),
    _row("build", SOCIAL_WORKER, "Make the papers of a case as Word files and PDFs."),
    _row("pack", SOCIAL_WORKER, "Make what each reader has to read before a meeting, as one PDF."),
    _row("timeline", SOCIAL_WORKER, "Show the days of a case in order: past, booked and due."),
    _row("pictures", SOCIAL_WORKER, "Draw family tree, homes and timeline of care for one reader."),
    _row("compare", SOCIAL_WORKER, "Say what changed in a case since a day or a meeting."),
    _row("minute", BUSINESS_SUPPORT, "Start the next meeting in the case file."),
    _row("actions", BUSINESS_SUPPORT, "Show the actions of all meetings: open, overdue, done or lost."),
    _row("circulate", BUSINESS_SUPPORT, "Draft the e-mails that take papers to their readers."),
    _row("examine", BUSINESS_SUPPORT, "Search any file for what its reader must not see."),
    _row("bundle", LEGAL_ASSISTANT, "Make the court bundle as one PDF, or check a finished one."),
    _row("disclosure", LEGAL_ASSISTANT, "Show what one reader may see, and what is kept from them."),
    _row("track", MANAGER, "Put many families side by side in one workbook."),
    CommandRow("templates", "generator.cli.templates.group:templates", TEMPLATE_AUTHOR, "Look after Word templates."),
    _row("procedures", TEMPLATE_AUTHOR, "List procedures and their rules, or try one of your own."),
    _row("schema", TEMPLATE_AUTHOR, "Write the JSON Schema of case files, for editors."),
)
"""All commands, in the order of the help."""
