import { readFile, writeFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { isOutage } from '../../domain/outage.ts'
import type { Screened, TestCase, TestTask } from '../../domain/testRun.ts'
import { runOnce } from './runOnce.ts'

type Screening = Extract<TestTask, { kind: 'screen' }>

/** A whole run that takes longer is left to the proof. */
const WHOLE_MS = 60_000

/** One candidate after the other on the same copy; each file, and what the tests talk to, is put back before the next. */
export async function screen(workspace: string, task: Screening, reset: () => Promise<void>): Promise<Screened[]> {
  const results: Screened[] = []
  const until = performance.now() + task.budgetMs
  for (const candidate of task.candidates) {
    if (results.length > 0 && performance.now() >= until) break
    const undo = await apply(workspace, candidate)
    try {
      results.push(await tried(workspace, task, reset))
    } finally {
      await undo()
    }
  }
  return results
}

/** The selected tests alone, and where all of them pass, everything: most of what is green so far breaks its neighbours. */
async function tried(workspace: string, task: Screening, reset: () => Promise<void>): Promise<Screened> {
  await reset()
  const { tests, ms } = await runOnce(workspace, task, task.only, false)
  const ids = (state: string) => tests.filter((test) => test.state === state).map(({ id }) => id)
  const [passed, failed] = [ids('passed'), ids('failed')]
  if (failed.length > 0 || passed.length === 0) return { passed, failed, broken: null, ms }
  await reset()
  const whole = await runOnce(workspace, { ...task, wallMs: WHOLE_MS }, null, false)
  const known = new Set(task.known)
  const broken = whole.tests.filter((test) => !known.has(test.id) && isBroken(test)).map(({ id }) => id)
  return { passed, failed, broken, ms: ms + whole.ms }
}

/** What only runs once the tests pass, such as `npm audit`, fails here for want of a network, whatever the candidate does. */
const isBroken = ({ state, failure }: TestCase): boolean => state === 'failed' && !(failure && isOutage(failure))

async function apply(workspace: string, candidate: Record<string, string>): Promise<() => Promise<void>> {
  const before = new Map<string, Buffer>()
  for (const [path, text] of Object.entries(candidate)) {
    const target = join(workspace, normalize(path))
    if (!target.startsWith(`${workspace}/`)) throw new Error(`${path} leaves the workspace`)
    before.set(target, await readFile(target))
    await writeFile(target, text)
  }
  return async () => {
    for (const [target, bytes] of before) await writeFile(target, bytes)
  }
}
