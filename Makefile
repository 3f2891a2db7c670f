# Two commands matter: `make run` and `make test`. Both set everything up first; only Python 3.11+ is needed.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.setup-stamp
DATA ?= data
SHARED ?= ../shared
SEED ?= 1
COUNT ?= 1000

.DEFAULT_GOAL := help
.PHONY: help setup scale wheels run test fuzz crash wheel-test ui lint bench docs site tour clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Create .venv and install everything from requirements.lock

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Verbatim needs Python 3.11, 3.12 or 3.13 on the PATH (or: make PYTHON=/path/to/python)"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
		{ test -x $(BIN)/python || uv venv --quiet --seed --python "$(PYTHON)" $(VENV); } && \
		uv pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .; \
	else \
		{ test -x $(BIN)/pip || "$(PYTHON)" -m venv $(VENV); } && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .; \
	fi
	@$(BIN)/python -m compileall -q pipeline assets orchestration
	@$(BIN)/python -m orchestration.dbt_manifest
	@touch $(STAMP)

# PostgreSQL is asked for only where this may install it; its tests are skipped elsewhere.
scale: $(STAMP) ## Install what the tests of clusters and lakes need; without it they are skipped
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-scale.lock
	@test -d /usr/lib/postgresql || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null 2>&1 && \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; } || \
		echo "no PostgreSQL here: the tests of lakes in it are skipped"

# With the Python of the image's base: wheels are made for one.
wheels: ## Fetch into wheels/ what Containerfile installs, so that its build needs no network
	@"$(PYTHON)" -m pip download --quiet --disable-pip-version-check --dest wheels --no-deps --require-hashes -r requirements-image.lock
	@"$(PYTHON)" -m pip download --quiet --disable-pip-version-check --dest wheels --no-deps 'setuptools>=80'

run: $(STAMP) ## Run the main job on the sample corpus (into DATA, default data/)
	@mkdir -p $(DATA)/reference && cp -n seeds/sample_reference/*.csv $(DATA)/reference/
	@$(BIN)/verbatim run seeds/articles --data $(DATA)

# A process of the tests that dies is not replaced: by files, pytest-xdist would then wait for ever for those that were done.
test: $(STAMP) ## Run the tests
	@command -v chromium >/dev/null 2>&1 || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null 2>&1 && \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || \
		echo "no chromium here: the report's tests in a browser are skipped"
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --max-worker-restart 0

fuzz: $(STAMP) ## Try COUNT odd inputs of SEED on every reader and extraction
	@$(BIN)/python -m tests.fuzz --seed $(SEED) --count $(COUNT) --processes $$(getconf _NPROCESSORS_ONLN)

ui: $(STAMP) ## Serve Dagster's UI on 127.0.0.1:3000
	@$(BIN)/verbatim ui --data $(DATA)

wheel-test: $(STAMP) ## Build the wheel, install it into a clean environment and run it without the source
	@$(BIN)/python tests/packaging/wheel.py

lint: $(STAMP) ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models

bench: run ## Measure speed and quality (needs the evaluation files in ../shared)
	@for measure in throughput "articles $(SHARED)/eval" "text_cleaning $(SHARED)/eval" "entities $(SHARED)/eval" \
		"quotes $(SHARED)" "indirect $(SHARED)/eval" "statements $(SHARED) 100000" "statements_run $(SHARED) $(DATA)" \
		documents pairs phrases report; do echo "== $$measure"; $(BIN)/python -m benchmarks.$$measure || exit 1; done

crash: $(STAMP) ## Kill runs, fill their disk, set their clock back; compare what comes of it (half an hour)
	@$(BIN)/python -m tests.campaigns.crash

docs: $(STAMP) ## Rewrite the files that are derived from the schemas
	@$(BIN)/python -m orchestration.documentation

site: $(STAMP) ## Build the documentation site into build/site, without the network
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --site-dir build/site
	@echo "build/site/index.html; with its search: $(BIN)/python -m http.server --bind 127.0.0.1 --directory build/site"

tour: $(STAMP) ## Open the notebook tour over the data folder DATA
	@VERBATIM_DATA="$(DATA)" $(BIN)/marimo edit tour/findings.py

clean: ## Remove what the tools leave behind; data stays
	@rm -rf .pytest_cache .mypy_cache .ruff_cache dbt_project/target build *.egg-info
