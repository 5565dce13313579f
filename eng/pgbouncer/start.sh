#!/usr/bin/env bash
# usage: start.sh DIR --server PORT [--owner PID]
#
# Starts pgbouncer in DIR, in transaction mode, on a free loopback port in front of the PostgreSQL at 127.0.0.1:PORT, and prints its postgresql:// URI.
# Every database of the server can be named. With --owner it ends when that process does; otherwise by stop.sh DIR.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../debian.sh"
. "$here/../processes.sh"

[ $# -ge 1 ] || die "usage: start.sh DIR --server PORT [--owner PID]"
mkdir -p "$1"; dir=$(cd "$1" && pwd); shift
server='' owner=''
while [ $# -gt 0 ]; do
  case $1 in
    --server) server=$2; shift 2 ;;
    --owner) owner=$2; shift 2 ;;
    *) die "unknown argument: $1" ;;
  esac
done
[ -n "$server" ] || die "usage: start.sh DIR --server PORT [--owner PID]"
[ ! -e "$dir/run" ] || die "$dir already holds a server; end it with $here/stop.sh $dir"

pgbouncer=$("$here/install.sh")

mkdir -p "$dir/run" "$dir/logs"
trap 'status=$?; [ $status = 0 ] || { say "pgbouncer did not start:"; tail -n 20 "$dir"/logs/*.log >&2 || true; "$here/stop.sh" "$dir"; }' EXIT
[ -z "$owner" ] || watch_owner "$dir" "$owner" "$here/stop.sh" "$dir"

port=$(reserve_port "$dir")
settings=$dir/pgbouncer.ini
as_user=()
if [ "$(id -u)" = 0 ]; then
  # It refuses to run as root, like PostgreSQL.
  as_user=(setpriv --reuid "$(id -u nobody)" --regid "$(id -g nobody)" --clear-groups)
  settings=$(mktemp "${TMPDIR:-/tmp}/pod-engine-pgbouncer.XXXXXX")
  chmod 644 "$settings"
  ln -s "$settings" "$dir/pgbouncer.ini"
fi
cat >"$settings" <<END
[databases]
* = host=127.0.0.1 port=$server user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir =
auth_type = any
pool_mode = transaction
max_client_conn = 500
default_pool_size = 20
; Look for a server that was away soon, not after the usual 15 s.
server_login_retry = 0.2
END
define_process "$dir" pgbouncer "${as_user[@]}" "$pgbouncer" "$settings"
start_process "$dir" pgbouncer
deadline=$((SECONDS + 30))
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  process_alive "$dir" pgbouncer && [ "$SECONDS" -lt "$deadline" ] || die "pgbouncer does not listen"
  sleep 0.05
done
echo "postgresql://postgres@127.0.0.1:$port/postgres"
