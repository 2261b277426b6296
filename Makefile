# What a developer does here, one word each: `make help`.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet
EXAMPLE := src/burdenshare/content/examples/summit.txt
EXAMPLE_DATE := 2025-03-14

.DEFAULT_GOAL := help
.PHONY: help demo test pytest lint types docs bench peers build format lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

demo: .venv/.ready ## check the example article; print its verdicts and where the report is
	@mkdir -p build
	@$(BIN)/burdenshare check $(EXAMPLE) --date $(EXAMPLE_DATE) --html build/report.html --no-ledger

test: lint types pytest ## everything that must hold

pytest: .venv/.ready-dev .venv/.ready-postgres .venv/.ready-chromium ## the tests alone
	$(BIN)/pytest -q -n 2 --dist loadfile

lint: .venv/.ready-dev ## style, format, and which way imports point
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: .venv/.ready-dev ## mypy, strict
	$(BIN)/mypy

docs: .venv/.ready-dev ## run the commands in the documents again and paste what they print
	$(BIN)/python tests/documents.py
	$(BIN)/pytest -q tests/test_docs.py

bench: .venv/.ready-dev ## the benchmarks, one by one
	@for script in $(filter-out %_peers.py,$(wildcard benchmarks/*.py)); do \
	  echo "== $$script"; $(BIN)/python $$script || exit 1; done

peers: .venv/peers/.ready ## the backtest, with other people's forecasting methods beside ours
	.venv/peers/bin/python benchmarks/backtest_peers.py

build: .venv/.ready-dev ## sdist and wheel in dist/
	$(BIN)/python -m build --no-isolation --outdir dist

format: .venv/.ready-dev ## put the code in its format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean: ## remove everything that make has made
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- set-up: done once, and again when a lock file or pyproject.toml changes ---------------------

define NO_VENV
This Python cannot make virtual environments. On Debian or Ubuntu, run this and try again:
  sudo apt-get install python3-venv
endef
export NO_VENV

.venv/.ready: requirements/run.txt requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "burdenshare needs Python 3.11 or newer: make PYTHON=python3.12 demo" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; } || \
	  { echo "$$NO_VENV" >&2; exit 1; }
	@echo "Setting up .venv (once; about 200 MB) ..."
	@$(PYTHON) -m venv .venv
	@$(PIP) --no-deps --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

.venv/.ready-dev: .venv/.ready requirements/dev.txt
	@echo "Adding the test tools ..."
	@$(PIP) --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

define NO_POSTGRES
The ledger is tested against a real PostgreSQL, whose server is not installed here. On Debian or
Ubuntu, run this and try again (the tests start and stop a server of their own):
  sudo apt-get install --no-install-recommends postgresql
endef
export NO_POSTGRES

# In run level 1 the package does not start its own server.
.venv/.ready-postgres: .venv/.ready
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } || \
	  { echo "$$NO_POSTGRES" >&2; exit 1; }
	@touch $@

define NO_CHROMIUM
The pages are tested in Debian's chromium, which is not installed here. Run this and try again:
  sudo apt-get install --no-install-recommends chromium
endef
export NO_CHROMIUM

.venv/.ready-chromium: .venv/.ready
	@test -x /usr/bin/chromium || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	  { echo "$$NO_CHROMIUM" >&2; exit 1; }
	@touch $@

.venv/peers/.ready: requirements/peers.txt .venv/.ready
	@$(PYTHON) -m venv .venv/peers
	@.venv/peers/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --require-hashes \
	  -r requirements/peers.txt -r requirements/build.txt
	@.venv/peers/bin/python -m pip install --disable-pip-version-check --quiet --no-build-isolation --no-deps --editable .
	@touch $@

# --- lock: every version with the hashes of all its files, and no address ------------------------

UV := .venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate $(LOCK)

lock: .venv/.ready ## write requirements/*.txt anew (newest versions: make lock LOCK=--upgrade)
	@$(PYTHON) -m venv .venv/lock
	@.venv/lock/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/lock.txt
	$(UV) pyproject.toml -o requirements/run.txt
	$(UV) --group build -o requirements/build.txt
	$(UV) pyproject.toml --group dev -c requirements/run.txt -c requirements/build.txt -o requirements/dev.txt
	$(UV) pyproject.toml --group peers -c requirements/run.txt -o requirements/peers.txt
	$(UV) --group lock -o requirements/lock.txt
