import { createHash } from 'node:crypto'
import type { SystemPath } from '../argv.ts'

/** Empty places that a run's mounts are put on: the root itself is read-only. */
const PLACES = [
  ...[
    'dev',
    'proc',
    'sys',
    'run',
    'tmp',
    'var',
    'var/tmp',
    'home',
    'home/agent',
    'root',
    'etc',
    'etc/alternatives',
    'opt',
  ],
  ...['opt/node', 'opt/manager', 'nightshift', 'nightshift/lib', 'nightshift/source', 'nightshift/node_modules'],
  ...['nightshift/node_modules/typescript', 'workspace', 'usr'],
]

/** One 512-byte header of a POSIX ustar archive: a folder, an empty file, or a link with its target. */
function header(path: string, target: string | null, kind: 'folder' | 'link' | 'file'): Buffer {
  const bytes = Buffer.alloc(512)
  bytes.write(path, 0)
  // A file system mounted on a place takes over the place's mode.
  bytes.write(path === 'tmp/' ? '0001777\0' : '0000755\0', 100)
  bytes.write('0000000\0', 108)
  bytes.write('0000000\0', 116)
  bytes.write('00000000000\0', 124)
  bytes.write('00000000000\0', 136)
  bytes.write('        ', 148)
  bytes.write({ file: '0', link: '2', folder: '5' }[kind], 156)
  bytes.write(target ?? '', 157)
  bytes.write('ustar\x0000', 257)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

/**
 * An image with nothing in it but places and the system's links: programs are the host's own, mounted read-only, so
 * nothing is pulled and the inside has the same programs whichever adapter holds it.
 */
export function skeleton(system: SystemPath[]): { tar: Buffer; tag: string } {
  const shown = system.filter(({ link }) => link === null).map(({ path }) => path.slice(1))
  // A file is mounted on a file: of the system's paths those of settings are, by their ending.
  const files = shown.filter((path) => /\.\w+$/.test(path))
  const folders = [...shown.filter((path) => !files.includes(path)), ...shown.flatMap(above)]
  const places = [...new Set([...PLACES, ...folders])].sort()
  const links = system.flatMap(({ path, link }) => (link === null ? [] : [header(path.slice(1), link, 'link')]))
  const tar = Buffer.concat([
    ...places.map((path) => header(`${path}/`, null, 'folder')),
    ...files.map((path) => header(path, null, 'file')),
    ...links,
    Buffer.alloc(1024),
  ])
  return { tar, tag: createHash('sha256').update(tar).digest('hex').slice(0, 16) }
}

/** The folders a path lies in, the outermost first. */
const above = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, at, parts) => parts.slice(0, at + 1).join('/'))
