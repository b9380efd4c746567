#!/usr/bin/env bash
# Makes .venv ready to run the program (`setup.sh run`) or to work on it (`setup.sh dev`).
#
# On Debian and its kin it also installs the system packages that are missing, as root or through sudo, and says in a
# sentence what is missing where it may not.  Safe to call every time: when nothing changed it ends in a few milliseconds.
set -euo pipefail
cd "$(dirname "$0")/.."

want=${1:-dev}
case "$want" in run | dev) ;; *) echo "usage: scripts/setup.sh run|dev" >&2; exit 2 ;; esac

case "$(uname -s)" in
  MINGW* | MSYS* | CYGWIN*) python=${PYTHON:-python} bin=.venv/Scripts ;;
  *) python=${PYTHON:-python3} bin=.venv/bin ;;
esac

# Qt with a screen and without one; the keyring; the smart-card service with the driver of USB readers, and what builds
# pyscard (it has no wheels for Linux).
apt_run=(
  python3-venv python3-dev gcc libc6-dev swig pkg-config libpcsclite-dev pcscd libccid
  libegl1 libgl1 libopengl0 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6
  libxkbcommon0 libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
  libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1
  libwayland-client0 libwayland-cursor0 libwayland-egl1
)
# Tests use the real parts: a keyring daemon, a virtual screen, a second reader of our PDFs, a database server, the fallback font, a reader of QR codes,
# a virtual card reader, and OpenSC as a second opinion on the simulated card.
apt_dev=(dbus gnome-keyring xvfb xauth poppler-utils postgresql fonts-ipamj-mincho zbar-tools vsmartcard-vpcd opensc util-linux)

fail() {
  echo "setup: $*" >&2
  exit 1
}

missing_packages() {
  local wanted=("${apt_run[@]}")
  [ "$want" = dev ] && wanted+=("${apt_dev[@]}")
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
  comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) <(printf '%s\n' "$installed" | sort -u)
}

install_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
  local missing as_root=()
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      as_root=(sudo)
    else
      fail "these system packages are missing and only an administrator can install them: ${missing[*]}." \
        "Please run:  apt-get install ${missing[*]}"
    fi
  fi
  echo "setup: installing system packages: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q)
  "${apt[@]}" update >/dev/null || echo "setup: the package lists could not be refreshed; trying with the old ones" >&2
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null ||
    fail "the system packages could not be installed: ${missing[*]}"
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi
}

stamp() {
  cat "requirements/$1.txt" requirements/build.txt scripts/setup.sh | sha256 | cut -d' ' -f1
}

ready() {
  [ -f ".venv/ready-$1" ] && [ "$(cat ".venv/ready-$1")" = "$(stamp "$1")" ]
}

create_environment() {
  command -v "$python" >/dev/null || fail "Python 3.11 or newer is needed; '$python' was not found"
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Python 3.11 or newer is needed; '$python' is $("$python" -V 2>&1)"
  [ -x "$bin/python" ] && "$bin/python" -c '' 2>/dev/null || "$python" -m venv --clear .venv
}

install_pins() {
  local pip=("$bin/python" -m pip install --disable-pip-version-check --quiet)
  # The build tools are pinned too, and nothing else may be fetched while a source package is built.
  "${pip[@]}" --require-hashes -r requirements/build.txt
  "${pip[@]}" --require-hashes --no-deps --no-build-isolation -r "requirements/$want.txt"
  "${pip[@]}" --no-deps --no-build-isolation --editable .
  "$bin/python" -m pip check >/dev/null || fail "the installed packages do not fit together (see: $bin/python -m pip check)"
  "$bin/python" -m compileall -q facility_app
}

# What development needs contains what running needs.
if ready dev || { [ "$want" = run ] && ready run; }; then exit 0; fi

install_packages
create_environment
echo "setup: installing the pinned Python packages into .venv (the first time this takes a minute)"
install_pins
stamp "$want" >".venv/ready-$want"
