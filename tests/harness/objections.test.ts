import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from './tiny.ts'

const SETTINGS = 'export const of = (user: string) => user.length\n'
const CALLER = `import { of } from './settings.ts'

export const update = (user: string, change: { theme?: string }) => ({ ...change, size: of(user) })
`
const FILES = {
  'src/settings.ts': SETTINGS,
  'src/caller.ts': CALLER,
  'src/odd.ts': 'export const odd: number = "one"\n',
}

// A repository of its own: what lies below it is the repository's, and the compiler's library must not.
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'objections-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function objections(candidates: Record<string, string>[], files: Record<string, string> = FILES) {
  const { exit, stdout } = await runProgram('objections', folder, JSON.stringify({ files, candidates }))
  return { exit, said: JSON.parse(stdout) as (string | null)[] }
}

test('a value of another type is objected to, a right change is not, and what was wrong before is nobody’s fault', async () => {
  const { exit, said } = await objections([
    { 'src/caller.ts': CALLER.replace('of(user)', 'of(change)') },
    { 'src/caller.ts': CALLER.replace('of(user)', 'of(user.trim())') },
    { 'src/odd.ts': 'export const odd: number = "two"\n' },
    { 'src/odd.ts': 'export const odd: number = "one"\nexport const even: string = 2\n' },
  ])
  expect(exit).toBe(0)
  expect(said).toEqual([
    expect.stringMatching(/^src\/caller\.ts: TS2345 .*'string'/),
    null,
    null,
    expect.stringMatching(/^src\/odd\.ts: TS2322/),
  ])
})

test.each(['no json', '{}', '{"files":{},"candidates":[1]}', '{"files":{"a.ts":1},"candidates":[]}'])(
  'input that cannot be read answers nothing: %s',
  async (input) => {
    const { exit, stdout } = await runProgram('objections', folder, input)
    expect([exit, JSON.parse(stdout)]).toEqual([1, []])
  },
)
