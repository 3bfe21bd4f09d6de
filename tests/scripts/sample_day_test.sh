#!/usr/bin/env bash
# usage: sample_day_test.sh ADJUTANT FOLDER
# What ./run.sh promises about the sample day, with the real programs.
set -euo pipefail
adjutant=$1
work=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
rm -rf "$work"
mkdir -p "$work"

expect() {
  local what=$1
  shift
  "$@" || { printf 'FAILED: %s\n' "$what" && exit 1; }
  printf 'ok: %s\n' "$what"
}
not() { ! "$@"; }
run_day() { "$root/examples/day/run.sh" "$adjutant" "$work/day" >"$1"; }
on_day() { "$adjutant" --data "$work/day/data" --now 2026-03-16T18:30:00+01:00 "$@"; }
outbox_holds() { [ "$(find "$work/day/data/email/outbox" -type f | wc -l)" -eq "$1" ]; }

run_day "$work/first"
cat "$work/first"
expect 'it says that this is the demonstration' grep -q 'demo' "$work/first"
expect 'a focus block was placed' grep -q 'done.*09:30-11:00' "$work/first"
expect 'an invitation was answered by rule' grep -qi 'accept.*accessibility audit\|accessibility audit.*accept' "$work/first"
expect 'nothing was out of sight' not grep -q 'Could not be seen' "$work/first"
expect 'the last line shows the cards' grep -qx "  $adjutant pending --data $work/day/data" "$work/first"

run_day "$work/second"
expect 'a second run starts anew and prints the same' diff "$work/first" "$work/second"

on_day pending --json >"$work/cards"
expect 'a reply waits as a card' grep -q '"send_drafts"' "$work/cards"
expect 'nothing is in the outbox before a yes' outbox_holds 0
on_day approve 1
expect 'approving a card puts its draft into the outbox' outbox_holds 1
on_day undo
expect 'undo takes it back' outbox_holds 0

log=$work/day/data/host/audit.jsonl
cp "$log" "$work/audit"
tampered() {  # SED-SCRIPT: the log after it no longer holds, and the answer names a record
  sed "$1" "$work/audit" >"$log"
  ! on_day audit verify >"$work/verdict" 2>&1 && grep -qi 'record' "$work/verdict"
}
expect 'the audit log holds as it was written' on_day audit verify
expect 'one byte changed is noticed' tampered '7s/"tool":"./"tool":"X/'
expect 'one record removed is noticed' tampered '5d'
expect 'the last record removed is noticed' tampered '$ d'
expect 'two records swapped are noticed' tampered '5{h;d};6G'
cp "$work/audit" "$log"
expect 'and as it was, it holds again' on_day audit verify
