# Everything a person or a machine does with the project. `make help` lists it.

PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install run test check bench lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | while IFS="$$(printf '\t')" read -r name about; do printf '  make %-8s %s\n' "$$name" "$$about"; done

install: $(STAMP) ## build .venv with everything in requirements.lock

$(STAMP): requirements.lock pyproject.toml tools/bootstrap.py
	@echo "Installing into $(VENV): a minute or two the first time."
	$(PY) tools/bootstrap.py $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

run: $(STAMP) ## the main job: start the service, send it mails by SMTP, show what came of them
	@exec $(BIN)/mailroute demo

test: $(STAMP) ## the tests (those that take long, need peers or a browser are left to `make check`)
	$(BIN)/python -m pytest -n auto -m "not slow and not peers"

check: $(STAMP) ## format, lint, types, import contract, all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto

bench: $(STAMP) ## the benchmarks, printed as tables
	$(BIN)/python tests/bench/all.py

lock: ## make requirements.lock anew from pyproject.toml and build.in (needs uv)
	uv pip compile pyproject.toml build.in --extra test --universal --generate-hashes -p 3.11 \
		--no-header --no-annotate --quiet -o requirements.lock

clean: ## remove what the other targets made
	rm -rf $(VENV) .mailroute dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
