SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup build format format-check test soak bench-queue demo cluster cluster-down clean

CONFIGURATION := Release
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
export PROJECT FILTER CELLS CONTENDERS ROUNDS JOBS QUICK

help: ## Show this help
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

##@ Try it
demo: ## Run the sample jobs embedded, with simulated providers: pictures and a contact sheet in ./out
	@eng/demo.sh
cluster: ## Start a Kubernetes control plane and a PostgreSQL to try things with; prints what to export
	@eng/cluster.sh up
cluster-down: ## End what `make cluster` started
	@eng/cluster.sh down

##@ Work on it
setup: ## Install or build what the tests need: PostgreSQL, a Kubernetes control plane (12 minutes, once)
	@eng/setup.sh
build: ## Build everything, warnings as errors
	dotnet build PodOperator.sln -c $(CONFIGURATION) -v quiet -nologo
format: ## Bring the code into the form format-check asks for
	dotnet format PodOperator.sln
format-check: ## Fail when code is not formatted
	dotnet format PodOperator.sln --verify-no-changes
test: ## Run all tests; PROJECT=Queue takes one project, FILTER=text the tests whose name contains it
	@eng/test.sh
soak: ## Run the tests with their long bounds: more jobs, more faults, more time
	@PODENGINE_SOAK=1 TEST_TIMEOUT=14400 eng/test.sh

##@ Measure it
bench-queue: ## Measure the queue beside graphile-worker and pg-boss (half an hour); CELLS=drain ROUNDS=1 takes a part, QUICK=1 proves that it works
	@eng/bench-queue.sh

##@ Tidy up
clean: ## Remove what builds left in the checkout (the cached control plane stays)
	rm -rf out src/*/bin src/*/obj tests/*/bin tests/*/obj bench/*/bin bench/*/obj
