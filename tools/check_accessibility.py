"""Hold the PDFs of the sample case against PDF/UA-1 with veraPDF, where veraPDF is on the PATH.

    .venv/bin/python tools/check_accessibility.py                 the papers of rowan, made for this
    .venv/bin/python tools/check_accessibility.py FILE.pdf ...    these files

Leaves with 0 where every file passes, 1 where one does not, and 3, saying so, where veraPDF is not installed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_CASE = _ROOT / "data" / "cases" / "rowan"


def main() -> int:
    """Check the files named on the command line, or the papers of the sample case."""
    parser = argparse.ArgumentParser(description="Check PDFs against PDF/UA-1 with veraPDF.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="which PDFs; none named: the sample case")
    files: list[Path] = parser.parse_args().files
    verapdf = shutil.which("verapdf")
    if verapdf is None:
        print(
            "Nothing was checked: veraPDF is not on the PATH. Get it from verapdf.org; it needs Java.", file=sys.stderr
        )
        return 3
    with tempfile.TemporaryDirectory() as folder:
        if not files:
            build = [sys.executable, "-m", "generator", "build", str(_CASE), "-o", folder]
            subprocess.run(build, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)
            files = sorted((Path(folder) / "papers").glob("*.pdf"))
        done = subprocess.run([verapdf, "--flavour", "ua1", "--format", "text", *map(str, files)], check=False)
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
