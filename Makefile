# Every target that a hook, CI or a hand calls. `make demo` and `make test` set up by themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo
JURY := tests/jury
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test setup lint format types layers docs tests browser judges bench picture strings wheel lock clean

help: ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: setup ## Run the whole way on the sample newsletter and name the files to open
	@rm -rf $(DEMO)
	@$(BIN)/currents demo $(DEMO)

test: setup browser judges lint types layers docs tests ## Everything that decides whether a change is good

setup: $(VENV)/.ready ## Make the virtual environment with the locked versions

$(VENV)/.ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Currents needs Python 3.11 or newer; name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(call apt,python3-venv) || \
	  { echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Debian's package, installed when we may: as root, or by sudo that asks nothing.
apt = { command -v apt-get >/dev/null && \
  { [ "$$(id -u)" = 0 ] && sudo= || { sudo="sudo -n" && sudo -n true 2>/dev/null; }; } && \
  $$sudo apt-get update -qq && \
  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $(1) >/dev/null; }

browser: ## Install Debian's Chromium where it is missing; elsewhere say what to install
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  $(call apt,chromium fonts-liberation fonts-dejavu-core) || \
	  echo "No Chromium: browser tests will be skipped. Install Chromium (Debian: apt-get install chromium) to run them." >&2

judges: ## Install the programs of others that judge the output; elsewhere say what to install
	@command -v spamassassin >/dev/null || $(call apt,spamassassin) || true
	@command -v java >/dev/null || $(call apt,default-jre-headless) || true
	@command -v npm >/dev/null || $(call apt,nodejs npm) || true
	@command -v newsboat >/dev/null || $(call apt,newsboat) || true
	@command -v postfix >/dev/null || $(call apt,postfix) || true
	@command -v go >/dev/null || $(call apt,golang-go) || true
	@cd $(JURY) && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent; } || true
	@for judge in spamassassin java node newsboat postfix go; do command -v $$judge >/dev/null || \
	  echo "No $$judge: what it judges will be skipped. Install it (Debian: spamassassin default-jre-headless nodejs npm newsboat postfix golang-go)." >&2; done

lint: setup ## Style
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .

format: setup ## Mend what the style can mend by itself
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

types: setup ## Types
	$(BIN)/mypy

layers: setup ## Imports flow down
	$(BIN)/lint-imports --no-logo

docs: setup ## What the docs say is what the program says
	$(BIN)/pytest -q tests/test_docs.py

tests: setup ## Behaviour, browser tests included
	$(BIN)/pytest -q -n 2 --cov --cov-report=term:skip-covered

bench: setup ## Speed and memory: figure, unit, command
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/mail.py
	$(BIN)/python benchmarks/preview.py
	$(BIN)/python benchmarks/collect.py $(if $(PEER),--peer $(PEER))
	$(BIN)/python benchmarks/scale.py --sizes 10000 100000
	$(BIN)/python benchmarks/archive.py
	$(BIN)/python benchmarks/sending.py
	$(BIN)/python benchmarks/stories.py
	$(BIN)/python benchmarks/summaries.py $(foreach file,$(DATA),--data $(file))
	$(BIN)/python benchmarks/suggest.py
	$(BIN)/python benchmarks/evidence.py

picture: setup browser ## The README's picture of the rendered mail
	$(BIN)/python docs/pictures/take.py

strings: setup ## Bring the catalogues of readers' words up to date
	$(BIN)/python docs/strings.py

wheel: setup ## Build the wheel and look into it
	rm -rf dist
	$(BIN)/python -m build --quiet --no-isolation --wheel --sdist
	$(BIN)/check-wheel-contents dist/*.whl

lock: ## Choose new versions of everything (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade \
	  --custom-compile-command "make lock" --group dev pyproject.toml -o requirements.txt

clean: ## Take away what was made
	rm -rf $(VENV) $(DEMO) $(JURY)/node_modules dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
