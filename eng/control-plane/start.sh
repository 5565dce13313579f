#!/usr/bin/env bash
# usage: start.sh DIR [--plain] [--owner PID]
#
# Starts a throwaway control plane in DIR, on free loopback ports: etcd, kube-apiserver, kube-controller-manager and, unless --plain, the
# 1.36 CRD server on the same etcd, which install-crds.sh puts behind the API server's address. Prints the path of the kubeconfig (an
# administrator's). With --owner everything ends when that process does, however it ends; otherwise by stop.sh DIR.
#
# Why two servers: the API server of 1.20 that Debian's source gives drops CEL rules and selectableFields silently. The CRD server serves
# the kinds of podengine.io with the semantics of 1.36, through one and the same address. An API server of 1.30 or later (KUBEBUILDER_ASSETS,
# envtest) has all of that itself and gets no second one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../debian.sh"
. "$here/../processes.sh"

[ $# -ge 1 ] || die "usage: start.sh DIR [--plain] [--owner PID]"
mkdir -p "$1"; dir=$(cd "$1" && pwd); shift
plain= owner=
while [ $# -gt 0 ]; do
  case $1 in
    --plain) plain=yes; shift ;;
    --owner) owner=$2; shift 2 ;;
    *) die "unknown argument: $1" ;;
  esac
done
[ ! -e "$dir/run" ] || die "$dir already holds a control plane; end it with $here/stop.sh $dir"

found=$("$here/build.sh"); eval "$found"
ensure_commands "to make certificates and talk to the API server" openssl=openssl curl=curl

pki=$dir/pki
mkdir -p "$pki" "$dir/run" "$dir/logs"
chmod 700 "$dir" "$pki"
trap 'status=$?; [ $status = 0 ] || { say "the control plane did not start; the ends of its logs:"; tail -n 8 "$dir"/logs/*.log >&2 || true; "$here/stop.sh" "$dir"; }' EXIT
[ -z "$owner" ] || watch_owner "$dir" "$owner" "$here/stop.sh" "$dir"

make_ca() { # NAME
  openssl ecparam -name prime256v1 -genkey -noout -out "$pki/$1.key"
  openssl req -x509 -new -key "$pki/$1.key" -subj "/CN=$1" -days 30 -out "$pki/$1.crt" 2>/dev/null
}
make_certificate() { # NAME CA SUBJECT [SUBJECT-ALTERNATIVE-NAMES]
  local name=$1 ca=$2 subject=$3 names=${4:-}
  openssl ecparam -name prime256v1 -genkey -noout -out "$pki/$name.key"
  openssl req -new -key "$pki/$name.key" -subj "$subject" -out "$pki/$name.csr"
  { echo "extendedKeyUsage=serverAuth,clientAuth"; [ -z "$names" ] || echo "subjectAltName=$names"; } >"$pki/$name.ext"
  openssl x509 -req -in "$pki/$name.csr" -CA "$pki/$ca.crt" -CAkey "$pki/$ca.key" -set_serial "0x$(openssl rand -hex 8)" -days 30 \
    -extfile "$pki/$name.ext" -out "$pki/$name.crt" 2>/dev/null
}
write_kubeconfig() { # FILE CERTIFICATE
  cat >"$1" <<KUBECONFIG
apiVersion: v1
kind: Config
clusters:
- name: pod-engine
  cluster:
    server: https://127.0.0.1:$api_port
    certificate-authority-data: $(base64 -w0 "$pki/ca.crt")
users:
- name: $2
  user:
    client-certificate-data: $(base64 -w0 "$pki/$2.crt")
    client-key-data: $(base64 -w0 "$pki/$2.key")
contexts:
- name: pod-engine
  context: {cluster: pod-engine, user: $2}
current-context: pod-engine
KUBECONFIG
}
# wait_for SECONDS WHAT PROCESS COMMAND...: polls until the command succeeds; gives up at once when the process has ended.
wait_for() {
  local deadline=$((SECONDS + $1)) what=$2 process=$3; shift 3
  until "$@" >/dev/null 2>&1; do
    process_alive "$dir" "$process" || die "$process ended before $what"
    [ "$SECONDS" -lt "$deadline" ] || die "waited too long for $what"
    sleep 0.1
  done
}
admin_get() { curl -fsS --max-time 5 --noproxy '*' --cacert "$pki/ca.crt" --cert "$pki/admin.crt" --key "$pki/admin.key" "$1"; }

version=$("$KUBE_APISERVER" --version | sed 's/.* v//')
minor=$(echo "$version" | cut -d. -f2)
etcd_port=$(reserve_port "$dir") peer_port=$(reserve_port "$dir") api_port=$(reserve_port "$dir") crd_port=$(reserve_port "$dir")

make_ca ca
make_ca front-proxy-ca
make_certificate apiserver ca /CN=kube-apiserver \
  "IP:127.0.0.1,IP:10.0.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:crd-server.kube-system.svc"
