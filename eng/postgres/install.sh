#!/usr/bin/env bash
# usage: install.sh: prints the folder with the programs of the newest PostgreSQL of 15 or later; installs Debian's when there is none,
# without making a cluster or starting a service.
set -euo pipefail
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../debian.sh"

newest_bin() {
  local bin version
  for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
    version=${bin#/usr/lib/postgresql/}; version=${version%/bin}
    [ "$version" -ge 15 ] && [ -x "$bin/postgres" ] && [ -x "$bin/initdb" ] && { echo "$bin"; return; }
  done
  return 1
}

newest_bin && exit 0
exec 9>"${TMPDIR:-/tmp}/pod-engine-install.lock"; flock 9
newest_bin && exit 0
install_packages "PostgreSQL for the tests" postgresql-common
# The server's package would make a cluster of its own and start it: not wanted, only its programs are.
conf=/etc/postgresql-common/createcluster.conf
as_root cp "$conf" "$conf.pod-engine"
trap 'as_root mv "$conf.pod-engine" "$conf"' EXIT
echo "create_main_cluster = false" | as_root tee -a "$conf" >/dev/null
install_packages "PostgreSQL for the tests, its programs only: no cluster is made, no service started" postgresql
newest_bin || die "no PostgreSQL 15 or later under /usr/lib/postgresql after installing Debian's"
