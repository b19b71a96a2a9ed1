"""The command: the only clock, the only printing, the only exit codes."""

from __future__ import annotations

import os
import sys

import click

from generator import __version__
from generator.base.errors import ExitCode, PermanenceError, name_fault
from generator.cli.commands import COMMANDS
from generator.cli.lazy_group import LazyGroup
from generator.cli.screen import say, show_error

_EPILOG = """\b
First steps:
  permanence new my-family          start a case file
  permanence check my-family        what is wrong, and what is missing
  permanence build my-family        every paper, as Word and PDF
  permanence pack my-family         what each reader reads before the next meeting
  permanence bundle my-family       the court bundle

Exit codes: 0 done, 1 something must be fixed first, 2 wrong usage or a file that cannot be read, 3 a program is
missing, 4 a file is open elsewhere or a place cannot be written, 5 refused because it is unsafe to disclose,
130 stopped.
"""


@click.group(
    cls=LazyGroup,
    rows=COMMANDS,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="permanence")
def main() -> None:
    """Make every paper of permanence planning, and the court bundle, from one case file."""


def run() -> None:
    """Run the command and leave with its exit code. The one place that turns errors into exit codes."""
    _keep_no_core()
    show_values = "--show-values" in sys.argv
    try:
        code = main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = ExitCode.CANNOT_READ
    except click.exceptions.Abort:
        code = _stopped()
    except PermanenceError as error:
        show_error(error, show_values=show_values)
        code = error.exit_code
    except KeyboardInterrupt:
        code = _stopped()
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is wrong, and nothing more can be said.
        sys.stderr.close()
        code = ExitCode.DONE
    except Exception as error:
        if os.environ.get("PERMANENCE_DEBUG") and not isinstance(error, OSError):
            raise
        named = name_fault(error)
        show_error(named, show_values=False)
        code = named.exit_code
    sys.exit(int(code or 0))


def _stopped() -> ExitCode:
    say("Stopped. Nothing is half-written.")
    return ExitCode.STOPPED


def _keep_no_core() -> None:
    """Have the system write no picture of this process when it crashes: it would hold the case file."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
