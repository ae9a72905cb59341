#!/bin/sh
# Runs as root in a fresh machine: takes what was uploaded into the house, out of the ordinary user's reach, and finds the
# programs a run needs. $1: the folder of uploads. $2: the node to use, as its ordinary user would find it.
set -eu
umask 022
for name in mount unshare setpriv prlimit chroot cp chown chmod sleep cat; do
  command -v "$name" >/dev/null || { echo "missing in the machine: $name" >&2; exit 3; }
done
command -v ip >/dev/null || command -v python3 >/dev/null || { echo "missing in the machine: ip or python3" >&2; exit 3; }
node=$(readlink -f "$2")
[ -x "$node" ] || { echo "missing in the machine: node" >&2; exit 3; }
# Where the work was done and its answer lost, it is asked for again.
if [ ! -f /nightshift/toolchain ]; then
  rm -rf /nightshift
  mkdir /nightshift
  cp -R "$1/house/." /nightshift/
  chown -R 0:0 /nightshift
  chmod -R a+rX,go-w /nightshift
  dirname "$(dirname "$node")" >/nightshift/toolchain
fi
rm -rf "$1/house"
"$node" --version
