#!/usr/bin/env bash
# usage: examples/harness/run.sh ADJUTANT [COMMAND ARGS...]
# Tests a file server; COMMAND starts another one than the published package, and gets ${folder} as its last argument.
set -uo pipefail
adjutant=$1
shift
[ $# -gt 0 ] || set -- npx -y @modelcontextprotocol/server-filesystem@2026.8.31
here=$(cd "$(dirname "$0")" && pwd)
reports=${REPORTS:-reports}
mkdir -p "$reports" || exit 2
status=0

"$adjutant" test --junit "$reports/steps.xml" "$here/filesystem.test.toml" -- "$@" "\${folder}" || status=$?

# The checks that need no file; they call only tools that say they read.
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cp -r "$here/documents/." "$folder"
"$adjutant" test --seed 1 --junit "$reports/generated.xml" -- "$@" "$folder"
generated=$?
[ "$generated" -le "$status" ] || status=$generated
exit "$status"
