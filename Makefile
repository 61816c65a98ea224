# Ordito: `make run` apre una demo nel browser, `make test` prova tutto. `make help` elenca il resto.

PY ?= python3
PORT ?= 8000
export ORDITO_DATA ?= $(CURDIR)/ordito-data
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
UV := .tools/bin/uv
PYTEST := $(BIN)/python -m pytest
# Static checks read the settings but no data: they get an empty place of their own.
CHECKED := ORDITO_SECRET_KEY=$$(head -c 48 /dev/urandom | base64) ORDITO_DATA=$$place
CATALOGUES := $(wildcard ordito/locale/*/LC_MESSAGES/*.po)

.DELETE_ON_ERROR:
.PHONY: help setup run test check fix bench bench-national messages release requirements programs

help:  ## elenca i comandi
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## *(.*)/  make \1\t\2/' | expand -t 30

run: .venv/.run .venv/.messages  ## apre Ordito con i dati dimostrativi su http://127.0.0.1:8000
	@$(BIN)/ordito demo
	@$(BIN)/ordito serve --port $(PORT)

setup: .venv/.test .venv/.messages programs  ## prepara .venv con ciò che serve a lavorare e a provare

test: setup  ## prova tutto: controlli, SQLite, PostgreSQL, corse, cadute, browser
	@$(MAKE) --no-print-directory check
	$(PYTEST) -n auto
	ORDITO_DB=postgres $(PYTEST) -n auto
	$(PYTEST) -n auto -m slow
	$(PYTEST) -m race
	ORDITO_DB=postgres $(PYTEST) -m race
	$(PYTEST) -m crash
	$(PYTEST) -m browser

check: .venv/.test  ## controlli statici: stile, tipi, confini tra i moduli, migrazioni
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	find ordito -name '*.html' -exec $(BIN)/djhtml --check {} +
	@place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; set -ex; \
	 $(CHECKED) $(BIN)/mypy; \
	 $(CHECKED) $(BIN)/python manage.py makemigrations --check --dry-run

fix: .venv/.test  ## mette in ordine il codice e i modelli delle pagine
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	find ordito -name '*.html' -exec $(BIN)/djhtml {} +

bench: .venv/.test .venv/.messages  ## misura le prestazioni: tabella, build/bench.json, docs/reference/performance.md
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks

bench-national: .venv/.test  ## misura una nazione inventata, accanto ad altri strumenti
	$(BIN)/python -m benchmarks.national

messages: .venv/.run  ## raccoglie i testi da tradurre (serve il pacchetto Debian gettext)
	@command -v xgettext >/dev/null || { echo "Manca gettext: sudo apt-get install gettext" >&2; exit 1; }
	$(BIN)/python manage.py makemessages --locale en --no-obsolete --add-location file --ignore .venv --ignore build --ignore tests --ignore docs

release: test  ## costruisce in build/release ciò che si pubblica, con le impronte
	rm -rf build/release && mkdir -p build/release
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/release .
	git archive --format=tar.gz --prefix=ordito/ --output=build/release/ordito-source.tar.gz HEAD
	cp requirements/run.txt build/release/requirements.txt
	cd build/release && sha256sum *.whl *.tar.gz requirements.txt > SHA256SUMS && cat SHA256SUMS

# To change a dependency: edit pyproject.toml, then this; the pins that still fit stay.
requirements: $(UV)
	echo 'setuptools>=80' | $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -o requirements/run.txt pyproject.toml -
	echo 'setuptools>=80' | $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -c requirements/run.txt --group test -o requirements/test.txt pyproject.toml -

# --- the environment, behind stamps: each step runs when what it depends on has changed

.venv/.made:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	 echo "Serve Python 3.11 o successivo; qui c'è: $$($(PY) --version 2>&1)." >&2; \
	 echo "Se ne avete un altro: make $(MAKECMDGOALS) PY=python3.12" >&2; exit 1; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { \
	 echo "A Python manca il modulo venv: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	 echo "Preparo l'ambiente (una volta sola, meno di un minuto)..."; $(PY) -m venv --clear .venv; }
	@touch $@

# uv is ten times faster than pip; it lives apart, where no installation removes it.
$(UV): requirements/uv.txt | .venv/.made
	@$(BIN)/python -m pip install -qq --upgrade --target .tools --require-hashes -r $< \
	 && touch $@ || echo "uv non è disponibile qui: continuo con pip, più lento."

.venv/.run .venv/.test: .venv/.%: requirements/%.txt pyproject.toml | .venv/.made $(UV)
	@echo "Installo $<..."
	@{ test -x $(UV) && $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r $< \
	  && $(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; } \
	 || { $(BIN)/python -m pip install --quiet --require-hashes -r $< \
	  && $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . ; }
	@touch $@

.venv/.messages: $(CATALOGUES) | .venv/.made
	@$(BIN)/ordito compilemessages
	@touch $@

# What the tests need and no Python package carries: a browser, and Java for the PDF validator.
programs:
	@missing=; command -v chromium >/dev/null || missing="chromium"; \
	 command -v javac >/dev/null || missing="$$missing default-jdk-headless"; \
	 test -n "$$missing" || exit 0; \
	 if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as=sudo; \
	 else echo "Per le prove: sudo apt-get install $$missing" >&2; exit 1; fi; \
	 echo "Installo $$missing..."; \
	 $$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends $$missing </dev/null >/dev/null
