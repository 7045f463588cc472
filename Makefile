# `make help` lists the targets. Each makes what it needs in .venv first; nothing else on the machine is changed.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
# The first of these that starts and is new enough; `make PYTHON=/path/to/python ...` takes another.
PYTHON ?= $(shell for one in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	"$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$one" && break; done)

# The newest Python that the package says it is for; the oldest is in pyproject.toml.
NEWEST := 3.15

# Recorded exchanges with real servers, where they lie beside the checkout: requests and replies are compared with them.
ifeq ($(DIFY_RECORDINGS),)
ifneq ($(wildcard ../shared/recordings/.),)
export DIFY_RECORDINGS := $(abspath ../shared/recordings)
endif
endif

.PHONY: help demo test check docs bench soak clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.mock ## Stream a chat answer and a workflow run, from the embedded mock or from DIFY_BASE_URL.
	@$(BIN)/python -m dify_mock.demo

test: $(VENV)/.dev ## Run the tests on all processors.
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev ## Run the linter, the formatter, both type checkers (oldest and newest Python) and the import rules.
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/mypy --python-version $(NEWEST) --cache-dir .mypy_cache/$(NEWEST)
	@$(BIN)/pyright --warnings
	@$(BIN)/pyright --warnings --pythonversion $(NEWEST)
	@$(BIN)/lint-imports --no-cache --no-logo

docs: $(VENV)/.docs ## Build the documentation into site/.
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "site/index.html"

bench: $(VENV)/.bench ## Measure streams, calls and starts beside what they are made of.
	@$(BIN)/python -m bench

soak: $(VENV)/.mock ## Work for a minute (SECONDS=60) and watch memory, files and threads.
	@$(BIN)/python tools/soak.py $(or $(SECONDS),60)

clean: ## Remove .venv and everything that was built.
	@rm -rf $(VENV) build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp for each extra that is installed; a change of pyproject.toml installs it again.
$(VENV)/.%: pyproject.toml | $(BIN)/pip
	@echo "installing .[$*] into $(VENV)"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python ..." >&2; exit 1; }
	@echo "making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
