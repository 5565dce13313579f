#!/usr/bin/env bash
# Finds or builds the programs of the test control plane and prints where they are, as NAME=path lines:
#   KUBE_APISERVER ETCD KUBECTL, and where there: KUBE_CONTROLLER_MANAGER KUBE_SCHEDULER KUBELET CRD_SERVER
#
# In this order: the folder KUBEBUILDER_ASSETS names; what an earlier run left in the cache; the public envtest archive, when the
# network allows; Debian's source package, which still holds a whole Kubernetes 1.20. Beside that old server a CRD server of 1.36 is
# built from Debian sid, for CEL rules and selectable fields (docs in start.sh). Both builds take about 12 minutes on two cores, once.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../debian.sh"

cache=$(pod_engine_cache)/control-plane
kubernetes=$cache/kubernetes-1.20-2  # from Debian bookworm's source package; the last number changes with the recipe below
crd_server=$cache/crd-server-1.36    # from Debian sid's golang-k8s-apiextensions-apiserver-dev
crd_server_tried=0.36.4-1            # its version that is known to work; sid moves on
etcd=$cache/etcd-3.4
envtest=$cache/envtest-1.35.0
envtest_archive=https://github.com/kubernetes-sigs/controller-tools/releases/download/envtest-v1.35.0/envtest-v1.35.0-linux-amd64.tar.gz
client=$cache/kubectl-1.20

complete() { [ -e "$1/.complete" ]; }
finish() { rm -rf "$1/work"; touch "$1/.complete"; }

# bookworm_state FOLDER: an apt state for bookworm, whatever Debian this machine runs.
bookworm_state() { [ -s "$1/sources.list" ] && [ -e "$1/ready" ] || { apt_state "$1" bookworm && touch "$1/ready"; }; }

build_kubernetes() {
  local work=$kubernetes/work go source gopath
  complete "$kubernetes" && return
  mkdir -p "$work"
  bookworm_state "$work/apt"
  go=$work/go/usr/lib/go-1.19
  [ -x "$go/bin/go" ] || unpack_packages "$work/apt" "$work/go" 'golang-1.19-*.deb' golang-1.19-go
  if [ ! -e "$work/source/.unpacked" ]; then
    rm -rf "$work/source"; mkdir -p "$work/download"
    (cd "$work/download" && apt_in "$work/apt" source --download-only kubernetes && dpkg-source --no-check -x ./kubernetes_*.dsc "$work/source")
    # The vendored reflect2 1.0.1 calls Go's map iterator as it was before Go 1.18: built with a later Go it overwrites memory, and the
    # server panics in the middle of server-side applies. Debian's package of 1.0.2 mends that.
    unpack_packages "$work/apt" "$work/reflect2" 'golang-github-modern-go-reflect2-dev_*.deb' golang-github-modern-go-reflect2-dev
    rm "$work"/source/vendor/github.com/modern-go/reflect2/*.go
    cp "$work"/reflect2/usr/share/gocode/src/github.com/modern-go/reflect2/*.go "$work/source/vendor/github.com/modern-go/reflect2/"
    touch "$work/source/.unpacked"
  fi
  # Debian's rules build it the old way, inside a GOPATH; the makefiles of 1.20 know no other without the network.
  gopath=$work/gopath
  mkdir -p "$gopath/src/k8s.io"; ln -sfn "$work/source" "$gopath/src/k8s.io/kubernetes"
  (
    cd "$gopath/src/k8s.io/kubernetes"
    unset GOFLAGS GO111MODULE GOROOT
    export PATH="$go/bin:$PATH" GOPATH="$gopath" GOCACHE="$work/gocache" CGO_ENABLED=0 GOTOOLCHAIN=local GOPROXY=off
    export KUBE_GIT_VERSION=v1.20.2 KUBE_GIT_COMMIT=debian KUBE_GIT_TREE_STATE=clean KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20
    make WHAT="cmd/kube-apiserver cmd/kube-controller-manager cmd/kube-scheduler cmd/kubelet"
  )
  for program in kube-apiserver kube-controller-manager kube-scheduler kubelet; do
    install -m 755 "$work/source/_output/local/go/bin/$program" "$kubernetes/$program"
  done
  finish "$kubernetes"
}

build_crd_server() {
  local work=$crd_server/work state=$crd_server/work/apt root=$crd_server/work/root version
  complete "$crd_server" && return
  mkdir -p "$work"
  [ -e "$state/ready" ] || { apt_state "$state" sid && touch "$state/ready"; }
  if [ ! -e "$root/.unpacked" ]; then
    rm -rf "$root"
    unpack_packages "$state" "$root" '*golang-*.deb' golang-k8s-apiextensions-apiserver-dev
    touch "$root/.unpacked"
  fi
  version=$(basename "$(ls "$state"/cache/archives/golang-k8s-apiextensions-apiserver-dev_*.deb)" | cut -d_ -f2)
  [ "$version" = "$crd_server_tried" ] || say "sid now has golang-k8s-apiextensions-apiserver-dev $version; $crd_server_tried is what was tried"
  (
    cd "$work"
    unset GOFLAGS GOROOT
    export PATH="$(ls -d "$root"/usr/lib/go-1.*/bin | sort -V | tail -n 1):$PATH" GOPATH="$root/usr/share/gocode" GOCACHE="$work/gocache"
    export GO111MODULE=off CGO_ENABLED=0 GOTOOLCHAIN=local
    go build -o "$crd_server/apiextensions-apiserver.new" \
      -ldflags "-X k8s.io/component-base/version.gitVersion=v1.${version#0.} -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36" \
      k8s.io/apiextensions-apiserver
  )
  mv "$crd_server/apiextensions-apiserver.new" "$crd_server/apiextensions-apiserver"
  finish "$crd_server"
}

