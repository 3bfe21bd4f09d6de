#!/usr/bin/env bash
# Builds Adjutant and runs every test that continuous integration runs. The last line is the count.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
cd "$root"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

usage() {
  cat <<'END'
usage: ./test.sh [-y] [--quick]
  -y       install missing packages without asking
  --quick  the release preset alone: no style check, sanitizers or fuzzing
END
}

assume_yes=no
quick=no
for argument in "$@"; do
  case $argument in
    -y) assume_yes=yes ;;
    --quick) quick=yes ;;
    -h | --help) usage && exit ;;
    *) usage >&2 && exit 2 ;;
  esac
done

passed=0
failed=0
problems=()
fuzz_seconds=40

# count NAME PASSED FAILED: adds to the sum; a suite in which nothing ran has failed.
count() {
  local good=$2 bad=$3
  [ $((good + bad)) -gt 0 ] || bad=1
  passed=$((passed + good))
  failed=$((failed + bad))
  [ "$bad" -eq 0 ] || problems+=("$1: $bad failed")
  printf '%s: %d passed, %d failed\n' "$1" "$good" "$bad"
}

# check NAME COMMAND...: one test, passed when the command succeeds.
check() {
  local name=$1
  shift
  say "$name"
  if "$@"; then count "$name" 1 0; else count "$name" 0 1; fi
}

# Sums the JUnit reports of one preset: ctest's names the suites, each suite's own counts its tests.
count_reports() {
  local preset=$1 reports=$root/build/$1/junit kind first second
  while IFS=$'\t' read -r kind first second; do
    case $kind in
      suite) count "$preset $first" "${second% *}" "${second#* }" ;;
      skipped) not_run+=("$preset $first: $second") ;;
    esac
  done < <(awk -v reports="$reports" -f scripts/junit.awk "$reports/ctest.xml")
}

node_packages() {
  [ tests/node_modules/.package-lock.json -nt tests/package-lock.json ] && return 0
  say 'Installing the Node packages of tests/package-lock.json into tests/node_modules'
  npm ci --prefix tests --cache build/npm --no-audit --no-fund --no-update-notifier --loglevel=error
}

run_preset() {
  local preset=$1 reports=$root/build/$1/junit
  if ! { configure "$preset" ON && build "$preset" tests; }; then
    count "$preset build" 0 1
    return
  fi
  rm -rf "$reports" && mkdir -p "$reports"
  say "Testing $preset"
  GTEST_OUTPUT="xml:$reports/" ctest --test-dir "build/$preset" -j "$(nproc)" --timeout 900 \
    --output-on-failure --output-junit "$reports/ctest.xml" || true
  count_reports "$preset"
}

format_check() {
  find host protocol schemas servers tests -name node_modules -prune -o \
    \( -name '*.cpp' -o -name '*.hpp' \) -print0 | xargs -0 clang-format-14 --dry-run -Werror
}

shell_check() {
  shellcheck -x -a test.sh && shellcheck -x run.sh .ci/run examples/day/run.sh examples/harness/run.sh tests/scripts/*.sh
}

# A run that hardly tried anything proves nothing.
fuzz() {
  local log=build/fuzz/run.log
  configure fuzz ON && build fuzz fuzz_line || return 1
  mkdir -p build/fuzz/corpus
  if ! build/fuzz/bin/fuzz_line -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=4096 \
    -print_final_stats=1 build/fuzz/corpus tests/fuzz/seeds >"$log" 2>&1; then
    tail -n 60 "$log"
    return 1
  fi
  grep '^Done' "$log"
  [ "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" -ge 1000 ]
}

packages=("${build_packages[@]}" "${test_packages[@]}")
command -v node >/dev/null && command -v npm >/dev/null || packages+=(nodejs npm)
install_packages "${packages[@]}"
node_packages

not_run=()
[ -d ../shared/data ] || not_run+=('what is scored on ../shared/data: the folder is not there')

run_preset release
check 'Benchmarks (built, not run)' build release benchmarks
if [ "$quick" = no ]; then
  check 'C++ layout (clang-format)' format_check
  check 'Shell scripts (shellcheck)' shell_check
  run_preset asan
  run_preset tsan
  check "Fuzzing for ${fuzz_seconds} s" fuzz
fi

say 'Result'
for problem in "${problems[@]}"; do printf 'failed: %s\n' "$problem"; done
for name in "${not_run[@]}"; do printf 'not run: %s\n' "$name"; done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
