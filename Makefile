# Two commands do everything: `make chat` and `make test`. Both install what they need the first time.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STORE := index/store/archive.sqlite

.PHONY: chat ask eval test fast lint clean

chat: $(STORE)
	@$(BIN)/python -m ui.app

ask: $(STORE)
	@$(BIN)/rag ask "$(Q)" || [ $$? -eq 3 ]

eval: .venv/.installed
	@$(BIN)/python -m eval.run

test: .venv/.installed
	$(BIN)/python -m pytest -m "not full" -n 2
	$(BIN)/python -m pytest -m full

fast: .venv/.installed
	$(BIN)/python -m pytest -m "not full" -n 2

lint: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(STORE): .venv/.installed $(wildcard seeds/*) $(wildcard rag/*.py)
	@$(BIN)/python -m index.build seeds

.venv/.installed: pyproject.toml constraints.txt
	@echo "installing the pinned packages into .venv (a few minutes the first time)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer; name one with: make PYTHON=python3.11")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --progress-bar on --disable-pip-version-check -q -c constraints.txt "torch>=2.6,<2.14"
	@$(BIN)/python -m pip install --progress-bar on --disable-pip-version-check -q -c constraints.txt -e ".[dev]"
	@touch $@

clean:
	rm -rf .venv index/store
