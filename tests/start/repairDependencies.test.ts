import { expect, test } from 'vitest'
import { dependenciesOf } from '../../cli/repair/dependencies.ts'
import { detect } from '../../lib/runtimes/detect.ts'
import type { Sandbox } from '../../lib/world.ts'

/** What becomes of a checkout whose packages are not there: of a registry that does not answer, by language. */

type Files = Record<string, string>
const NPM = { 'package.json': '{"name":"a","dependencies":{"left-pad":"1.0.0"},"scripts":{"test":"node --test"}}' }
const PYTHON = { 'requirements.txt': 'left-pad==1.0\n', 'test_a.py': 'def test_a():\n    pass\n' }
const GO = { 'go.mod': 'module example.test/a\n\ngo 1.22\n', 'a_test.go': 'package a\n' }

async function asked(files: Files, manifest: object | null = null) {
  const installs: string[] = []
  const told: string[] = []
  const sandbox: Sandbox = {
    run: async () => expect.unreachable(),
    adopt: async () => ({ ok: false, why: 'nothing is installed' }),
    selfTest: async () => ({ ok: true, boundary: 'none', probes: [] }),
    async install(_, command) {
      installs.push(command)
      return { ok: false, why: 'It ended with 1.', output: 'the registry did not answer' }
    },
  }
  const listed = Object.entries(files).map(([path, text]) => ({ path, text }))
  const copy = listed.map(({ path, text }) => ({ path, bytes: Buffer.from(text) }))
  const progress = (_: string, text: string) => void told.push(text)
  const made = await dependenciesOf(sandbox, '/srv/a', copy, manifest as never, detect(listed, null), progress).catch(
    (error: Error) => error.message,
  )
  return { made, installs: installs.length, told: told.join('\n') }
}

test('without packages of npm nothing can be run: the repair ends, and says why', async () => {
  expect(await asked(NPM)).toMatchObject({ made: expect.stringContaining('the registry did not answer'), installs: 1 })
})

test('Python goes on with the packages of the machine, and says so', async () => {
  expect(await asked(PYTHON)).toMatchObject({
    ...{ made: null, installs: 1 },
    told: expect.stringContaining('goes on with the Python packages of this machine'),
  })
})

test('what another language fetches for itself is not tried, also beside packages of npm', async () => {
  expect(await asked({ ...NPM, ...GO }, { install: 'go mod download' })).toEqual({ made: null, installs: 0, told: '' })
})
