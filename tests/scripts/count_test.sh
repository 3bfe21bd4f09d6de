#!/usr/bin/env bash
# How scripts/junit.awk counts: one suite of each kind, and what must be said of it.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT

suite() { printf '\t<testcase name="%s" classname="%s" status="%s">\n\t</testcase>\n' "$1" "$1" "$2" >>"$reports/ctest.xml"; }
report() { cat >"$reports/$1.xml"; }

suite good run
report good <<'END'
<testsuites tests="2">
    <testcase name="A" status="run" result="completed" classname="Good" />
    <testcase name="B" status="run" result="completed" classname="Good" />
</testsuites>
END
suite bad fail
report bad <<'END'
<testsuites tests="3">
    <testcase name="A" status="run" result="completed" classname="Bad" />
    <testcase name="B" status="run" result="completed" classname="Bad">
      <failure message="1" type=""></failure>
      <failure message="2" type=""></failure>
    </testcase>
    <testcase name="C" status="run" result="skipped" classname="Bad">
      <skipped message="not run: no data"/>
    </testcase>
</testsuites>
END
suite empty run
report empty <<'END'
<testsuites tests="0">
</testsuites>
END
suite leak fail
report leak <<'END'
<testsuites tests="1">
    <testcase name="A" status="run" result="completed" classname="Leak" />
</testsuites>
END
suite crash fail
suite script run
suite missing notrun

expected=$(printf '%b' 'suite\tgood\t2 0\nskipped\tbad\tBad.C\nsuite\tbad\t1 1\nsuite\tempty\t0 0\nsuite\tleak\t1 1\nsuite\tcrash\t0 1\nsuite\tscript\t1 0\nsuite\tmissing\t0 1')
diff <(printf '%s\n' "$expected") <(awk -v reports="$reports" -f "$root/scripts/junit.awk" "$reports/ctest.xml")
echo 'ok: good, bad, skipped, empty, leaking, crashed and missing suites are counted as they should be'
