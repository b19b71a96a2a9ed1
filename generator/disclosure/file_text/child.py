"""The child process that reads files for their words: it has limits, because files may come from outside."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from generator.base.sandboxed_process import limit_this_process, limit_time, open_answers, write_answer

_FILE_SIZE = 1024
_SECONDS_PER_FILE = 300


def main() -> None:
    """Read the files that one line of standard input names; answer each with one line of standard output."""
    from generator.disclosure.file_text.files import read_bytes

    question = json.loads(sys.stdin.readline())
    limit_this_process(file_size=_FILE_SIZE)
    answers = open_answers()
    for number, (file, name) in enumerate(question["files"]):
        limit_time(_SECONDS_PER_FILE)
        try:
            found = read_bytes(name, Path(file).read_bytes()).as_data()
        except MemoryError:
            continue
        write_answer(answers, {"number": number, **found})


if __name__ == "__main__":
    main()
