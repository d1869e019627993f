# Needs python3 (3.11 or later) with venv and pip, git and make. `make help` lists the targets.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
PIP    := $(PY) -m pip --disable-pip-version-check --quiet
WLZ    := $(BIN)/wlz-calc

# Where a wrong figure would be a wrong payment, every branch is run by a test.
MONEY  := src/wlz_calc/rules/*,src/wlz_calc/claims/*,src/wlz_calc/finding*,src/wlz_calc/period*,src/wlz_calc/money*

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test coverage lint types imports check format schema examples screens docs bench clean

help:           ## list the targets
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

demo: $(VENV)/.runtime ## the claim of one quarter of an example programme
	$(WLZ) pay --quarter 2018-Q4 examples/kensington-chelsea

test: $(VENV)/.dev ## every test, on every core
	$(BIN)/pytest -n auto --cov --cov-report=

coverage: $(VENV)/.dev ## after `make test`: every branch that money depends on was run
	$(BIN)/coverage report --include='$(MONEY)' --fail-under=100

lint: $(VENV)/.dev ## ruff: rules and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

imports: $(VENV)/.dev ## the one direction of imports
	$(BIN)/lint-imports

check: lint types imports test coverage ## the gate: all of the above

format: $(VENV)/.dev ## mend what ruff can mend
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

schema: $(VENV)/.runtime ## write rate_cards/schema.json
	$(WLZ) cards schema > rate_cards/schema.json.new
	mv rate_cards/schema.json.new rate_cards/schema.json

examples: $(VENV)/.runtime ## make the synthetic example programmes again
	rm -rf examples/hammersmith-fulham examples/kensington-chelsea examples/life-chances-fund
	$(WLZ) sample examples/hammersmith-fulham --card hammersmith-fulham --children 132 --seed 2016
	$(WLZ) sample examples/kensington-chelsea --card kensington-chelsea --children 905 --seed 2018
	$(WLZ) sample examples/life-chances-fund --card life-chances-fund --children 240 --seed 2019
	$(PY) tests/pilot.py

screens: $(VENV)/.dev ## write down anew what every command shows; look at what changed
	$(PY) -m tests.screens

docs: $(VENV)/.dev ## make what the pages repeat of the program again
	$(PY) -m tests.broken
	$(PY) -m tests.docs

bench: $(VENV)/.bench ## how long a large programme takes
	$(PY) -m tests.benchmarks

clean:          ## remove the environment and everything made
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is younger than what it was installed from, so an install is repeated only when that changes.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "wlz-calc needs Python 3.11 or later: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml constraints.txt | $(PY)
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.bench: pyproject.toml constraints.txt | $(PY)
	$(PIP) install -c constraints.txt -e '.[dev,bench]'
	@touch $(VENV)/.runtime $(VENV)/.dev $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(PY)
	$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $(VENV)/.runtime $@
