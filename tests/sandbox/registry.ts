import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { get, type Registry } from '../../lib/adapters/sandbox/registry/upstream.ts'

/** A package registry on loopback with the packages it is given: documents and archives, like a real one's. */
export interface Published {
  name: string
  version: string
  files: Record<string, string>
}

/** One entry of a POSIX ustar archive: a 512-byte header and the content padded to the same size. */
function entry(path: string, text: string): Buffer {
  const content = Buffer.from(text)
  const header = Buffer.alloc(512)
  header.write(path, 0)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

function archive({ name, version, files }: Published): Buffer {
  const manifest = { name, version, ...JSON.parse(files['package.json'] ?? '{}') }
  const entries = Object.entries({ ...files, 'package.json': JSON.stringify(manifest) })
  return gzipSync(Buffer.concat([...entries.map(([path, text]) => entry(`package/${path}`, text)), Buffer.alloc(1024)]))
}

/** `behind` answers for every other package, as a mirror of a real registry would. */
export async function openRegistry(packages: Published[], behind: Registry | null = null) {
  const asked: string[] = []
  const archives = new Map(packages.map((published) => [published.name, archive(published)]))
  const integrity = (name: string) =>
    `sha512-${createHash('sha512')
      .update(archives.get(name) ?? '')
      .digest('base64')}`
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const path = decodeURIComponent(request.url ?? '').slice(1)
    const wanted = packages.find(({ name }) => path === name || path.startsWith(`${name}/-/`))
    if (!wanted && behind) {
      const base = new URL(behind.url)
      const url = new URL(`${base.pathname.replace(/\/$/, '')}${request.url}`, base)
      const failure = () => void response.writeHead(502).end()
      get(url, request.headers.accept ?? '*/*', behind.ca, {
        answer: (found) =>
          void found.pipe(
            response.writeHead(found.statusCode ?? 502, { 'content-type': found.headers['content-type'] ?? '' }),
          ),
        failure,
      })
      return
    }
    if (!wanted) return response.writeHead(404).end('{}')
    const { name, version } = wanted
    if (path !== name) return response.end(archives.get(name))
    // A real registry names its archives by its public address, whichever way it was reached.
    const tarball = `https://packages.example/${name}/-/${name.split('/').at(-1)}-${version}.tgz`
    const { bin } = JSON.parse(wanted.files['package.json'] ?? '{}')
    const one = { name, version, bin, dist: { tarball, integrity: integrity(name) } }
    // Old enough for managers that wait before they trust a version.
    const time = { created: '2020-01-01T00:00:00.000Z', [version]: '2020-01-01T00:00:00.000Z' }
    response.setHeader('content-type', 'application/json')
    return response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: one }, time }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    integrity,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** package.json and lockfile of an app that depends on these, as `npm install` would have written them. */
export function lockedApp(wanted: { name: string; version: string; integrity: string; hasInstallScript?: boolean }[]) {
  const dependencies = Object.fromEntries(wanted.map(({ name, version }) => [name, version]))
  const own = { name: 'app', version: '1.0.0', dependencies }
  const entries = wanted.map(({ name, ...rest }) => [`node_modules/${name}`, rest])
  const lock = { ...own, lockfileVersion: 3, requires: true, packages: { '': own, ...Object.fromEntries(entries) } }
  return [
    { path: 'package.json', bytes: Buffer.from(JSON.stringify(own)) },
    { path: 'package-lock.json', bytes: Buffer.from(JSON.stringify(lock)) },
  ]
}
