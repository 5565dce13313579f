#!/usr/bin/env bash
# usage: server.sh DIR stop|quit|kill|start: takes a running throwaway PostgreSQL away and brings it back on the same port with its data.
# stop breaks all connections and shuts down cleanly (fast mode), quit ends it without a checkpoint so that the next start recovers (immediate mode),
# kill is kill -9 of the postmaster. start returns when it accepts connections.
set -euo pipefail
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../processes.sh"
dir=$(cd "${1:?usage: server.sh DIR stop|quit|kill|start}" && pwd)
. "$dir/postgres.env"
case ${2:-} in
  stop) stop_process "$dir" postgres INT 10 ;;
  quit) stop_process "$dir" postgres QUIT 10 ;;
  kill) stop_process "$dir" postgres KILL ;;
  start)
    deadline=$((SECONDS + 30))
    until "$BIN/pg_isready" -q -h 127.0.0.1 -p "$PORT"; do
      # After a kill -9 the orphaned backends hold the shared memory for a moment and the first start fails: it is tried again.
      start_process "$dir" postgres
      [ "$SECONDS" -lt "$deadline" ] || { tail -n 20 "$dir/logs/postgres.log" >&2; echo "pod-engine: PostgreSQL is not ready after 30 s" >&2; exit 1; }
      sleep 0.1
    done ;;
  *) echo "usage: server.sh DIR stop|quit|kill|start" >&2; exit 2 ;;
esac
