# Sourced: processes that belong to a folder. DIR/run/NAME.command is how a process is started, DIR/run/NAME.pid who it is now,
# DIR/logs/NAME.log what it said. Whoever stops it proves by the start time that the number was not given to somebody else since.

# start_time PID: when it started (clock ticks since boot), empty when there is no such process.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  # The program's name is in parentheses and may hold spaces: count fields after the last one.
  set -- ${stat##*) }
  [ "$1" = Z ] || echo "${20}"
}

# process_alive DIR NAME
process_alive() {
  local pid started
  read -r pid started 2>/dev/null <"$1/run/$2.pid" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ]
}

# define_process DIR NAME COMMAND...: writes down how to start it.
define_process() {
  local dir=$1 name=$2; shift 2
  mkdir -p "$dir/run" "$dir/logs"
  printf '%q ' "$@" >"$dir/run/$name.command"
}

# start_process DIR NAME: starts a defined process in a session of its own; it holds none of our files open and sees no proxy settings.
start_process() {
  local dir=$1 name=$2 pid
  process_alive "$dir" "$name" && return
  # setsid execs when it is not a group leader, which a background child of a script is not: the pid stays the same.
  env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY -u all_proxy \
    setsid bash -c "exec $(cat "$dir/run/$name.command")" </dev/null >>"$dir/logs/$name.log" 2>&1 3>&- 9>&- &
  pid=$!
  disown "$pid"
  echo "$pid $(start_time "$pid")" >"$dir/run/$name.pid"
}

# stop_process DIR NAME [SIGNAL] [SECONDS]: asks, waits so long, then kills; returns once it is gone.
stop_process() {
  local dir=$1 name=$2 signal=${3:-TERM} seconds=${4:-5} pid started tries
  if process_alive "$dir" "$name"; then
    read -r pid started <"$dir/run/$name.pid"
    kill -s "$signal" "$pid" 2>/dev/null || true
    tries=$((seconds * 20))
    while process_alive "$dir" "$name" && [ "$tries" -gt 0 ]; do sleep 0.05; tries=$((tries - 1)); done
    ! process_alive "$dir" "$name" || kill -s KILL "$pid" 2>/dev/null || true
    while process_alive "$dir" "$name"; do sleep 0.05; done
  fi
  rm -f "$dir/run/$name.pid"
}

# watch_owner DIR OWNER COMMAND...: runs the command once the owner is gone, however it went. Ends by itself when DIR is removed.
watch_owner() {
  local dir=$1 owner=$2 started; shift 2
  started=$(start_time "$owner")
  [ -n "$started" ] || { echo "pod-engine: the owner, process $owner, is not running" >&2; return 1; }
  define_process "$dir" watchdog bash -c '
    . "$1"; dir=$2 owner=$3 started=$4; shift 4
    while [ -d "$dir/run" ] && [ "$(start_time "$owner")" = "$started" ]; do sleep 1; done
    [ ! -d "$dir/run" ] || { rm -f "$dir/run/watchdog.pid"; exec "$@"; }
  ' watchdog "${BASH_SOURCE[0]}" "$dir" "$owner" "$started" "$@"
  start_process "$dir" watchdog
}

# reserve_port DIR: a loopback port nobody listens on, kept for DIR until it is removed. Below the ephemeral range, so that no outgoing
# connection takes it while its server is down for a restart.
reserve_port() {
  local dir=$1 book=${TMPDIR:-/tmp}/pod-engine-ports.$(id -u) port holder
  mkdir -p "$book"
  while :; do
    port=$((16000 + (RANDOM * 32768 + RANDOM) % 15000))
    if ! ln -s "$dir" "$book/$port" 2>/dev/null; then
      holder=$(readlink "$book/$port" || true)
      # A holder that no longer exists has left its reservation behind.
      [ -z "$holder" ] || [ -d "$holder" ] || rm -f "$book/$port"
      continue
    fi
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then rm -f "$book/$port"; continue; fi
    echo "$port"; return
  done
}

# release_ports DIR
release_ports() {
  local book=${TMPDIR:-/tmp}/pod-engine-ports.$(id -u) entry
  for entry in "$book"/*; do
    [ "$(readlink "$entry" || true)" != "$1" ] || rm -f "$entry"
  done
}
