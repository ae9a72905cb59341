import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const HERE = resolve(import.meta.dirname, '../..')

/** Any server: it tells its pids (it has a child, as servers do), says when it is up, and answers everything with 200. */
const SERVER = `
import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
export function serve(port, ready) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  appendFileSync(new URL('./pids', import.meta.url), \`pids \${process.pid} \${child.pid}\\n\`)
  const answer = JSON.stringify({ pid: process.pid, env: process.env })
  createServer((_, response) => response.end(answer)).listen(port, '127.0.0.1', () => console.log(ready))
}
`

const NEXT = `
import { mkdirSync } from 'node:fs'
import { serve } from '../../../../server.mjs'
const [command, , port] = process.argv.slice(2)
if (command === 'build') {
  mkdirSync('.next', { recursive: true })
  console.log('built')
} else serve(Number(port), 'started')
`

const PLATFORM = `
import { serve } from '../server.mjs'
const port = Number(process.env.PLATFORM_PORT)
serve(port, JSON.stringify({ ready: true, port }))
`

/**
 * A checkout whose commands and database are the real ones, and whose two servers are stand-ins: shows how `bin/start`
 * starts, finds, restarts and stops them without building a control room.
 */
export async function standInCheckout(): Promise<{ root: string; remove(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'ns-checkout-'))
  await chmod(root, 0o755)
  for (const part of ['cli', 'lib', 'supabase', 'examples', 'emulators', 'package.json', 'package-lock.json']) {
    await cp(join(HERE, part), join(root, part), {
      recursive: true,
      filter: (from) => !from.includes('/clinic/node_modules'),
    })
  }
  await mkdir(join(root, 'node_modules/next/dist/bin'), { recursive: true })
  for (const name of await readdir(join(HERE, 'node_modules'))) {
    if (name !== 'next') await symlink(join(HERE, 'node_modules', name), join(root, 'node_modules', name))
  }
  await mkdir(join(root, 'platform'))
  await writeFile(join(root, 'server.mjs'), SERVER)
  await writeFile(join(root, 'node_modules/next/package.json'), '{"type":"module"}')
  await writeFile(join(root, 'node_modules/next/dist/bin/next'), NEXT)
  await writeFile(join(root, 'platform/main.ts'), PLATFORM)
  return { root, remove: () => rm(root, { recursive: true, force: true }) }
}
