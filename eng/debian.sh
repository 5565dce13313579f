# Sourced by the scripts beside it: messages, Debian packages on the system, and Debian packages in a folder of our own.

say() { echo "pod-engine: $*" >&2; }
die() { say "$*"; exit 1; }

# Everything that is built or downloaded once for all checkouts of this user lives here.
pod_engine_cache() { echo "${XDG_CACHE_HOME:-$HOME/.cache}/pod-engine"; }

# as_root COMMAND...: directly when we are root, by sudo otherwise.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "this needs root and there is no sudo; run as root: $*"
  fi
}

# install_packages WHY PACKAGE...: apt-get install on the system, without letting a package start a daemon.
install_packages() {
  local why=$1; shift
  command -v apt-get >/dev/null || die "no apt-get on this machine; install yourself ($why): $*"
  say "installing Debian packages ($why): $*"
  local log; log=$(mktemp)
  # A daemon started by a package's own script would outlive us; RUNLEVEL=1 makes invoke-rc.d leave it alone.
  if ! { as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q -o DPkg::Lock::Timeout=300 &&
         as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
    tail -n 30 "$log" >&2; rm -f "$log"; die "apt-get could not install: $*"
  fi
  rm -f "$log"
}

# ensure_commands WHY COMMAND=PACKAGE...: installs the packages of those commands that are missing.
ensure_commands() {
  local why=$1 pair missing=(); shift
  for pair in "$@"; do command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}"); done
  [ ${#missing[@]} = 0 ] || install_packages "$why" "${missing[@]}"
}

# debian_source: "URI KEYRING" of the Debian archive this system already uses, whichever format its sources are written in.
debian_source() {
  local uri keyring suite
  while IFS='|' read -r uri keyring suite; do
    case $suite in
      bookworm|trixie|forky|duke|sid|stable|oldstable|testing|unstable)
        # An embedded key (not a path) cannot be passed on; Debian's own keyring holds the same one.
        case $keyring in /*) ;; *) keyring=/usr/share/keyrings/debian-archive-keyring.gpg ;; esac
        [ "${uri#*security}" = "$uri" ] || continue
        echo "$uri $keyring"; return 0 ;;
    esac
  done < <(apt-get indextargets --format '$(REPO_URI)|$(SIGNED_BY)|$(RELEASE)' 'Created-By: Packages' 2>/dev/null)
  die "no Debian archive among this system's apt sources: set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd instead"
}

# apt_in STATE APT-GET-ARGUMENTS...: apt-get on a state of its own; the system's lists and packages stay as they are.
apt_in() {
  local state=$1 options; shift
  options=(-o "Dir::State=$state" -o "Dir::State::lists=$state/lists" -o "Dir::State::status=$state/status" -o "Dir::Cache=$state/cache"
    -o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o APT::Get::AllowUnauthenticated=false -o Acquire::Retries=3 -o Acquire::Languages=none -o APT::Install-Recommends=false)
  [ "$(id -u)" != 0 ] || options+=(-o APT::Sandbox::User=root)
  apt-get -q -y "${options[@]}" "$@"
}

# apt_state STATE SUITE: prepares such a state for a suite (binary and source packages) and fetches its lists.
apt_state() {
  local state=$1 suite=$2 uri keyring
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
  : >"$state/status"
  read -r uri keyring < <(debian_source)
  [ -n "$uri" ] || return 1
  printf '%s [signed-by=%s] %s %s main\n' deb "$keyring" "$uri" "$suite" deb-src "$keyring" "$uri" "$suite" >"$state/sources.list"
  apt_in "$state" update
}

# unpack_packages STATE FOLDER PATTERN PACKAGE...: downloads packages with all they depend on and unpacks those archives whose
# name matches, installing nothing.
unpack_packages() {
  local state=$1 folder=$2 pattern=$3 archive; shift 3
  apt_in "$state" install --download-only "$@"
  mkdir -p "$folder"
  for archive in "$state"/cache/archives/$pattern; do dpkg-deb -x "$archive" "$folder"; done
}
