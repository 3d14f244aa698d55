# Two commands set themselves up from a clean clone with nothing but Python 3.11 or newer and make:
#   make find    prints the ways from Astana to Belgrade (FROM=... TO=... for another pair)
#   make test    runs every check and test
PYTHON ?= python3
FROM ?= Astana
TO ?= Belgrade
VENV := .venv
BIN := $(VENV)/bin

.PHONY: find test lint types unit bench readme gazetteer messages lock clean

find: $(VENV)/.run
	@$(BIN)/routeplan find "$(FROM)" "$(TO)" --format table

test: lint types unit

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/simulation.py
	$(BIN)/python benchmarks/batch.py
	$(BIN)/python benchmarks/matrix.py
	$(BIN)/python benchmarks/pareto.py
	$(BIN)/python benchmarks/alternatives.py

# behind a proxy only the system may know the certificate: the second try asks it
UV_SYNC := UV_PROJECT_ENVIRONMENT=$(VENV) UV_PYTHON_DOWNLOADS=never $(BIN)/uv sync --quiet --locked --inexact --python $(BIN)/python
sync = $(UV_SYNC) $(1) 2>/dev/null || UV_NATIVE_TLS=true $(UV_SYNC) $(1)

# uv installs the exact versions of uv.lock; plain pip works as well: pip install .
$(VENV)/.uv:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'routeplan needs Python 3.11 or newer; say PYTHON=... to name one')"
	$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	@touch $@

$(VENV)/.run: $(VENV)/.uv pyproject.toml uv.lock
	@$(call sync,--no-dev)
	@touch $@

$(VENV)/.dev: $(VENV)/.uv pyproject.toml uv.lock
	@$(call sync,)
	@touch $@ $(VENV)/.run

# the parts of README.md, docs/ and seeds/README.md that the program writes
readme: $(VENV)/.dev
	$(BIN)/python tests/page_blocks.py
	PYTHONPATH=. $(BIN)/python tests/seed_blocks.py

# data/gazetteer.tsv.gz from the GeoNames dump of the package that uv.lock names
gazetteer: $(VENV)/.uv pyproject.toml uv.lock
	@$(call sync,--group gazetteer)
	PYTHONPATH=. $(BIN)/python scripts/build_gazetteer.py

# the translations in routeplan/locale, after a change of a .po
messages: $(VENV)/.dev
	PYTHONPATH=. $(BIN)/python scripts/compile_messages.py

lock:
	$(BIN)/uv lock

clean:
	rm -rf $(VENV) dist build
