#!/usr/bin/env bash
# usage: install-crds.sh DIR FOLDER: installs or updates the CRDs in FOLDER (one per .yaml file) and returns when their kinds are served
# at the main address. Beside a CRD server they are applied to that server too, and their group/version is announced as an APIService that leads there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../debian.sh"
[ $# = 2 ] || die "usage: install-crds.sh DIR FOLDER"
dir=$(cd "$1" && pwd) folder=$(cd "$2" && pwd)
. "$dir/plane.env"

exec 9>"$dir/crds.lock"; flock 9   # two test processes may come at the same time
api=https://127.0.0.1:$API_PORT crd=https://127.0.0.1:$CRD_PORT
request() { curl -sS --max-time 30 --noproxy '*' --cacert "$dir/pki/ca.crt" --cert "$dir/pki/admin.crt" --key "$dir/pki/admin.key" "$@"; }
# put URL FILE: server-side apply, which takes YAML as it is and creates or updates.
put() {
  local answer
  answer=$(request -w '\n%{http_code}' -X PATCH -H "Content-Type: application/apply-patch+yaml" --data-binary "@$2" "$1?fieldManager=pod-engine-tests&force=true")
  case ${answer##*$'\n'} in 200 | 201) ;; *) die "$2 was refused: ${answer%$'\n'*}" ;; esac
}
# announce GROUP VERSION: sends requests for a group/version on to the CRD server. Not by server-side apply: 1.20 panics at that of an APIService.
announce() {
  "$KUBECTL" --kubeconfig "$dir/kubeconfig" apply --validate=false -f - >/dev/null <<YAML
apiVersion: v1
kind: Service
metadata: {name: crd-server, namespace: kube-system}
spec: {type: ExternalName, externalName: localhost, ports: [{port: $CRD_PORT, protocol: TCP}]}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: $2.$1}
spec:
  group: $1
  version: $2
  groupPriorityMinimum: 1000
  versionPriority: 15
  service: {name: crd-server, namespace: kube-system, port: $CRD_PORT}
  caBundle: $(base64 -w0 "$dir/pki/ca.crt")
YAML
}
# until_served URL: until it answers 200.
until_served() {
  local deadline=$((SECONDS + 60))
  until [ "$(request -o /dev/null -w '%{http_code}' "$1")" = 200 ]; do
    [ "$SECONDS" -lt "$deadline" ] || die "not served after 60 s: $1"
    sleep 0.1
  done
}
# until_documented PATH: until the OpenAPI document has it, about a second later: `kubectl explain` reads that.
until_documented() {
  local deadline=$((SECONDS + 30))
  until request "$api/openapi/v2" | grep -F "\"$1\"" >/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || { say "no OpenAPI document of $1 after 30 s: kubectl explain comes later"; return; }
    sleep 0.3
  done
}
# field FILE KEY: the value of the first line "  KEY: value" at that indentation; enough for how CRDs are written.
field() { sed -n "s/^$2: *[\"']\{0,1\}\([^\"' #]*\).*/\1/p" "$1" | head -n 1; }

shopt -s nullglob
files=("$folder"/*.yaml "$folder"/*.yml)
[ ${#files[@]} -gt 0 ] || die "no .yaml files in $folder"
installed=$dir/crds.$(cat "${files[@]}" | sha256sum | cut -c1-16)
[ ! -e "$installed" ] || exit 0
served=() announced=() crds=()
for file in "${files[@]}"; do
  [ "$(field "$file" kind)" = CustomResourceDefinition ] || continue
  name=$(sed -n '/^metadata:/,/^[a-z]/s/^ \+name: *\([^ ]*\).*/\1/p' "$file" | head -n 1)
  version=$(sed -n '/^ \+versions:/,$s/^ *\(- \)\{0,1\} *name: *\(v[0-9][a-z0-9]*\) *$/\2/p' "$file" | head -n 1)
  [ -n "$name" ] && [ -n "$version" ] || die "$file: cannot read metadata.name and the version's name"
  plural=${name%%.*} group=${name#*.}
  if [ "$MODE" = aggregated ]; then
    put "$crd/apis/apiextensions.k8s.io/v1/customresourcedefinitions/$name" "$file"
    until_served "$crd/apis/$group/$version/$plural?limit=1"
    case " ${announced[*]:-} " in *" $group/$version "*) ;; *) announce "$group" "$version"; announced+=("$group/$version") ;; esac
  fi
  served+=("$api/apis/$group/$version/$plural?limit=1") crds+=(-f "$file")
done
[ ${#crds[@]} -gt 0 ] || die "no CustomResourceDefinition in $folder"
# The API server gets them in any case. Beside a CRD server it does not serve them, the APIService goes before; but they show in `kubectl
# get crds`, and `kubectl explain` works. Not by server-side apply: 1.20 would refuse the fields it does not know instead of dropping them.
"$KUBECTL" --kubeconfig "$dir/kubeconfig" apply --validate=false "${crds[@]}" >/dev/null
for url in "${served[@]}"; do until_served "$url"; done
until_documented "/apis/$group/$version/namespaces/{namespace}/$plural"
touch "$installed"
