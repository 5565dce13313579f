#!/usr/bin/env bash
# usage: stop.sh DIR: ends the pgbouncer that start.sh started there, and removes the folder. Harmless when there is none.
set -euo pipefail
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../processes.sh"
[ -d "${1:?usage: stop.sh DIR}" ] || exit 0
dir=$(cd "$1" && pwd)
[ -d "$dir/run" ] || { echo "pod-engine: $dir holds no pgbouncer" >&2; exit 1; }
stop_process "$dir" watchdog KILL
stop_process "$dir" pgbouncer TERM
release_ports "$dir"
settings=$(readlink "$dir/pgbouncer.ini" || true)
case $settings in */pod-engine-pgbouncer.*) rm -f "$settings" ;; esac
rm -rf "$dir"
