#!/usr/bin/env bash
# The promises of scripts/setup.sh about a machine, with an apt-get that only writes down what it was told.
set -euo pipefail
# shellcheck disable=SC2034  # read by setup.sh
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck disable=SC2034
assume_yes=no
# shellcheck source=scripts/setup.sh
. "$root/scripts/setup.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
policy=$work/policy-rc.d
said=$work/said

# The machine: which packages it has, what apt-get would remove, and what it was asked to do.
have=''
removes=''
dpkg-query() { for name in "$@"; do grep -qw -- "$name" <<<"$have" && printf '%s installed\n' "$name"; done; }
apt-get() {
  printf '%s\n' "$*" >>"$work/apt"
  [ "$1" != -s ] || printf '%s' "$removes"
  [[ $* != *-y* ]] || stat -c 'policy %a' "$policy" >>"$work/apt" 2>&1
}
as_root() {
  [ "$1" != env ] || shift 2
  "$@"
}

expect() {
  local what=$1
  shift
  if ! "$@"; then
    printf 'FAILED: %s\n' "$what" && cat "$work/apt" "$said" 2>/dev/null
    exit 1
  fi
  printf 'ok: %s\n' "$what"
}
told() { grep -qF -- "$1" "$work/apt"; }
not() { ! "$@"; }
install() { (install_packages "$@") >"$said" 2>&1 </dev/null; }
again() { rm -f "$work/apt" "$policy" && touch "$work/apt"; }

again
have='alpha beta'
expect 'nothing missing: it succeeds' install alpha beta
expect 'nothing missing: apt is not asked' not test -s "$work/apt"

again
expect 'one missing: it succeeds' install alpha gamma
expect 'one missing: only that is installed, nothing may be removed' \
  told 'install -y -q --no-remove --no-install-recommends gamma'
expect 'services are kept from starting meanwhile' told 'policy 755'
expect 'and may start again afterwards' not test -e "$policy"

again
printf 'mine\n' >"$policy"
chmod 644 "$policy"
expect 'a policy that was there: it succeeds' install gamma
expect 'a policy that was there: it stays as it is' grep -qx mine "$policy"
expect 'a policy that was there: it ruled' told 'policy 644'

again
removes=$'Remv libboost-dev [1.74]\n'
expect 'something would be removed: it stops' not install gamma
expect 'something would be removed: it says what' grep -q 'would remove.*libboost-dev' "$said"
expect 'something would be removed: nothing is installed' not told 'install -y'
