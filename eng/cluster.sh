#!/usr/bin/env bash
# usage: cluster.sh up|down: a control plane and a PostgreSQL for a person to try things with. Up twice is harmless; so is down.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
. "$here/debian.sh"
. "$here/processes.sh"
state=${XDG_STATE_HOME:-$HOME/.local/state}/pod-engine/cluster

# up PART PROCESS: starts a part unless it runs; what a reboot has left of it is removed first.
up() {
  local part=$1 process=$2
  if process_alive "$state/$part" "$process"; then say "$part is already up"; return; fi
  "$here/$part/stop.sh" "$state/$part"
  "$here/$part/start.sh" "$state/$part" >/dev/null
}

case ${1:-} in
  up)
    "$here/setup.sh"
    mkdir -p "$state"
    up control-plane kube-apiserver
    up postgres postgres
    . "$state/control-plane/plane.env"; . "$state/postgres/postgres.env"
    [ ! -d "$root/config/crds" ] || "$here/control-plane/install-crds.sh" "$state/control-plane" "$root/config/crds"
    if [ -d "$root/config/rbac" ]; then
      "$KUBECTL" --kubeconfig "$state/control-plane/kubeconfig" apply --validate=false -f "$root/config/rbac" >/dev/null
    fi
    say "a Kubernetes $VERSION control plane is up (pods stay Pending: it has no nodes), the kinds of config/crds are installed, and so is a"
    say "throwaway PostgreSQL next to it. In the shell you work in:"
    echo "export KUBECONFIG=$state/control-plane/kubeconfig"
    echo "export DATABASE_URL=postgresql://postgres@127.0.0.1:$PORT/postgres"
    say "make cluster-down ends both and forgets their data"
    command -v kubectl >/dev/null || say "there is no kubectl on the PATH; one is at $KUBECTL" ;;
  down)
    "$here/control-plane/stop.sh" "$state/control-plane"
    "$here/postgres/stop.sh" "$state/postgres"
    say "the cluster is down" ;;
  *) die "usage: cluster.sh up|down" ;;
esac
