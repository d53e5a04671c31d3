# `make map` draws the first debate; `make test` runs every test. Both set up what they need.
PYTHON ?= python3
BIN := .venv/bin
# The texts of the five pieces are not part of this project; name their folder to check the
# anchors against them and to see the passages on the map.
TEXTS ?= $(wildcard ../shared/pieces)
export SICETNON_TEXTS := $(if $(TEXTS),$(abspath $(TEXTS)))

.PHONY: help map test lint bench reference clean
help:
	@echo "make map        build the graph, tables and map of data/kosovo in out/kosovo"
	@echo "make test       run every test, the browser ones included"
	@echo "make lint       ruff, mypy and the direction of imports"
	@echo "make reference  write out/vocabulary.html, a page on the vocabulary"
	@echo "make bench      measure how building grows, and how fast the map opens"

.venv/ready: pyproject.toml scripts/venv.sh
	@sh scripts/venv.sh "$(PYTHON)" "."
	@touch $@

.venv/ready-dev: .venv/ready
	@sh scripts/venv.sh "$(PYTHON)" ".[dev]"
	@touch $@

map: .venv/ready
	@$(BIN)/sicetnon build data/kosovo --out out/kosovo $(if $(TEXTS),--texts "$(TEXTS)")

test: .venv/ready-dev
	@sh scripts/test_tools.sh
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready-dev
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.contradictions
	$(BIN)/python -m benchmarks.labellings
	@sh scripts/test_tools.sh
	$(BIN)/python -m benchmarks.map_open data/kosovo 200 1000 5000

reference: .venv/ready-dev
	@mkdir -p out
	@$(BIN)/pylode --outputfile out/vocabulary.html ontology/sicetnon.ttl

clean:
	rm -rf .venv .tools out
