# make run and make test do all set-up themselves on a fresh Debian 12; see README.md.
SHELL := /bin/bash
PYTHON_BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
PY := $(PYTHON_BIN)/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen
CODE := $(wildcard conftest.py facility_app benchmarks tests resources/verifier)

.PHONY: run test lint check bench manual setup coverage format pins
.DEFAULT_GOAL := check

setup:      ## .venv and system packages for development
	@scripts/setup.sh dev

run:        ## open the program on the sample facility (offscreen where there is no display)
	@scripts/setup.sh run
	@scripts/run.sh

test: setup ## every test
	$(OFFSCREEN) $(PY) -m pytest -q -n 2 --dist worksteal $(ARGS)

lint: setup ## format, lint, types, layers
	$(PY) -m ruff format --check $(CODE)
	$(PY) -m ruff check $(CODE)
	$(PY) -m mypy
	$(PYTHON_BIN)/lint-imports

check: lint test

coverage: setup ## branch coverage; audit, domain and vault must stay at 95 % or more
	$(PY) -m coverage erase
	$(OFFSCREEN) $(PY) -m coverage run -m pytest -q -n 2 $(ARGS)
	$(PY) -m coverage combine -q
	$(PY) -m coverage report --include='facility_app/audit/*,facility_app/domain/*,facility_app/vault/*' --fail-under=95
	$(PY) -m coverage report

bench: setup ## what is measured against what, as ratios
	$(OFFSCREEN) $(PY) benchmarks/run.py $(ARGS)

manual: setup ## the manual's pictures anew, taken from the program
	$(OFFSCREEN) $(PY) -m facility_app demo --offscreen --manual docs/manual/images

format: setup
	$(PY) -m ruff format $(CODE)
	$(PY) -m ruff check --fix $(CODE)

pins:       ## requirements/*.txt anew from pyproject.toml (needs uv)
	scripts/pin.sh $(ARGS)
