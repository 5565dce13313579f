#!/usr/bin/env bash
# usage: stop.sh DIR: ends the PostgreSQL that start.sh started there, and removes the folder. Harmless when there is none.
set -euo pipefail
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../processes.sh"
[ -d "${1:?usage: stop.sh DIR}" ] || exit 0
dir=$(cd "$1" && pwd)
[ -d "$dir/run" ] || { echo "pod-engine: $dir holds no PostgreSQL" >&2; exit 1; }
stop_process "$dir" watchdog KILL
# QUIT: at once and without a checkpoint, but its children and its shared memory go with it.
stop_process "$dir" postgres QUIT
release_ports "$dir"
data=$(readlink "$dir/data" || true)
case $data in */pod-engine-postgres.*) rm -rf "$data" ;; esac
rm -rf "$dir"
