#!/usr/bin/env bash
# usage: [PROJECT=Queue] [FILTER=lease_ran_out] test.sh
#
# Runs the tests: builds once, starts one PostgreSQL and one control plane for the run, and runs two test projects at a time against them.
# PROJECT takes one (tests/<PROJECT>.Tests), FILTER the tests whose full name contains it. Ends with one line of its own,
# `tests: N passed, N failed, N skipped`, and fails when a test failed, a project broke off, or no test ran at all.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
. "$here/debian.sh"
cd "$root"
configuration=Release
at_once=2
longest=${TEST_TIMEOUT:-1200}   # seconds for one project; a hung one must not hang everything

# The one that takes longest begins first, so that all others run beside it.
longest_project=$root/tests/QueueHistory.Tests
projects=("$longest_project")
for project in "$root"/tests/*.Tests; do [ "$project" = "$longest_project" ] || projects+=("$project"); done
[ -z "${PROJECT:-}" ] || projects=("$root/tests/${PROJECT%.Tests}.Tests")
[ -d "${projects[0]}" ] || die "there is no tests/${PROJECT%.Tests}.Tests"

work=$(mktemp -d "${TMPDIR:-/tmp}/pod-engine-run.XXXXXX")
running=()
end() {
  local status=$? pid
  trap - EXIT; trap '' INT TERM   # asked twice, it still cleans up
  for pid in "${running[@]}"; do kill -- "-$pid" 2>/dev/null || kill "$pid" 2>/dev/null || true; done
  wait || true
  for part in control-plane postgres; do
    [ ! -d "$work/$part" ] || "$here/$part/stop.sh" "$work/$part" || true
  done
  rm -rf "$work"
  exit "$status"
}
trap end EXIT
trap 'exit 130' INT TERM

say "building ($configuration) and, beside it, making sure of PostgreSQL and the control plane"
setsid "$here/setup.sh" & setup=$!; running+=("$setup")
build_target=PodOperator.sln; [ -z "${PROJECT:-}" ] || build_target=${projects[0]}
dotnet build "$build_target" -c "$configuration" -v quiet -nologo --nodereuse:false </dev/null || die "the build failed"
wait "$setup" || die "setting up PostgreSQL or the control plane failed"
running=()

say "starting PostgreSQL and the control plane"
PODENGINE_TEST_POSTGRES=$("$here/postgres/start.sh" "$work/postgres" --owner $$)
"$here/control-plane/start.sh" "$work/control-plane" --owner $$ >/dev/null
[ ! -d config/crds ] || "$here/control-plane/install-crds.sh" "$work/control-plane" config/crds
export PODENGINE_TEST_POSTGRES PODENGINE_TEST_CONTROL_PLANE=$work/control-plane

# run_project FOLDER: one project's tests, its output kept together.
run_project() {
  local name program child started=$SECONDS status=0
  name=$(basename "$1")
  program=$1/bin/$configuration/net10.0/PodEngine.$name
  timeout -k 10 "$longest" "$program" -noLogo -noColor -trx "$work/$name.trx" ${FILTER:+-method "*$FILTER*"} </dev/null >"$work/$name.log" 2>&1 &
  child=$!
  trap 'kill "$child" 2>/dev/null || true' TERM
  wait "$child" || status=$?
  [ "$status" != 124 ] || echo "$name did not end within $longest s" >>"$work/$name.log"
  # A run of no tests is an error only when it is that of all projects.
  echo "$status" >"$work/$name.status"
  { echo "── $name ($((SECONDS - started)) s)"; cat "$work/$name.log"; echo; } >"$work/$name.report"
  cat "$work/$name.report"
}

say "running the tests, $at_once projects at a time"
for project in "${projects[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "$at_once" ]; do wait -n || true; done
  run_project "$project" & running+=($!)
done
wait || true
running=()

# count KEY FILE: an attribute of the result file's counters.
count() { sed -n "s/.*<Counters[^>]* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }
passed=0 failed=0 skipped=0 broken=()
for project in "${projects[@]}"; do
  name=$(basename "$project") result=$work/$(basename "$project").trx
  if [ -s "$result" ] && [ -n "$(count total "$result")" ]; then
    total=$(count total "$result") ok=$(count passed "$result") bad=$(count failed "$result")
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - ok - bad))
    # It ended badly, though no test did: a fault outside of any test.
    [ "$bad" != 0 ] || [ "$total" = 0 ] || [ "$(cat "$work/$name.status")" = 0 ] || broken+=("$name")
  else
    broken+=("$name")
  fi
done
for name in "${broken[@]}"; do say "$name broke off: see its output above"; failed=$((failed + 1)); done
[ $((passed + failed)) -gt 0 ] || say "no test ran"
echo "tests: $passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
