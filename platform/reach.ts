import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Mount } from './box.ts'

/** The first folder on the way to a path that other users may not pass through; null when the way is open. */
export function closedFolder(path: string): string | null {
  const parents: string[] = []
  for (let at = dirname(path); ; at = dirname(at)) {
    parents.unshift(at)
    if (at === dirname(at)) break
  }
  return parents.find((folder) => (statSync(folder).mode & 0o001) === 0) ?? null
}

/** Folders every Linux has and no box shows: one of them is covered, in a mount namespace of its own. */
const COVERS = ['/mnt', '/media', '/srv', '/opt']

/** Mounts each source at COVER/0, COVER/1 … and goes on as the command after `--`. */
const SCRIPT = `set -e
cover=$1; shift; n=0
mount -t tmpfs -o mode=0755,size=1m tmpfs "$cover"
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then mkdir "$cover/$n"; else : > "$cover/$n"; fi
  mount --bind "$1" "$cover/$n"; shift; n=$((n+1))
done
shift; exec "$@"`

/**
 * As root, boxes run as another user, who cannot open what lies below a private folder such as `/root`.
 * Then the sources are bound to an open place first, in a mount namespace that only this box sees.
 * Answers the command to put in front (empty when every way is open) and where the mounts come from.
 */
export function withReach(mounts: Mount[]): { prefix: string[]; mounts: Mount[] } {
  const closed = mounts.filter((mount) => closedFolder(mount.source) !== null)
  if (closed.length === 0) return { prefix: [], mounts }
  const cover = COVERS.find((c) => existsSync(c) && !mounts.some((mount) => mount.source.startsWith(`${c}/`)))
  if (cover === undefined) throw new Error(`the app's user cannot reach ${closed[0]?.source}`)
  const prefix = ['/usr/bin/unshare', '--mount', '--propagation', 'private', '--']
  prefix.push('/bin/sh', '-c', SCRIPT, 'reach', cover, ...closed.map((mount) => mount.source), '--')
  return {
    prefix,
    mounts: mounts.map((mount) => {
      const place = closed.indexOf(mount)
      return place < 0 ? mount : { ...mount, source: `${cover}/${place}` }
    }),
  }
}
