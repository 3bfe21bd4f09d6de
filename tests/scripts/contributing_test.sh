#!/usr/bin/env bash
# usage: contributing_test.sh FOLDER
# Follows the numbered steps of CONTRIBUTING's "Add a tool" to the letter in a copy of the tree, FOLDER/tree,
# builds what they make and calls the tool, through the server and through the host.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
tree=$1/tree
rm -rf "$tree"
mkdir -p "$tree"
tar -C "$root" --exclude=./build --exclude=./.git --exclude=node_modules -cf - . | tar -C "$tree" -xf -

# Each "Create `FILE`:" and each "In `FILE`, below `LINE`:" of the section is followed by a fenced block. Writes
# the blocks to where they say, without the indent of the list they stand in.
# shellcheck disable=SC2016  # the backquotes are Markdown's
follow_steps='
  /^## / { in_section = ($0 == "## Add a tool") }
  !in_section { next }
  !in_block && match($0, /Create `[^`]*`:$/) {
    file = substr($0, RSTART + 8, RLENGTH - 10)
    below = ""
  }
  !in_block && match($0, /In `[^`]*`, below `[^`]*`:$/) {
    split(substr($0, RSTART), parts, "`")
    file = parts[2]
    below = parts[4]
  }
  /^ *```/ {
    in_block = !in_block
    indent = match($0, /`/) - 1
    if (in_block) block = ""
    else if (file != "") { write(); file = "" }
    next
  }
  in_block { block = block substr($0, indent + 1) "\n" }
  function write(    line, all, found) {
    if (below == "") {
      printf "%s", block > (tree "/" file)
    } else {
      while ((getline line < (tree "/" file)) > 0) {
        all = all line "\n"
        if (line == below) { all = all block; found = 1 }
      }
      close(tree "/" file)
      if (!found) { print file ": no line " below; exit 1 }
      printf "%s", all > (tree "/" file)
    }
    close(tree "/" file)
    print "step: " file
  }'
awk -v tree="$tree" "$follow_steps" "$root/CONTRIBUTING.md"

export CCACHE_BASEDIR=$tree
cd "$tree"
cmake --preset release -DADJUTANT_TESTS=OFF >/dev/null
cmake --build build/release -j "$(nproc)" --target adjutant-tasks adjutant
bin=$tree/build/release/bin
options=(--data "$tree/data" --zone Europe/Warsaw --now 2026-03-16T09:00:00+01:00)

handshake='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}'
call='{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"days_until","arguments":{"date":"2026-03-27"}}}'
printf '%s\n%s\n' "$handshake" "$call" | "$bin/adjutant-tasks" "${options[@]}" | tee answers
grep -q '"date":"2026-03-27","weekday":"Fri","days":11' answers
"$bin/adjutant" "${options[@]}" call tasks days_until date=2026-03-27 | tee answer
grep -q 11 answer
