#!/bin/sh
# Installs pinned packages into .venv: sh scripts/install.sh requirements.txt
# uv does it in seconds; where uv is not to be had, or cannot reach an index that pip is configured for, pip does it.
set -eu
python=.venv/bin/python
uv=.venv/bin/uv

if [ ! -x "$uv" ]; then
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-installer.txt 2>/dev/null ||
        uv=$(command -v uv || true)
fi
if [ -n "$uv" ] &&
    VIRTUAL_ENV="$PWD/.venv" UV_LINK_MODE=copy "$uv" pip install --quiet --compile-bytecode --require-hashes -r "$1"; then
    exit 0
fi
echo "uv did not do it; installing with pip, which takes longer."
exec "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
