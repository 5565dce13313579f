#!/usr/bin/env bash
# usage: [CELLS="drain pickup"] [CONTENDERS="ours;pg-boss, best"] [ROUNDS=1] [JOBS=100000] [QUICK=1] bench-queue.sh
#
# Measures the queue beside graphile-worker and pg-boss on one throwaway PostgreSQL (bench/postgres.conf). Everything: about half an hour on two
# cores, results in bench/results/queue.json. With CELLS (drain, insert, pickup, backlog, snapshot, idle, handback, limits, kill), CONTENDERS (parts of their
# names), other ROUNDS or JOBS, or QUICK (small numbers, minutes, proves that it works) they go to out/bench/queue.json. Fails when a job was lost
# or done twice or a stale write accepted, never for being slow.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
. "$here/debian.sh"
cd "$root"

command -v dotnet >/dev/null || die "the .NET SDK is missing (the version global.json names)"
ensure_commands "for the peers the queue is measured against" npm=npm setpriv=util-linux flock=util-linux
"$here/postgres/install.sh" >/dev/null

# The peers are installed once for each lock file, outside of the checkout.
lock=$(sha256sum bench/peers/package-lock.json | cut -c1-16)
installed=$(pod_engine_cache)/bench-peers-$lock
if [ ! -e "$installed/complete" ]; then
  say "installing graphile-worker, pg-boss and Node 22 from npm into $installed"
  rm -rf "$installed"; mkdir -p "$installed"
  cp bench/peers/package.json bench/peers/package-lock.json bench/peers/.npmrc "$installed"
  # No install scripts: none of these packages needs one. The engine warnings are about the Node that npm runs on, not the one we install.
  (cd "$installed" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || die "npm could not install the peers"
  touch "$installed/complete"
fi

# Compiled ahead of time, or a drain of a second would measure the compiler.
say "building (Release)"
program=out/bench/program
publish=(dotnet publish bench/Queue.Bench -c Release --use-current-runtime --self-contained false -o "$program" -v quiet -nologo --nodereuse:false)
"${publish[@]}" -p:PublishReadyToRun=true </dev/null || {
  say "that did not work; trying without compiling ahead of time (short cells then measure the compiler too)"
  "${publish[@]}" </dev/null
}

work=$(mktemp -d "${TMPDIR:-/tmp}/pod-engine-bench.XXXXXX")
bench=
end() {
  local status=$?
  trap - EXIT; trap '' INT TERM
  [ -z "$bench" ] || kill "$bench" 2>/dev/null || true
  wait || true
  [ ! -d "$work/postgres" ] || "$here/postgres/stop.sh" "$work/postgres" || true
  rm -rf "$work"
  exit "$status"
}
trap end EXIT
trap 'exit 130' INT TERM

# Node finds packages beside the script that asks for them.
mkdir "$work/peers"
cp bench/peers/*.mjs "$work/peers"
ln -s "$installed/node_modules" "$work/peers/node_modules"

output=bench/results/queue.json
options=()
[ -z "${CELLS:-}" ] || { options+=(--cells "$CELLS"); output=out/bench/queue.json; }
[ -z "${CONTENDERS:-}" ] || { options+=(--contenders "$CONTENDERS"); output=out/bench/queue.json; }
[ -z "${ROUNDS:-}" ] || { options+=(--rounds "$ROUNDS"); output=out/bench/queue.json; }
[ -z "${JOBS:-}" ] || { options+=(--jobs "$JOBS"); output=out/bench/queue.json; }
[ -z "${QUICK:-}" ] || { options+=(--quick yes); output=out/bench/queue.json; }

say "starting PostgreSQL"
address=$("$here/postgres/start.sh" "$work/postgres" --config bench/postgres.conf --owner $$)
"$program/PodEngine.Queue.Bench" --postgres "$address" --peers "$work/peers" --output "$output" "${options[@]}" &
bench=$!
wait "$bench"
