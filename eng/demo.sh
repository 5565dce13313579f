#!/usr/bin/env bash
# The main job end to end in one process: the sample PodJobs, with every outside service simulated. Needs the .NET SDK alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
configuration=${CONFIGURATION:-Release}
echo "building src/Cli ($configuration)"
dotnet build src/Cli -c "$configuration" -v quiet -nologo
rm -rf out
"src/Cli/bin/$configuration/net10.0/podengine" run -f config/samples --simulate --out out | sed 's/^run: /demo: /'