# fetch_package FOLDER PACKAGE PROGRAM: one program out of a Debian package, put into the cache and not installed: no daemon can start.
fetch_package() {
  local folder=$1 package=$2 program=$3
  complete "$folder" && return
  mkdir -p "$folder/work"
  bookworm_state "$folder/work/apt"
  (cd "$folder/work" && apt_in "$folder/work/apt" download "$package" && dpkg-deb -x ./"$package"_*.deb root)
  install -m 755 "$folder/work/root/usr/bin/$program" "$folder/$program"
  finish "$folder"
}

fetch_envtest() {
  complete "$envtest" && return
  [ "$(uname -m)" = x86_64 ] || return 1
  mkdir -p "$envtest/work"
  curl -fsSL --connect-timeout 4 --max-time 180 -o "$envtest/work/archive.tar.gz" "$envtest_archive" 2>/dev/null || { rm -rf "$envtest"; return 1; }
  tar -xzf "$envtest/work/archive.tar.gz" -C "$envtest" --strip-components=2 || { rm -rf "$envtest"; return 1; }
  finish "$envtest"
}

# run_logged FOLDER WHAT FUNCTION...: quiet when it works, the end of the log when it does not.
run_logged() {
  local folder=$1 what=$2 started=$SECONDS; shift 2
  complete "$folder" && return
  mkdir -p "$folder"
  say "$what (log: $folder/build.log)"
  # Not `if ( ... )`: inside a condition bash ignores `set -e`, and a failed step would be followed by the next.
  set +e; (set -e; "$@") >"$folder/build.log" 2>&1 </dev/null; local status=$?; set -e
  [ "$status" = 0 ] || { tail -n 30 "$folder/build.log" >&2; say "FAILED: $what"; return "$status"; }
  say "done in $((SECONDS - started)) s: $what"
}

# Everything an earlier run could get, it got.
cached() { complete "$envtest" || { complete "$kubernetes" && complete "$etcd" && { complete "$crd_server" || [ -e "$crd_server/.unavailable" ]; }; }; }

find_or_build() {
  local kubernetes_build status=0
  say "trying the public envtest archive"
  ! fetch_envtest || return 0
  say "the envtest archive cannot be reached: using Debian's packages"
  ensure_commands "to build a Kubernetes control plane" dpkg-source=dpkg-dev rsync=rsync jq=jq make=make xz=xz-utils patch=patch
  run_logged "$etcd" "fetching etcd" fetch_package "$etcd" etcd-server etcd
  # Side by side: the long single-threaded parts (generators, linking) of one leave a core to the other.
  run_logged "$kubernetes" "building Kubernetes 1.20 from Debian's source package, about 9 minutes once" build_kubernetes &
  kubernetes_build=$!
  if ! run_logged "$crd_server" "building the 1.36 CRD server from Debian sid, about 4 minutes once" build_crd_server; then
    say "=================================================================================================="
    say "The 1.36 CRD server could not be built: CEL rules and selectableFields are NOT tested on this machine."
    say "Remove $crd_server to try again."
    say "=================================================================================================="
    touch "$crd_server/.unavailable"
  fi
  wait "$kubernetes_build" || status=$?
  return "$status"
}

print_found() { # NAME FOLDER/PROGRAM...: the first that exists
  local name=$1 candidate; shift
  for candidate in "$@"; do [ ! -x "$candidate" ] || { printf '%s=%q\n' "$name" "$candidate"; return 0; }; done
  return 1
}

if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
  say "using the control plane in KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS"
  folder=$KUBEBUILDER_ASSETS
  [ -x "$folder/kube-apiserver" ] && [ -x "$folder/etcd" ] || die "KUBEBUILDER_ASSETS=$folder must hold the programs kube-apiserver and etcd"
else
  if ! cached; then
    [ -z "${PODENGINE_NO_BUILD:-}" ] || die "the control plane is not built yet: run \`make setup\` (about 12 minutes, once)"
    mkdir -p "$cache"
    exec 9>"$cache/.lock"
    flock -n 9 || { say "another run is building the control plane: waiting for it"; flock 9; }
    cached || find_or_build
    exec 9>&-
  fi
  folder=$kubernetes
  ! complete "$envtest" || folder=$envtest
fi

kubectl=$(command -v kubectl || true)
if [ -z "$kubectl" ] && [ ! -x "$folder/kubectl" ]; then
  run_logged "$client" "fetching kubectl (Debian's kubernetes-client), as there is none on the PATH" fetch_package "$client" kubernetes-client kubectl
fi

print_found KUBE_APISERVER "$folder/kube-apiserver"
print_found ETCD "$folder/etcd" "$etcd/etcd"
print_found KUBECTL "$kubectl" "$folder/kubectl" "$client/kubectl"
print_found KUBE_CONTROLLER_MANAGER "$folder/kube-controller-manager" || say "no kube-controller-manager in $folder: Deployments make no pods, nothing is garbage-collected"
print_found KUBE_SCHEDULER "$folder/kube-scheduler" || true
print_found KUBELET "$folder/kubelet" || true
[ "$folder" != "$kubernetes" ] || print_found CRD_SERVER "$crd_server/apiextensions-apiserver" || say "no 1.36 CRD server: CEL rules are not enforced"
