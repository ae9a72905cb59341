import { existsSync, readdirSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Collector } from '../../lib/harness/tests/collector.ts'
import { go } from '../../lib/harness/tests/go/collector.ts'
import { java } from '../../lib/harness/tests/java/collector.ts'
import { rust } from '../../lib/harness/tests/rust/collector.ts'
import { collectFrom } from './collecting.ts'
import { works } from './toolchains.ts'

const BENCH = join(import.meta.dirname, '../../bench/repair')

const named = (language: string, start = '') =>
  existsSync(join(BENCH, language)) ? readdirSync(join(BENCH, language)).filter((name) => name.startsWith(start)) : []

/** A copy with these of its parts on top: `truth`, `held-out`. */
async function copyOf(language: string, name: string, ...parts: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ns-faulty-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const project = join(BENCH, language, name)
  const own = (path: string) => ![join(project, 'truth'), join(project, 'held-out')].includes(path)
  await cp(project, folder, { recursive: true, filter: own })
  for (const part of parts) await cp(join(project, part), folder, { recursive: true })
  return folder
}

/** With how many of the projects are tried: compilers are slow, and the way is the same for all. */
const LANGUAGES: [string, string, string, Collector, number][] = [
  ['go', 'go', 'go test ./...', go, 5],
  ['rust', 'cargo', 'cargo test', rust, 1],
  ['java', 'mvn', 'mvn -q test', java, 1],
]

for (const [language, program, command, collector, most] of LANGUAGES) {
  test.skipIf(!works(program)).each(named(language).slice(0, most))(
    `${language}: %s`,
    { timeout: 300_000 },
    async (name) => {
      const failing = async (...parts: string[]) => {
        const { collected } = await collectFrom(collector, await copyOf(language, name, ...parts), command)
        expect(collected?.tests.length).toBeGreaterThan(0)
        return collected?.tests.filter(({ state }) => state === 'failed').map(({ id }) => id)
      }
      expect(await failing()).not.toEqual([])
      expect(await failing('truth', 'held-out')).toEqual([])
    },
  )
}

/** Node's own runner says how it went by its status. */
const runNode: Collector = {
  name: 'plain',
  prepare: async () => ({ PATH: `${dirname(process.execPath)}:/usr/bin:/bin` }),
  collect: async () => null,
}

test.each(named('js', 'ts-'))('TypeScript: %s', async (name) => {
  const status = async (...parts: string[]) =>
    (await collectFrom(runNode, await copyOf('js', name, ...parts), 'node --test "test/*.test.ts"')).exit
  expect([await status(), await status('held-out'), await status('truth', 'held-out')]).toEqual([1, 1, 0])
})
