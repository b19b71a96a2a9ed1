#!/bin/sh
# Make this checkout ready to use: programs and fonts through apt, Python libraries in .venv. Safe to run again: what
# is there already is left alone. Called by the Makefile; needs nothing but a POSIX shell and Python 3.11 or later.
#
#   sh tools/set-up.sh
#   sh tools/set-up.sh docs        also what `make docs` needs
#
# Exit code 0: permanence can be used. Programs that could not be installed (no root, no sudo, not Debian or Ubuntu)
# are named, with the line to type; `permanence doctor` names them again. Exit code 1: no Python, or no libraries.
set -eu
cd "$(dirname "$0")/.."

# Measured on Debian 12 (download / on disk / CPU time of converting one small paper, 0.24 s without any of them):
#   libreoffice-writer-nogui     122 MB / 483 MB
#   liberation, carlito, caladea 2.3 MB / 9 MB     same widths as Arial, Times New Roman, Calibri and Cambria: without
#                                                  them a statement of 16 pages becomes one of 18
#   fonts-noto-core              12 MB / 43 MB / + 0.01 s   Arabic, Urdu, Bengali, Gurmukhi, Ethiopic, Hebrew and some
#                                                  hundred more scripts, so that a name is not printed as empty boxes
#   fonts-droid-fallback         1.8 MB / 7 MB / + 0.00 s   Chinese, Japanese and Korean
#   fonts-noto-cjk, not chosen   57 MB / 91 MB / + 0.05 s   more beautiful, but a fifth slower for everybody
#   libjemalloc2                 0.3 MB / 1 MB    LibreOffice then needs a quarter less CPU time for ten papers
# A name with a bar is known by one name or the other, depending on the release.
programs='libreoffice-writer-nogui|libreoffice-writer fonts-liberation2|fonts-liberation
fonts-crosextra-carlito fonts-crosextra-caladea fontconfig fonts-noto-core fonts-droid-fallback libjemalloc2
qpdf poppler-utils'

say() { printf '%s\n' "$*" >&2; }

is_installed() { dpkg-query --show --showformat='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

# The names out of "$@" (each may hold bars) of which no alternative is installed.
missing_of() {
    for choice in "$@"; do
        there=no
        for name in $(printf '%s' "$choice" | tr '|' ' '); do
            if is_installed "$name"; then there=yes; fi
        done
        # LibreOffice may have come from elsewhere, and then it is not installed a second time.
        case $choice in libreoffice*) if command -v soffice >/dev/null 2>&1; then there=yes; fi ;; esac
        if [ "$there" = no ]; then printf '%s\n' "$choice"; fi
    done
}

# The first alternative of each name that this release has; the first of all where none is known.
names_here() {
    for choice in "$@"; do
        chosen=
        for name in $(printf '%s' "$choice" | tr '|' ' '); do
            if [ -z "$chosen" ] && apt-cache show "$name" 2>/dev/null | grep -q '^Package:'; then chosen=$name; fi
        done
        printf '%s\n' "${chosen:-${choice%%|*}}"
    done
}

# What apt says goes here, and is shown only when something goes wrong.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
list_is_fresh=no

as_root=none
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=sudo
fi

# Install through apt what of "$@" is missing. Says first what it will do; returns 1 when it could not.
install_programs() {
    if ! command -v apt-get >/dev/null 2>&1; then
        say "This is neither Debian nor Ubuntu. Install LibreOffice Writer and the fonts Carlito, Caladea and Liberation"
        say "by hand, then see: .venv/bin/permanence doctor"
        return 1
    fi
    missing=$(missing_of "$@" | tr '\n' ' ')
    if [ -z "$missing" ]; then return 0; fi
    if [ "$as_root" = none ]; then
        # shellcheck disable=SC2086  # a list of names
        say "Not installed, and this account may not install programs: $(names_here $missing | tr '\n' ' ')"
        # shellcheck disable=SC2086
        say "As an administrator: apt-get install --no-install-recommends $(names_here $missing | tr '\n' ' ')"
        return 1
    fi
    if [ "$list_is_fresh" = no ]; then
        say "Updating the list of programs (apt-get update) ..."
        $as_root apt-get update -qq >"$log" 2>&1 || say "It could not be updated; going on with the list that is there."
        list_is_fresh=yes
    fi
    # shellcheck disable=SC2086
    wanted=$(names_here $missing | tr '\n' ' ')
    say "Installing: $wanted"
    # shellcheck disable=SC2086
    if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 $wanted >"$log" 2>&1; then
        cat "$log" >&2
        say "They could not be installed. Try by hand: apt-get install --no-install-recommends $wanted"
        return 1
    fi
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    say "Python 3.11 or later is needed, and was not found. On Debian 12, Ubuntu 24.04 or later: apt-get install python3"
    return 1
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        install_programs "$version|python3-venv" || return 1
    fi
    say "Making .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv
}

# shellcheck disable=SC2086
install_programs $programs || say "Going on without them."

# The libraries of the tests, or of the extra that is named. The stamp of each holds the sum of pyproject.toml, so that
# they follow when it changes.
extra=${1:-test}
stamp=.venv/set-up-done-$extra
sum=$(cksum pyproject.toml)
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then make_venv; fi
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$sum" ]; then
    say "Installing the Python libraries into .venv ($extra) ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[$extra]"
    printf '%s\n' "$sum" >"$stamp"
fi
