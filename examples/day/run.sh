#!/usr/bin/env bash
# usage: examples/day/run.sh ADJUTANT FOLDER
# Copies the sample input into FOLDER (made anew), gives it to Adjutant and runs the day.
set -euo pipefail
adjutant=$(realpath "$1")
day=$2
sample=$(dirname "$0")
morning=2026-03-16T07:30:00+01:00

rm -rf "$day"
mkdir -p "$day/data"
cp -r "$sample/mail" "$sample/documents" "$sample/calendar.ics" "$day/"
find "$day/mail" -type d \( -name cur -o -name new \) -printf '%h\n' | while read -r folder; do
  mkdir -p "$folder/cur" "$folder/new" "$folder/tmp"
done

printf 'zone = "Europe/Warsaw"\n' >"$day/data/config.toml"

options=(--data "$day/data" --now "$morning")
feed() { "$adjutant" "${options[@]}" call "$@" >/dev/null; }

printf '\n== Giving it the tasks and the profile of examples/day\n'
feed tasks add_tasks --json "@$sample/tasks.json"
feed memory update_profile --json "@$sample/profile.json"

printf '\n== One day, from 07:30 to 18:30\n\n'
"$adjutant" "${options[@]}" day --from 07:30 --to 18:30 --step 30m --autonomy demo \
  --mail "$day/mail" --calendar "$day/calendar.ics" --files "$day/documents"

printf '\nThe cards that wait for a yes or a no:\n  %s pending --data %s\n' "$1" "$day/data"
