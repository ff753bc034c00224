# Shared by the scripts beside it: printing of steps, and failures with instructions.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

STEP="starting"

step() {
  STEP="$1"
  printf '\n== %s\n' "$STEP"
}

fail() {
  printf '\nFAILED while %s:\n  %s\n' "$STEP" "$1" >&2
  trap - ERR
  exit 1
}

trap 'fail "the command above failed; see its output"' ERR

# Runs a package installation as root; fails where that is not possible.
install_packages() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
  else
    return 1
  fi
}

need_rust() {
  command -v rustup >/dev/null || fail "rustup is missing. Install it from https://rustup.rs and open a new shell."
  local channel
  channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
  if ! rustup toolchain list | grep -q "^$channel" ||
    ! rustup target list --installed --toolchain "$channel" 2>/dev/null | grep -q wasm32-unknown-unknown ||
    ! rustup component list --installed --toolchain "$channel" 2>/dev/null | grep -q '^clippy'; then
    # Installs the channel, components and targets that rust-toolchain.toml names.
    rustup toolchain install "$channel" --no-self-update --profile minimal \
      --component clippy --component rustfmt --target wasm32-unknown-unknown ||
      fail "rustup could not install Rust $channel with clippy, rustfmt and the target wasm32-unknown-unknown. Is there a network?"
  fi
}

need_cc() {
  command -v cc >/dev/null || install_packages build-essential ||
    fail "a C compiler is missing. Install one: apt-get install build-essential"
}

need_python() {
  command -v python3 >/dev/null || install_packages python3 ||
    fail "python3 is missing. Install it: apt-get install python3"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 8))' || fail "python3 must be 3.8 or newer."
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail "Node.js with npm (20 or newer) is missing: it makes the editor and chart bundles. Install it from https://nodejs.org or your distribution."
  node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' || fail "Node.js must be 20 or newer."
}

# The bundles are built again only when their inputs are newer.
make_bundles() {
  local dist=public/vendor
  if [ -f $dist/chart.js ] && [ -f $dist/editor.js ] &&
    [ -z "$(find app/js -maxdepth 2 -not -path '*/node_modules*' -type f -newer $dist/editor.js \( -path '*/chart/*.js' -o -name '*.entry.js' -o -name 'build.mjs' -o -name 'package-lock.json' \))" ]; then
    return
  fi
  npm ci --prefix app/js --no-audit --no-fund --loglevel=error || fail "npm could not install the packages of app/js. Is there a network?"
  npm run --silent --prefix app/js build
}

build_release() {
  step "checking the tools"
  need_rust
  need_cc
  need_python
  need_node
  step "making the editor and chart bundles"
  make_bundles
  step "building target/release/pyr (some minutes the first time)"
  cargo build --release --locked -p cli
}
