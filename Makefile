# Everything is run from here. `make demo` and `make test` need nothing but python3 with venv, and make.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py
WORKERS ?= auto
FAULT_WORKERS ?= 2

help:            ## what can be made
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

demo: setup      ## an invented prefecture: claims in, rules run, site served (SERVE=0: do not serve)
	@$(MANAGE) demo $(if $(filter 0,$(SERVE)),--no-serve)

demo-clean:      ## forget the demonstration and everything else in FUND_HOME
	@if [ -x $(PYTHON) ]; then $(MANAGE) demo --clean; fi

run: setup       ## serve the site of FUND_HOME with a worker and the timetable
	@$(MANAGE) demo --only-serve

test: setup      ## all tests but those that break things for long
	@$(PYTHON) -m pytest -n $(WORKERS) --dist loadscope

test-faults: setup  ## kill, fill and cut off what may fail
	@$(PYTHON) -m pytest -m faults -n $(FAULT_WORKERS) --dist loadscope

test-long: setup ## what takes hours
	@$(PYTHON) -m pytest -m long

journeys: setup  ## what people do, in a browser
	@$(PYTHON) -m pytest -m journeys

truth: setup     ## plants and near-misses of 20,000 members in six months: found, missed, accused, by rule
	@$(PYTHON) -m tests.truth

bench: setup     ## measure against the goals
	@$(PYTHON) -m benchmarks

bench-review: setup  ## the desk at 50 to 500 messages a second, a million members with a year of history (QUICK=1: a trial)
	@$(PYTHON) -m benchmarks.review $(if $(QUICK),--quick)

bench-hearings: setup  ## pages over 100,000 hearings and their postings, and 300 hearings decided together
	@$(PYTHON) -m benchmarks.hearings

bench-complaints: setup  ## 50 reports a second with a photo each, then a flood with an honest one a second beside it
	@$(PYTHON) -m benchmarks.complaints

check: setup     ## style, types, direction of imports, templates, migrations, translations
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check --quiet . || { echo 'Some files are not formatted: run `make format`.'; exit 1; }
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@find templates -name '*.html' | xargs -r $(VENV)/bin/djade --check --target-version 5.2
	@$(VENV)/bin/djlint --quiet --lint templates
	@SITE_URL=https://fund.example $(MANAGE) check --deploy --fail-level WARNING
	@$(MANAGE) makemigrations --check --dry-run --verbosity 0 || { echo 'A migration is missing: run `manage.py makemigrations --name …`.'; exit 1; }
	@$(PYTHON) -m supervision.frontend.messages --check

format: setup    ## put code and templates into their form
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format --quiet .
	@find templates -name '*.html' | xargs -r $(VENV)/bin/djade --target-version 5.2

messages: setup  ## bring the Chinese catalogue up to date with the code
	@$(PYTHON) -m supervision.frontend.messages

lock: $(VENV)/.installed  ## choose versions anew within pyproject.toml, and pin them with their hashes
	@for what in "pyproject.toml --extra embedded --extra dev -o requirements/all.txt" \
	             "pyproject.toml -c requirements/all.txt -o requirements/site.txt" \
	             "pyproject.toml --extra spark -c requirements/all.txt -o requirements/spark.txt" \
	             "requirements/tools.in -o requirements/tools.txt"; do \
	    $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(if $(UPGRADE),--upgrade) \
	        --custom-compile-command "make lock" $$what; done

# --- What the others stand on ---

setup: $(VENV)/.installed build/.frontend build/.messages  ## install and build what is missing or out of date
	@:

$(VENV)/.installed: requirements/all.txt requirements/tools.txt
	@./supervision/services/install.sh
	@touch $@

spark: $(VENV)/.spark  ## install Spark too, for monitoring on a cluster and its tests (440 MB; needs Java 17)

$(VENV)/.spark: $(VENV)/.installed requirements/spark.txt
	@echo 'Installing Spark …'
	@$(VENV)/bin/uv pip install --quiet --python $(PYTHON) --require-hashes --requirement requirements/spark.txt
	@touch $@

build/.frontend: $(VENV)/.installed package-lock.json $(wildcard supervision/frontend/*.mjs supervision/frontend/*.js)
	@echo 'Building the front end …'
	@$(PYTHON) -m supervision.frontend
	@touch $@

build/.messages: $(VENV)/.installed $(wildcard supervision/locale/*/LC_MESSAGES/*.po)
	@mkdir -p build
	@$(PYTHON) -m supervision.frontend.messages --compile
	@touch $@

.PHONY: help demo demo-clean run test test-faults test-long journeys truth bench bench-review bench-hearings bench-complaints check format messages lock setup spark
