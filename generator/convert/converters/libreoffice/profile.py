"""A hardened LibreOffice profile, made once for each installed LibreOffice and kept in the user's cache folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from threading import Event

from generator.base.digests import digest_texts
from generator.base.errors import ConversionError
from generator.base.word_package import write_package
from generator.convert.converters.libreoffice.program import Program, cache_folder
from generator.convert.converters.libreoffice.run import run_libreoffice

_SETTINGS = (
    # LibreOffice 7.4 tests its graphics at every headless start, because a headless run never records that it did.
    # A high "last version" stops that: one small paper costs 0.35 of the CPU time, ten papers 0.75.
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion", "99.9"),
    # Nothing runs, and nothing outside the Word file is fetched or read: a linked picture made three requests, and a
    # file:// picture was copied into the PDF, with the default settings; none with these.
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


def read_version(program: Program) -> str:
    """The version in figures. Asking LibreOffice costs 0.1 s of CPU time, so the warm profile remembers it."""
    with contextlib.suppress(OSError):
        return (cache_folder() / _key(program) / "version").read_text("utf-8")
    with tempfile.TemporaryDirectory() as home:
        # It makes a folder for settings wherever it believes itself at home.
        answer = subprocess.run(
            [program.start, "--version"],
            env={**os.environ, "HOME": home, "XDG_CONFIG_HOME": home},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    words = answer.stdout.split()
    if len(words) < 2:
        raise OSError("no version was given")
    return words[1]


def warm_profile(program: Program, own: Path) -> Path:
    """A profile that LibreOffice has started with once, from the cache; made now if there is none.

    Where the cache folder cannot be written, it is made in `own` and lasts for this run (0.7 s each time).
    Raises ConversionError when LibreOffice cannot make one.
    """
    profile = cache_folder() / _key(program) / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    if settings.is_file():
        return profile
    try:
        profile.parent.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        from filelock import FileLock

        with FileLock(profile.parent.with_suffix(".lock"), timeout=120):
            if not settings.is_file():
                with tempfile.TemporaryDirectory(prefix="new-", dir=profile.parent.parent) as fresh:
                    _make_profile(program, Path(fresh))
                    shutil.rmtree(profile.parent, ignore_errors=True)
                    (Path(fresh) / "kept").rename(profile.parent)
        return profile
    except OSError:
        fresh_folder = own / "warm"
        fresh_folder.mkdir()
        _make_profile(program, fresh_folder)
        return fresh_folder / "kept" / "profile"


def _make_profile(program: Program, folder: Path) -> None:
    """Make `folder/kept/profile` and `folder/kept/version`: write the settings, start once, convert once."""
    kept = folder / "kept"
    profile = kept / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings_file(), "utf-8")
    word = folder / "first.docx"
    _write_smallest_word_file(word)
    ends_at = time.monotonic() + 120
    # The wrapper does the restart that an empty profile asks for; the bare program alone would return 81.
    wrapper = Program(program.wrapper, program.wrapper, is_bare=False)
    for start in (wrapper, program, program):
        run_libreoffice(start, folder, profile, [word], folder, ends_at, Event())
        if (folder / "first.pdf").is_file():
            break
    else:
        raise ConversionError("LibreOffice starts but converts nothing: install LibreOffice Writer again.")
    shutil.rmtree(profile / "user" / "backup", ignore_errors=True)
    (profile / ".lock").unlink(missing_ok=True)
    (kept / "version").write_text(read_version(program), "utf-8")


def _key(program: Program) -> str:
    """Changes when LibreOffice is replaced or upgraded, or when the settings below change."""
    stamp = program.start.stat()
    parts = (str(program.start), str(stamp.st_size), str(stamp.st_mtime_ns), _settings_file())
    return digest_texts(*parts)[:20]


def _settings_file() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n'
    )


def _write_smallest_word_file(path: Path) -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>.</w:t></w:r></w:p></w:body></w:document>",
    }
    path.write_bytes(write_package((name, text.encode()) for name, text in parts.items()))
