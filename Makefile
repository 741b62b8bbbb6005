# Everything a developer, a trial user and the build server do. `make help` lists it.
# Works as root and as a user with sudo; sudo is used only to install system packages that are missing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# Outside the checkout, so that a fresh clone does not compile the world again.
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/renshe/target
ifdef CI
# Incremental files only pay when the same sources are built again and again.
export CARGO_INCREMENTAL ?= 0
export INSTA_UPDATE ?= no
endif

NPM_CI := npm ci --no-audit --no-fund --loglevel=error
NEXTEST_VERSION := 0.9.143
RESULTS := var/test
STEP := tools/step

POSTGRES := tools/postgres/node_modules/.package-lock.json
FONTS := tools/fonts/node_modules/.package-lock.json
WEB_MODULES := web/node_modules/.package-lock.json
WEB_DIST := web/apps/hall/dist/index.html
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path 'web/e2e/*' \
	-not -path '*/tests/*' 2>/dev/null)

.PHONY: help run build web tools system test test-rust test-web test-e2e test-fuzz test-crash bench lint lint-rust \
	lint-web fmt golden db-shell testdb-down clean clean-data

help: ## List what can be made
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

## ---- run

run: build ## Build and start the platform with its own database and demonstration data
	@exec "$$CARGO_TARGET_DIR/debug/renshe" run

build: tools web ## Build the server and the web application
	@$(STEP) "server" cargo build --package renshe

web: $(WEB_DIST) ## Build the web application, if its sources changed

$(WEB_DIST): $(WEB_MODULES) $(WEB_SOURCES)
	@$(STEP) "web application" npm run build --silent --prefix web
	@touch $@

tools: $(POSTGRES) $(FONTS) ## Install the embedded PostgreSQL and the fonts

$(POSTGRES) $(FONTS) $(WEB_MODULES): %/node_modules/.package-lock.json: %/package-lock.json | system
	@$(STEP) "npm packages of $*" $(NPM_CI) --prefix $*
	@touch $@

system: ## Install system packages that are missing (compiler, Node.js, Rust are checked)
	@tools/system base

## ---- check

test: ## Run all tests and print the total
	@rm -rf $(RESULTS); mkdir -p $(RESULTS); status=0; \
	for suite in test-rust test-web test-e2e; do $(MAKE) $$suite || status=1; done; \
	cargo xtask total $(RESULTS)/rust.xml $(RESULTS)/web.xml $(RESULTS)/e2e.xml | tee $(RESULTS)/total.txt || status=1; \
	exit $$status

test-rust: tools web ## Run the tests of the server, against a real PostgreSQL
	@command -v cargo-nextest >/dev/null || $(STEP) "cargo-nextest" cargo install cargo-nextest --locked --version $(NEXTEST_VERSION)
	@mkdir -p $(RESULTS); status=0; \
	$(STEP) "server tests" cargo nextest run --workspace --profile $(if $(CI),ci,default) || status=$$?; \
	cp "var/nextest/$(if $(CI),ci,default)/junit.xml" $(RESULTS)/rust.xml; exit $$status

test-web: $(WEB_MODULES) ## Run the tests of the web application
	@mkdir -p $(RESULTS)
	@cd web && ../$(STEP) "web tests" npx vitest run --reporter=default --reporter=junit --outputFile.junit=../$(RESULTS)/web.xml

test-e2e: build ## Run the browser tests against a server of their own
	@tools/system browser
	@mkdir -p $(RESULTS)
	@$(STEP) "browser tests" tools/e2e $(RESULTS)/e2e.xml

test-fuzz: tools ## Run the property tests with a hundred times the usual cases
	@$(STEP) "property tests" tools/fuzz

test-crash: tools ## Kill the server 50 times and its database 10 times under load
	@$(STEP) "crash test" env RENSHE_CRASH_SERVER=50 RENSHE_CRASH_DATABASE=10 \
		cargo nextest run --package renshe --test crash --no-capture

bench: tools web ## Measure a release build under load (BENCH="--think 500" and other options of the load generator)
	@$(STEP) "release build" cargo build --release --package renshe
	@$(STEP) "load generator" cargo build --release --manifest-path bench/Cargo.toml --locked
	@tools/bench $(BENCH)

lint: lint-rust lint-web ## Check formatting, house rules and common mistakes

lint-rust: web
	@$(STEP) "format" cargo fmt --all --check
	@$(STEP) "house rules" cargo xtask tidy
	@$(STEP) "clippy" cargo clippy --workspace --all-targets --locked -- -D warnings

lint-web: $(WEB_MODULES)
	@$(STEP) "web types" npm run typecheck --silent --prefix web
	@$(STEP) "web lint" npm run lint --silent --prefix web

golden: tools ## Rewrite the reference files that tests compare (review the change)
	@RENSHE_UPDATE_GOLDEN=1 cargo nextest run --workspace -E 'test(/golden/)'

fmt: ## Format the sources
	@cargo fmt --all

## ---- database

db-shell: ## Open psql on the database of the running platform
	@command -v psql >/dev/null || { echo "psql is missing: apt-get install postgresql-client"; exit 1; }
	@psql "$${RENSHE_DATABASE_URL:-$$(cat var/postgres/url)}"

testdb-down: ## Stop the database of the tests (it ends by itself after half an hour)
	@cargo xtask testdb down

## ---- clean

clean: ## Remove what was built
	@rm -rf web/apps/*/dist web/node_modules tools/*/node_modules $(RESULTS)
	@cargo clean

clean-data: ## Delete the database, files and secrets of the platform under var/
	@read -r -p "Delete everything under var/? [y/N] " answer && [[ "$$answer" == y ]] && rm -rf var
