# Two commands: `make run` starts Steward with a sample authority, `make test` checks everything.
PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
WORKERS ?= 2

.PHONY: run serve test test-sqlite test-postgresql check format methodology policy-case backtests bench screenshots nightly clean

run: .venv/.ready src/steward/interface/static/built/.stamp
	STEWARD_HOME=$${STEWARD_HOME:-$(CURDIR)/var/sample} STEWARD_COUNCIL_NAME=$${STEWARD_COUNCIL_NAME:-Aldermere Council} $(BIN)/steward demo

serve: .venv/.ready src/steward/interface/static/built/.stamp
	$(BIN)/steward serve

test test-sqlite test-postgresql check nightly: export STEWARD_HOME := $(CURDIR)/var/test

test: .venv/.ready-dev src/steward/interface/static/built/.stamp
	$(MAKE) --no-print-directory check
	$(MAKE) --no-print-directory test-sqlite
	$(MAKE) --no-print-directory test-postgresql

test-sqlite: .venv/.ready-dev src/steward/interface/static/built/.stamp
	$(BIN)/pytest -q -n $(WORKERS) --dist loadfile -m "not nightly"

test-postgresql: .venv/.ready-dev src/steward/interface/static/built/.stamp
	$(BIN)/python -m tests.postgresql -q -n $(WORKERS) --dist loadfile -m "not nightly and not browser" tests/integration tests/unit/indicators/test_engines.py

check: .venv/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint src/steward
	$(BIN)/python -m django makemigrations --check --dry-run --settings steward.config.settings
	$(BIN)/pytest -q tests/architecture
	$(BIN)/python -m tests.audit_dependencies

format: .venv/.ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

methodology: .venv/.ready-dev
	STEWARD_DEFINITIONS= $(BIN)/steward methodology docs/methodology
	PYTHONPATH=tests $(BIN)/python -m spec.print_examples docs/methodology/rules-by-example.md

policy-case: .venv/.ready-dev  # needs STEWARD_HOME with the files of tests/factories/case_of_2014.py loaded
	$(BIN)/steward policy-case docs/methodology/policy-2014-case.md

backtests: .venv/.ready-dev  # needs STEWARD_HOME with the published files of England loaded
	$(BIN)/steward backtest --record
	STEWARD_DEFINITIONS= $(BIN)/steward methodology docs/methodology

bench: .venv/.ready-dev src/steward/interface/static/built/.stamp
	$(BIN)/uv sync --frozen --quiet --inexact --group bench
	$(BIN)/python -m benchmarks

screenshots: .venv/.ready-dev src/steward/interface/static/built/.stamp
	$(BIN)/python -m tests.journeys.screenshots

nightly: .venv/.ready-dev src/steward/interface/static/built/.stamp
	$(BIN)/pytest -q -n $(WORKERS) -m nightly

.venv/bin/uv:
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Steward needs Python 3.11 or later; this is %s. Set PYTHON=..." % sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv

.venv/.ready: .venv/bin/uv pyproject.toml uv.lock
	$(BIN)/uv sync --frozen --quiet --inexact --no-dev
	touch $@

.venv/.ready-dev: .venv/.ready
	$(BIN)/uv sync --frozen --quiet --inexact
	touch $@

src/steward/interface/static/built/.stamp: .venv/.ready package-lock.json $(wildcard src/steward/interface/styles/*)
	$(BIN)/python -m steward.interface.build

clean:
	rm -rf .venv var build dist src/steward/interface/static/built
