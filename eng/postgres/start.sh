#!/usr/bin/env bash
# usage: start.sh DIR [--durable | --config FILE] [--owner PID]
#
# Starts a throwaway PostgreSQL in DIR on a free loopback port, anybody local trusted, and prints its postgresql:// URI. Without --durable
# it does not fsync: fast, and lost when the machine goes down. With --config its settings are those of the file and nothing else. With
# --owner it ends when that process does; otherwise by stop.sh DIR.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../debian.sh"
. "$here/../processes.sh"

[ $# -ge 1 ] || die "usage: start.sh DIR [--durable | --config FILE] [--owner PID]"
mkdir -p "$1"; dir=$(cd "$1" && pwd); shift
sizes=(-c max_connections=300 -c shared_buffers=128MB -c jit=off -c timezone=UTC)
settings=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off) owner= config=
while [ $# -gt 0 ]; do
  case $1 in
    --durable) settings=(); shift ;;
    --config) config=$2 sizes=() settings=(); shift 2 ;;
    --owner) owner=$2; shift 2 ;;
    *) die "unknown argument: $1" ;;
  esac
done
[ ! -e "$dir/run" ] || die "$dir already holds a PostgreSQL; end it with $here/stop.sh $dir"

bin=$("$here/install.sh")

mkdir -p "$dir/run" "$dir/logs"
trap 'status=$?; [ $status = 0 ] || { say "PostgreSQL did not start:"; tail -n 20 "$dir"/logs/*.log >&2 || true; "$here/stop.sh" "$dir"; }' EXIT
[ -z "$owner" ] || watch_owner "$dir" "$owner" "$here/stop.sh" "$dir"

# PostgreSQL refuses to run as root: then it runs as postgres (or nobody), who must be able to reach its folder.
as_user=() data=$dir/data
if [ "$(id -u)" = 0 ]; then
  user=postgres; id -u "$user" >/dev/null 2>&1 || user=nobody
  as_user=(setpriv --reuid "$(id -u "$user")" --regid "$(id -g "$user")" --clear-groups)
  chmod 711 "$dir"
  if ! "${as_user[@]}" test -x "$dir"; then
    data=$(mktemp -d "${TMPDIR:-/tmp}/pod-engine-postgres.XXXXXX")
    ln -s "$data" "$dir/data"
  fi
  mkdir -p "$data"; chown "$user" "$data"
fi
mkdir -p "$data"
(cd / && "${as_user[@]}" "$bin/initdb" -D "$data" -U postgres --auth trust --encoding UTF8 --no-locale --no-sync --no-instructions) >"$dir/logs/initdb.log" 2>&1
[ -z "$config" ] || cat "$config" >>"$data/postgresql.conf"

port=$(reserve_port "$dir")
# No Unix socket: its path may be too long for the system, and nobody here needs one.
define_process "$dir" postgres "${as_user[@]}" "$bin/postgres" -D "$data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
  -c log_line_prefix='%m [%p] ' "${sizes[@]}" "${settings[@]}"
printf '%s=%q\n' PORT "$port" BIN "$bin" >"$dir/postgres.env"
"$here/server.sh" "$dir" start
echo "postgresql://postgres@127.0.0.1:$port/postgres"
