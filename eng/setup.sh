#!/usr/bin/env bash
# usage: setup.sh: what `make test` and `make cluster` need on this machine and may be missing: PostgreSQL's programs and its pooler, a library that
# puts clocks off, tools to talk to an API server, and the control plane (found, downloaded or built, once). Says what it installs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/debian.sh"
command -v dotnet >/dev/null || die "the .NET SDK is missing (the version global.json names)"
ensure_commands "for the scripts of the test servers" curl=curl openssl=openssl setpriv=util-linux flock=util-linux
"$here/postgres/install.sh" >/dev/null
"$here/pgbouncer/install.sh" >/dev/null
ensure_commands "to put the clocks of test processes off" faketime=faketime
"$here/control-plane/build.sh" >/dev/null
