#!/bin/sh
# Runs as root in namespaces of its own inside the machine: lays out a root of what a run may see, starts the program in it
# as an ordinary account, and writes down how it ended and what the kernel counted. Nothing here is the guest's to change:
# it sees neither this folder nor this process. Parameters are BOX_* variables; arguments are the program.
set -eu
umask 022
root=/nightshift/root
set=/nightshift/set
desk=/nightshift/run

in_memory() { # place, bytes, mode, owner
  mkdir -p "$root$1"
  mount -t tmpfs -o "nosuid,nodev,size=$2,mode=$3,uid=$4,gid=$4" tmpfs "$root$1"
}
show() { # from, place
  mkdir -p "$root$2"
  mount --bind "$1" "$root$2"
  mount -o remount,bind,ro,nosuid "$root$2"
}
show_file() { # from, place
  : >"$root$2"
  mount --bind "$1" "$root$2"
}

mount --make-rprivate /
mkdir -p "$root"
mount -t tmpfs -o size=16m,mode=755 tmpfs "$root"

for name in bin sbin lib lib32 lib64; do
  if [ -L "/$name" ]; then cp -P "/$name" "$root/"; elif [ -d "/$name" ]; then show "/$name" "/$name"; fi
done
show /usr /usr
mkdir -p "$root/etc" "$root/run" "$root/var/tmp" "$root/nightshift" "$root/opt"
cp /nightshift/etc/* "$root/etc/"
[ ! -d /etc/alternatives ] || show /etc/alternatives /etc/alternatives
[ ! -f /etc/ld.so.cache ] || cp /etc/ld.so.cache "$root/etc/"
show "$(cat /nightshift/toolchain)" /opt/node
show /nightshift/lib /nightshift/lib
show /nightshift/node_modules /nightshift/node_modules

in_memory /dev 65536 755 0
for name in null zero full random urandom tty; do show_file "/dev/$name" "/dev/$name"; done
ln -s /proc/self/fd "$root/dev/fd"
for pair in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${pair%:*}" "$root/dev/${pair#*:}"; done
mkdir "$root/dev/shm"
mount -o remount,ro "$root/dev"
mount -t tmpfs -o nosuid,nodev,size=64m,mode=1777 tmpfs "$root/dev/shm"
mkdir "$root/proc"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
in_memory /tmp "$BOX_BYTES" 1777 0
in_memory /home/agent 67108864 755 "$BOX_UID"

if [ -n "$BOX_WORKSPACE" ]; then
  mkdir -p "$root/workspace"
  mount --bind "$BOX_WORKSPACE" "$root/workspace"
else
  in_memory /workspace "$BOX_BYTES" 755 "$BOX_UID"
  cp -R "$BOX_SOURCE/." "$root/workspace/"
  chown -R "$BOX_UID:$BOX_UID" "$root/workspace"
fi
if [ -n "$BOX_REGISTRY" ]; then
  show_file "$BOX_REGISTRY" /run/registry.sock
  [ -z "$BOX_MANAGER" ] || show "$set/files/node_modules" /opt/manager
elif [ -f "$set/mounts" ]; then
  while IFS= read -r at; do
    # A nested folder belongs beside files, which another commit may not have.
    case $at in */*) [ -d "$root/workspace/${at%/*}" ] || continue ;; esac
    rm -rf "$root/workspace/${at:?}"
    show "$set/files/$at" "/workspace/$at"
    for name in .cache .vite .vite-temp; do
      [ ! -d "$set/files/$at/$name" ] || in_memory "/workspace/$at/$name" 67108864 755 "$BOX_UID"
    done
  done <"$set/mounts"
fi
mount -o remount,ro "$root"

# No image promises either of the two.
ip link set lo up 2>/dev/null || python3 -c 'import fcntl,socket,struct
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sH22x", b"lo", 0x49))'

# In a changed root the kernel makes no user namespaces for anyone. `env -i`: what stands here is all the program is given.
# shellcheck disable=SC2086
chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /bin/sh -c 'cd /workspace && exec "$@"' sh \
  setpriv --reuid "$BOX_UID" --regid "$BOX_UID" --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs -- \
  prlimit $BOX_LIMITS -- /usr/bin/env -i "$@" <"$BOX_STDIN" &
guest=$!
(
  sleep "$BOX_SECONDS"
  : >"$desk/timed-out"
  kill -9 "$guest"
) >/dev/null 2>&1 </dev/null &
status=0
wait "$guest" || status=$?
cat /proc/net/snmp >"$desk/snmp"
cat /proc/net/snmp6 >"$desk/snmp6" 2>/dev/null || :
# Last: where it is, everything above is. Our end is the end of everything in this process namespace.
echo "$status" >"$desk/status"
