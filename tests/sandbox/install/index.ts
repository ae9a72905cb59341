import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
export const PYTHON = '/usr/bin/python3'

export const hasPip = () =>
  execute(PYTHON, ['-c', 'import pip, venv, ensurepip']).then(
    () => true,
    () => false,
  )

const MAKE = `import sys, zipfile
path, name, version = sys.argv[1:]
info = f'{name}-{version}.dist-info'
with zipfile.ZipFile(path, 'w') as wheel:
    wheel.writestr(f'{name}.py', f'answer = "{version}"\\n')
    wheel.writestr(f'{info}/METADATA', f'Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n')
    wheel.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(f'{info}/RECORD', '')
`

async function wheel(name: string, version: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'ns-wheel-'))
  try {
    const path = join(folder, `${name}-${version}-py3-none-any.whl`)
    await execute(PYTHON, ['-c', MAKE, path, name, version])
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A PEP 503 index on loopback that keeps its files on another port, as the public one keeps them on another host. */
export async function openIndex(packages: Record<string, string[]>) {
  const asked: string[] = []
  const wheels = new Map<string, Buffer>()
  for (const [name, versions] of Object.entries(packages))
    for (const version of versions) wheels.set(`${name}-${version}-py3-none-any.whl`, await wheel(name, version))
  const files = createServer((request, response) => {
    asked.push(`files ${request.method} ${request.url}`)
    const found = wheels.get((request.url ?? '').split('/').at(-1) ?? '')
    response.writeHead(found ? 200 : 404).end(found)
  })
  const pages = createServer((request, response) => {
    asked.push(`pages ${request.method} ${request.url}`)
    const name = /^\/simple\/([\w-]+)\/$/.exec(request.url ?? '')?.[1]
    const known = [...wheels].filter(([file]) => file.startsWith(`${name}-`))
    if (known.length === 0) return response.writeHead(404).end()
    const links = known.map(([file, bytes]) => {
      const sum = createHash('sha256').update(bytes).digest('hex')
      return `<a href="http://127.0.0.1:${port(files)}/packages/${file}#sha256=${sum}">${file}</a>`
    })
    return response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`)
  })
  const port = (server: typeof pages) => (server.address() as AddressInfo).port
  for (const server of [files, pages]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port(pages)}/simple/`,
    asked,
    publish: async (name: string, version: string) =>
      void wheels.set(`${name}-${version}-py3-none-any.whl`, await wheel(name, version)),
    close: async () => {
      for (const server of [files, pages]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}
