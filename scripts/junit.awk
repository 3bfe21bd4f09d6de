# Reads ctest's JUnit report and, beside it, the report NAME.xml that each suite wrote itself. Prints
#   suite<TAB>NAME<TAB>PASSED FAILED
#   skipped<TAB>NAME<TAB>TEST
# A suite without a report of its own counts as one test. One that wrote a report and failed all the same
# (a leak found at the end, a crash) has one failure more; one whose report is empty has none that passed.

function attribute(line, name,    parts) {
  if (!match(line, "[ ]" name "=\"[^\"]*\"")) return ""
  split(substr(line, RSTART, RLENGTH), parts, "\"")
  return parts[2]
}

function close_case() {
  if (in_case && skipped) printf "skipped\t%s\t%s\n", suite, name
  else if (in_case && broken) bad++
  else if (in_case) good++
  in_case = 0
}

function read_report(file,    line, found) {
  good = bad = in_case = 0
  while ((getline line < file) > 0) {
    found = 1
    if (line ~ /^[ \t]*<testcase /) {
      close_case()
      in_case = 1
      broken = 0
      skipped = (line ~ /(result="skipped"|status="notrun")/)
      name = attribute(line, "classname") "." attribute(line, "name")
    }
    if (line ~ /^[ \t]*<(failure|error)[ >]/) broken = 1
    if (line ~ /^[ \t]*<skipped/) skipped = 1
  }
  close_case()
  close(file)
  return found
}

/^[ \t]*<testcase / {
  suite = attribute($0, "name")
  ran_well = (attribute($0, "status") == "run")
  if (!read_report(reports "/" suite ".xml")) {
    good = ran_well
    bad = !ran_well
  } else if (!ran_well && bad == 0) {
    bad = 1
  }
  printf "suite\t%s\t%d %d\n", suite, good, bad
}
