import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spawnChild } from '../children.ts'
import { baseEnv } from '../env.ts'
import type { Parts } from '../parts.ts'

/** What the control room is built from; files at the root by what their names begin with. */
const FOLDERS = ['agents', 'app', 'components', 'lib', 'public']
const ROOT_FILES = /^(next\.config|postcss\.config|instrumentation|proxy|package-lock)\b/

const recordOf = (checkout: string): string => join(checkout, '.next', 'nightshift-build')

/** Whether the build in `.next` is of the sources as they are now. */
export async function isBuilt(checkout: string): Promise<boolean> {
  const built = await readFile(recordOf(checkout), 'utf8').catch(() => null)
  return built !== null && built === (await sourceHash(checkout))
}

/** `next build`, recorded when it is done: one that was interrupted is done again. */
export async function build(checkout: string, logs: string, parts: Parts): Promise<void> {
  const hash = await sourceHash(checkout)
  const child = spawnChild({
    name: 'build',
    argv: [process.execPath, join(checkout, 'node_modules/next/dist/bin/next'), 'build'],
    cwd: checkout,
    env: { ...baseEnv(), NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    logs,
  })
  parts.add('the build', () => child.stop())
  const how = await child.ended
  if (how !== 'ended with 0')
    throw new Error(`The control room could not be built: next build ${how}.\n${child.tail()}`)
  await writeFile(recordOf(checkout), hash)
}

/** SHA-256 over names and contents. */
export async function sourceHash(checkout: string): Promise<string> {
  const root = (await readdir(checkout)).filter((name) => ROOT_FILES.test(name))
  const nested = await Promise.all(FOLDERS.map((folder) => filesBelow(checkout, folder)))
  const hash = createHash('sha256')
  for (const path of [...root, ...nested.flat()].sort()) {
    hash.update(`${path}\0`).update(
      createHash('sha256')
        .update(await readFile(join(checkout, path)))
        .digest(),
    )
  }
  return hash.digest('hex')
}

async function filesBelow(checkout: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(checkout, folder), { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(checkout.length + 1))
}
