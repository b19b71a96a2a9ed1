"""The child process that reads files for their words: it has limits, because files may come from outside."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from generator.limitedchild import limit_this_process

_MEMORY = 4 * 1024**3
_FILE_SIZE = 1024
_SECONDS = 600


def main() -> None:
    """Read the files that one line of standard input names; answer each with one line of standard output."""
    from generator.examine.files import read_bytes

    question = json.loads(sys.stdin.readline())
    limit_this_process(memory=_MEMORY, file_size=_FILE_SIZE, seconds=_SECONDS)
    for number, (file, name) in enumerate(question["files"]):
        try:
            found = read_bytes(name, Path(file).read_bytes()).as_data()
        except (MemoryError, RecursionError):
            continue
        sys.stdout.write(json.dumps({"number": number, **found}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
