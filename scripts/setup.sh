# shellcheck shell=bash
# What run.sh and test.sh share: words on the terminal, Debian packages, the build. Sourced by both,
# after they have set `root` (this folder's parent) and `assume_yes`.

build_packages=(
  build-essential cmake ninja-build ccache mold pkg-config
  libboost1.81-dev libboost-filesystem1.81-dev libboost-system1.81-dev
  nlohmann-json3-dev libsqlite3-dev libsqlitecpp-dev libspdlog-dev
  libgmime-3.0-dev libical-dev libicu-dev libre2-dev libsodium-dev libgumbo-dev libstemmer-dev
  libcli11-dev libtomlplusplus-dev tzdata
)
test_packages=(
  libgtest-dev libgmock-dev clang-16 libclang-rt-16-dev clang-format-14 shellcheck ca-certificates
)

policy=/usr/sbin/policy-rc.d

# What was compiled once is not compiled again, and nothing is written outside this folder.
export CCACHE_DIR=${CCACHE_DIR:-$root/build/ccache} CCACHE_BASEDIR=$root

say() { printf '\n== %s\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$EUID" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "This needs root, and there is no sudo. As root, run: $*"
  fi
}

# Prints those of the named packages that are not installed.
missing_packages() {
  local installed name
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  for name in "$@"; do
    grep -qxF "$name installed" <<<"$installed" || printf '%s\n' "$name"
  done
}

ask_once() {
  [ "$assume_yes" = no ] && [ -t 0 ] && [ -t 1 ] || return 0
  local answer
  read -r -p 'Install them? [Y/n] ' answer
  case $answer in
    '' | [Yy]*) ;;
    *) die 'Nothing was installed or changed.' ;;
  esac
}

# Installs without starting a service: where no policy-rc.d rules that already, one does for the
# time of the call.
apt_install() (
  if [ ! -e "$policy" ]; then
    trap 'as_root rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-remove --no-install-recommends "$@"
)

# Installs what is missing of the named packages; asks apt nothing when all is there. Never removes.
install_packages() {
  command -v dpkg-query >/dev/null || die "This script sets up Debian 12. Elsewhere, install the likes of: $*"
  local missing removed
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  say 'To be installed with apt-get (nothing is removed, no service is started):'
  printf '%s ' "${missing[@]}" | fold -s -w 78 | sed 's/^/   /'
  printf '\n'
  ask_once
  as_root apt-get update -q || printf 'apt-get update failed; going on with the lists at hand.\n'
  removed=$(apt-get -s install --no-install-recommends "${missing[@]}" | sed -n 's/^Remv \([^ ]*\).*/\1/p')
  [ -z "$removed" ] || die "apt-get would remove these packages, so nothing was installed: ${removed//$'\n'/ }"
  apt_install "${missing[@]}"
}

# configure PRESET ON|OFF: with or without tests. A tree that has them serves both.
configure() {
  local cache=$root/build/$1/CMakeCache.txt
  [ -f "$root/build/$1/build.ninja" ] && grep -qsE "^ADJUTANT_TESTS:BOOL=(ON|$2)$" "$cache" && return 0
  say "Configuring build/$1"
  cmake --preset "$1" -DADJUTANT_TESTS="$2"
}

# build PRESET TARGET...
build() {
  local preset=$1
  shift
  say "Building $* in build/$preset"
  NINJA_STATUS='[%f/%t, %es] ' cmake --build "$root/build/$preset" -j "$(nproc)" --target "$@"
}
