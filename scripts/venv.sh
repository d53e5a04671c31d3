#!/bin/sh
# Makes .venv if it is not there and installs the project into it: venv.sh PYTHON REQUIREMENT
set -eu
python=$1
what=$2

can_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
install() {
    [ "$(id -u)" = 0 ] && run="" || run="sudo -n"
    $run apt-get update -q >&2
    DEBIAN_FRONTEND=noninteractive $run apt-get install -y -q --no-install-recommends "$@" >&2
}

if ! command -v "$python" >/dev/null; then
    echo "error: there is no $python; install Python 3.11 or newer" >&2
    exit 1
fi
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "error: $python is older than Python 3.11; name a newer one: make PYTHON=python3.11" >&2
    exit 1
}
if [ ! -x .venv/bin/pip ]; then
    rm -rf .venv
    # Debian keeps the part of Python that makes environments in a package of its own.
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        if can_install; then
            echo "Installing python3-venv" >&2
            install python3-venv
        else
            echo "error: Python cannot make environments here; run: apt-get install python3-venv" >&2
            exit 1
        fi
    fi
    "$python" -m venv .venv
fi
echo "Installing sicetnon into .venv" >&2
.venv/bin/pip install --quiet --disable-pip-version-check --editable "$what" >&2
