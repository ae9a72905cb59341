import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect } from 'vitest'
import { type BubblewrapOptions, bubblewrap } from '../../lib/adapters/sandbox.bubblewrap.ts'
import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import type { Sandbox } from '../../lib/world.ts'
import { shareStage } from '../setup/stage.ts'

export const isRoot = process.getuid?.() === 0
export const project = join(import.meta.dirname, '../..')
/** The Node that runs the tests is also the one inside. */
export const toolchain = dirname(dirname(process.execPath))

export const file = (path: string, text: string, executable = false): SandboxFile => ({
  path,
  bytes: Buffer.from(text),
  executable,
})

/** A state folder of its own with an adapter on it. */
export async function openLab(options: Partial<BubblewrapOptions> = {}) {
  const home = await mkdtemp(join(tmpdir(), 'ns-sandbox-home-'))
  const complete: BubblewrapOptions = { home, toolchain, programs: project, ...options }
  await shareStage(complete)
  return {
    home,
    options: complete,
    /** A new adapter on the same state, as after a restart; not tested yet. */
    start: (more: Partial<BubblewrapOptions> = {}) => bubblewrap({ ...complete, ...more }),
    slots: () => readdir(join(home, 'work')),
    close: () => rm(home, { recursive: true, force: true }),
  }
}

/** One sandbox that passed its self-test, for all tests of a file; a function, since it is there only once they run. */
export function testedSandbox(): () => Sandbox {
  let lab: Awaited<ReturnType<typeof openLab>>
  let sandbox: Sandbox
  beforeAll(async () => {
    lab = await openLab()
    sandbox = lab.start()
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  })
  afterAll(() => lab.close())
  return () => sandbox
}

/** Command lines of the processes that hold a word. */
export async function running(word: string): Promise<string[]> {
  const lines: string[] = []
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (line.includes(word)) lines.push(line.replaceAll('\0', ' '))
  }
  return lines
}

/** Asks until the answer is true; false after ten seconds. */
export async function eventually(ask: () => Promise<boolean>): Promise<boolean> {
  for (let round = 0; round < 200; round++) {
    if (await ask()) return true
    await pause(50)
  }
  return false
}

/** A launcher that stands in front of bwrap: `body` sees the arguments as "$@" and ends by running something. */
export async function launcher(folder: string, body: string): Promise<string> {
  const path = join(folder, `launcher-${Math.random().toString(36).slice(2)}`)
  await writeFile(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  return path
}

/** Rebuilds the arguments without `flag` and the `values` words after it, and adds others in front. */
export const without = (flag: string, values: number, instead = ''): string => `skip=0
for word do
  shift
  if [ "$skip" -gt 0 ]; then skip=$((skip - 1)); continue; fi
  if [ "$word" = "${flag}" ]; then skip=${values}; set -- "$@" ${instead}; continue; fi
  set -- "$@" "$word"
done
exec bwrap "$@"`
