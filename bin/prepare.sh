# Sourced by the commands beside it, from the root of the checkout: installs what is missing and sets $node.
# POSIX sh, because this runs before anything is installed.

# Packages are missing, or the lock is newer than what npm recorded at the end of the last install.
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  command -v npm >/dev/null || {
    echo 'npm is missing. Install Node 20 or newer with npm (Debian: apt-get install -y nodejs npm) and start again.' >&2
    exit 1
  }
  # npm on a full disk leaves half of it and says little. 900 MB: what is installed, and npm's cache of it.
  free=$(df -Pm . 2>/dev/null | awk 'NR == 2 { print $4 }' 2>/dev/null) || free=
  if [ -n "$free" ] && [ "$free" -lt 900 ]; then
    echo "The disk is too full: the packages need 900 MB in $PWD, and $free MB are free. Free some space and start again." >&2
    exit 1
  fi
  echo 'Installing packages, about a minute ...'
  # EBADENGINE warnings under an older Node mean nothing here: what we run brings its own Node.
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi

# Node 24 comes as a package; elsewhere any Node that runs TypeScript by itself (22.18 or newer) does.
node=node_modules/.bin/node
runs_typescript='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)'
if ! "$node" -e "$runs_typescript" 2>/dev/null; then
  node=$(command -v node || true)
  if [ -z "$node" ] || ! "$node" -e "$runs_typescript" 2>/dev/null; then
    echo 'Node 22.18 or newer is needed here: the one npm installs does not run on this machine. See https://nodejs.org' >&2
    exit 1
  fi
fi

# need <program> <Debian package> <what it is for>: installs it where that is allowed, else says how.
need() {
  command -v "$1" >/dev/null && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $2 ($3) ..."
    log=$(mktemp)
    install="apt-get install -y --no-install-recommends $2"
    if DEBIAN_FRONTEND=noninteractive $install >"$log" 2>&1 ||
      { apt-get update >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive $install >"$log" 2>&1; }; then
      rm -f "$log"
      return 0
    fi
    tail -n 5 "$log" >&2
    rm -f "$log"
  fi
  echo "$1 is missing ($3). Install it with: sudo apt-get install -y $2" >&2
  return 1
}
