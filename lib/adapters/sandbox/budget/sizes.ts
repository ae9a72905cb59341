import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { exactly } from '../environment.ts'
import type { Item } from './items.ts'

const execute = promisify(execFile)
const INDEX = 'cache/sizes.json'
/** Path → bytes on disk; `at` is the last use it was measured for, where a folder can still grow. */
const Index = z.record(z.string(), z.strictObject({ bytes: z.number(), at: z.number() }))
type Index = z.infer<typeof Index>

async function measure(path: string): Promise<number> {
  const { stdout } = await execute('/usr/bin/du', ['-s', '--block-size=1', '--', path], { env: exactly({}) })
  return Number.parseInt(stdout, 10)
}

const known = async (home: string): Promise<Index> => {
  const text = await readFile(join(home, INDEX), 'utf8').catch(() => '{}')
  try {
    return Index.parse(JSON.parse(text))
  } catch {
    // Half a file or none: everything is measured again.
    return {}
  }
}

const finished = (path: string) => !path.startsWith('mirrors/')

/** Bytes of each item, measured once where it does not change any more; the index forgets what is gone. */
export async function sizes(home: string, items: Item[]): Promise<Map<string, number>> {
  const before = await known(home)
  const after: Index = {}
  for (const { path, usedAt } of items) {
    const old = before[path]
    const bytes =
      old && (finished(path) || old.at === usedAt) ? old.bytes : await measure(join(home, path)).catch(() => 0)
    after[path] = { bytes, at: usedAt }
  }
  const draft = join(home, `${INDEX}.${randomUUID()}`)
  await writeFile(draft, JSON.stringify(after))
  await rename(draft, join(home, INDEX))
  return new Map(Object.entries(after).map(([path, { bytes }]) => [path, bytes]))
}