make_certificate admin ca /O=system:masters/CN=admin
make_certificate controller-manager ca /CN=system:kube-controller-manager
make_certificate front-proxy front-proxy-ca /CN=front-proxy
openssl genrsa -out "$pki/service-account.key" 2048 2>/dev/null
write_kubeconfig "$dir/kubeconfig" admin
write_kubeconfig "$pki/controller-manager.kubeconfig" controller-manager

define_process "$dir" etcd "$ETCD" --name throwaway --data-dir "$dir/etcd" --unsafe-no-fsync --logger=zap --log-level=warn \
  --listen-client-urls "http://127.0.0.1:$etcd_port" --advertise-client-urls "http://127.0.0.1:$etcd_port" \
  --listen-peer-urls "http://127.0.0.1:$peer_port" --initial-advertise-peer-urls "http://127.0.0.1:$peer_port" \
  --initial-cluster "throwaway=http://127.0.0.1:$peer_port"
start_process "$dir" etcd

# --endpoint-reconciler-type=none: nothing routes to the loopback address this server would announce.
define_process "$dir" kube-apiserver "$KUBE_APISERVER" --etcd-servers "http://127.0.0.1:$etcd_port" --etcd-prefix /registry \
  --bind-address 127.0.0.1 --secure-port "$api_port" --endpoint-reconciler-type none --service-cluster-ip-range 10.0.0.0/16 \
  --tls-cert-file "$pki/apiserver.crt" --tls-private-key-file "$pki/apiserver.key" --client-ca-file "$pki/ca.crt" \
  --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction --allow-privileged=true --profiling=false \
  --service-account-key-file "$pki/service-account.key" --service-account-signing-key-file "$pki/service-account.key" \
  --service-account-issuer https://kubernetes.default.svc --api-audiences https://kubernetes.default.svc \
  --requestheader-client-ca-file "$pki/front-proxy-ca.crt" --requestheader-allowed-names front-proxy \
  --requestheader-username-headers X-Remote-User --requestheader-group-headers X-Remote-Group \
  --requestheader-extra-headers-prefix X-Remote-Extra- \
  --proxy-client-cert-file "$pki/front-proxy.crt" --proxy-client-key-file "$pki/front-proxy.key" \
  --audit-policy-file "$here/audit-policy.yaml" --audit-log-path "$dir/audit.log" --audit-log-maxsize 1000
start_process "$dir" kube-apiserver
wait_for 60 "the API server is ready" kube-apiserver admin_get "https://127.0.0.1:$api_port/readyz"

if [ -n "${KUBE_CONTROLLER_MANAGER:-}" ]; then
  flags=(--kubeconfig "$pki/controller-manager.kubeconfig" --leader-elect=false --use-service-account-credentials=true --profiling=false
    --service-account-private-key-file "$pki/service-account.key" --root-ca-file "$pki/ca.crt" --kube-api-qps 500 --kube-api-burst 1000)
  # Serves nothing anybody asks for: no ports. 1.20 has an insecure one besides.
  flags+=(--secure-port 0); [ "$minor" -ge 24 ] || flags+=(--port 0)
  define_process "$dir" kube-controller-manager "$KUBE_CONTROLLER_MANAGER" "${flags[@]}"
  start_process "$dir" kube-controller-manager
fi

mode=plain
[ "$minor" -lt 30 ] || mode=native
if [ -z "$plain" ] && [ "$mode" = plain ] && [ -n "${CRD_SERVER:-}" ]; then
  mode=aggregated
  # The admission plugins left out ask for APIs that 1.20 does not have.
  define_process "$dir" crd-server "$CRD_SERVER" --etcd-servers "http://127.0.0.1:$etcd_port" --etcd-prefix /crd-server \
    --bind-address 127.0.0.1 --secure-port "$crd_port" --tls-cert-file "$pki/apiserver.crt" --tls-private-key-file "$pki/apiserver.key" \
    --kubeconfig "$dir/kubeconfig" --authentication-kubeconfig "$dir/kubeconfig" --authorization-kubeconfig "$dir/kubeconfig" \
    --enable-priority-and-fairness=false --profiling=false \
    --disable-admission-plugins MutatingAdmissionPolicy,MutatingAdmissionWebhook,ValidatingAdmissionPolicy,ValidatingAdmissionWebhook
  start_process "$dir" crd-server
  wait_for 60 "the CRD server is ready" crd-server admin_get "https://127.0.0.1:$crd_port/readyz"
fi
wait_for 60 "the namespace default exists" kube-apiserver admin_get "https://127.0.0.1:$api_port/api/v1/namespaces/default"

# What install-crds.sh, apiserver.sh and the test kit need to know.
printf '%s=%q\n' MODE "$mode" VERSION "$version" API_PORT "$api_port" CRD_PORT "$crd_port" KUBECTL "$KUBECTL" >"$dir/plane.env"
say "control plane $version ($mode) is up in $dir"
echo "$dir/kubeconfig"
