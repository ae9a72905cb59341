import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxFile } from '../../../lib/domain/sandbox.ts'
import type { Sandbox } from '../../../lib/world.ts'
import { file, openLab } from '../lab.ts'
import { hasPip, openIndex } from './index.ts'

const pip = await hasPip()
if (!pip) console.warn('pip tests skipped: this machine has no /usr/bin/python3 with pip, venv and ensurepip')

describe.runIf(pip)('installing Python packages', { timeout: 600_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let index: Awaited<ReturnType<typeof openIndex>>
  let sandbox: Sandbox
  beforeAll(async () => {
    index = await openIndex({ wanted: ['1.0.0'] })
    lab = await openLab()
    // Nothing here asks the other registry.
    sandbox = lab.start({ pythonIndex: { url: index.url }, registry: { url: 'http://127.0.0.1:9/' } })
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  }, 120_000)
  afterAll(async () => {
    await index.close()
    await lab.close()
  })
  const install = async (files: SandboxFile[]) => {
    const answer = await sandbox.install(files, 'npm ci')
    if (!answer.ok) throw new Error(`${answer.why} ${answer.output}`)
    return answer
  }
  const version = async (key: string) => {
    const argv = ['/workspace/.venv/bin/python', '-c', 'import wanted; print(wanted.answer)']
    return (await sandbox.run({ files: [], argv, dependencies: key })).stdout
  }

  it('takes exactly what requirements.txt names, and keeps what was resolved where it names no version', async () => {
    const files = [file('requirements.txt', 'Wanted==1.0.0\n'), file('setup.py', 'raise SystemExit("ran")')]
    const exact = await install(files)
    expect(exact.note).toBeUndefined()
    expect(await version(exact.key)).toBe('1.0.0\n')
    expect(index.asked[0]).toBe('pages GET /simple/wanted/')
    const open = [file('requirements.txt', 'wanted\n')]
    const first = await install(open)
    expect(first).toMatchObject({ cached: false, note: expect.stringContaining('does not fix') })
    await index.publish('wanted', '2.0.0')
    await rm(join(lab.home, 'cache/deps', first.key), { recursive: true })
    const again = await install(open)
    expect(again).toMatchObject({ cached: false, key: first.key })
    expect(await version(again.key)).toBe('1.0.0\n')
  })

  it('reads the project table without building the project', async () => {
    const text =
      '[build-system]\nrequires = ["nothing-there"]\n[project]\nname = "app"\nversion = "1"\ndependencies = ["wanted==1.0.0"]\n'
    expect(await version((await install([file('pyproject.toml', text)])).key)).toBe('1.0.0\n')
  })

  it('reaches no other index', async () => {
    const lines = '--index-url http://198.51.100.1/simple/\nwanted==1.0.0\n'
    expect(await sandbox.install([file('requirements.txt', lines)], 'npm ci')).toMatchObject({ ok: false })
    const direct =
      'python3 -m pip download --no-deps http://127.0.0.1:4873/simple-files/00000000000000000000000000000000/wanted-1.0.0-py3-none-any.whl'
    const answer = await sandbox.install([file('requirements.txt', '')], direct)
    expect(answer).toMatchObject({ ok: false, output: expect.stringContaining('refused: GET /simple-files/') })
  })
})
