#!/usr/bin/env bash
# usage: apiserver.sh DIR stop|kill|start: takes the API server of a running control plane away and brings it back on the same port, its
# data untouched. stop ends it gracefully (3 seconds), kill at once. start returns when it is ready.
set -euo pipefail
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../processes.sh"
dir=$(cd "${1:?usage: apiserver.sh DIR stop|kill|start}" && pwd)
. "$dir/plane.env"
ready() {
  curl -fsS --max-time 5 --noproxy '*' --cacert "$dir/pki/ca.crt" --cert "$dir/pki/admin.crt" --key "$dir/pki/admin.key" \
    "https://127.0.0.1:$API_PORT/readyz" >/dev/null 2>&1
}
case ${2:-} in
  stop) stop_process "$dir" kube-apiserver TERM 3 ;;
  kill) stop_process "$dir" kube-apiserver KILL ;;
  start)
    start_process "$dir" kube-apiserver
    deadline=$((SECONDS + 60))
    until ready; do
      process_alive "$dir" kube-apiserver || { tail -n 8 "$dir/logs/kube-apiserver.log" >&2; exit 1; }
      [ "$SECONDS" -lt "$deadline" ] || { echo "pod-engine: the API server is not ready after 60 s" >&2; exit 1; }
      sleep 0.1
    done ;;
  *) echo "usage: apiserver.sh DIR stop|kill|start" >&2; exit 2 ;;
esac
