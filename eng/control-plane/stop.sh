#!/usr/bin/env bash
# usage: stop.sh DIR: ends the processes that start.sh started there, and removes the folder. Harmless when there are none.
set -euo pipefail
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../processes.sh"
[ -d "${1:?usage: stop.sh DIR}" ] || exit 0
dir=$(cd "$1" && pwd)
[ -d "$dir/run" ] || { echo "pod-engine: $dir holds no control plane" >&2; exit 1; }
# Throwaway data: nothing has to be flushed.
for process in watchdog kube-controller-manager crd-server kube-apiserver etcd; do stop_process "$dir" "$process" KILL; done
release_ports "$dir"
rm -rf "$dir"
