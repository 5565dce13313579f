#!/usr/bin/env bash
# usage: install.sh: prints the path of pgbouncer; installs Debian's when there is none, without starting a service.
set -euo pipefail
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../debian.sh"

# Debian keeps it where only root looks.
PATH=$PATH:/usr/sbin
ensure_commands "PostgreSQL's pooler for the tests, no service is started" pgbouncer=pgbouncer
command -v pgbouncer
