# Needs python3 with pip, git and make. Everything else is put under .tools and .venv.
UV := .tools/bin/uv
RUN := $(UV) run --frozen --no-sync
export UV_PYTHON_DOWNLOADS := never
OUT := out

.PHONY: help demo serve test bench lint train quality knowledge docs clean

help:  ## the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(UV):
	python3 -m pip install -q --target .tools uv

.venv/.synced: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen -q
	$(RUN) python -c "from riwaya.knowledge.knowledge import load_knowledge; load_knowledge()"
	@touch $@

demo: .venv/.synced  ## code the sample reports, show the result, open the workbench
	@mkdir -p $(OUT)
	$(RUN) riwaya read samples --format jsonl -o $(OUT)/samples.jsonl
	$(RUN) riwaya read samples --format html -o $(OUT)/samples.html
	$(RUN) riwaya read samples --format table
	$(RUN) riwaya evaluate samples $(OUT)/samples.jsonl --brief
	@echo "The same as a page, to open in a browser: $(OUT)/samples.html"
	@if [ -t 1 ]; then $(RUN) riwaya serve --demo samples; else $(RUN) riwaya serve --demo samples --check --no-browser; fi

serve: .venv/.synced  ## the workbench with the samples
	$(RUN) riwaya serve --demo samples

test: .venv/.synced  ## all tests
	$(RUN) pytest

bench: .venv/.synced  ## reports and MB a second, share of each stage, memory
	$(RUN) python scripts/bench.py

lint: .venv/.synced  ## style and types
	$(RUN) ruff check src tests scripts
	$(RUN) mypy

train: .venv/.synced  ## fit the weights of decisions to gold records
	$(RUN) python scripts/train.py ../shared/gold/dev --more training/corpus.jsonl training/sheets.jsonl training/retold.jsonl --write

quality: .venv/.synced  ## measured scores, where ../shared is present
	$(RUN) python scripts/quality.py

knowledge: .venv/.synced  ## check lexicons and the compiled gazetteer
	$(RUN) riwaya knowledge check

docs: .venv/.synced  ## write the generated reference pages
	$(RUN) python scripts/reference.py

clean:
	rm -rf $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis
