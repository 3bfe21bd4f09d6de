#!/usr/bin/env bash
# Builds Adjutant and lets it run a whole day on the sample input of examples/day: no account, no key,
# no model. What it makes lies in build/day, new at each run.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
cd "$root"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

assume_yes=no
case ${1-} in
  '') ;;
  -y) assume_yes=yes ;;
  -h | --help) printf 'usage: ./run.sh [-y]\n  -y  install missing packages without asking\n' && exit ;;
  *) die "usage: ./run.sh [-y]" ;;
esac

install_packages "${build_packages[@]}"
configure release OFF
build release programs
exec examples/day/run.sh build/release/bin/adjutant build/day
