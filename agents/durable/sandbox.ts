import { DEFAULT_LIMITS, type SandboxResult, type SandboxRun } from '../../lib/domain/sandbox.ts'
import { type DetachedKey, detachedRuns, detachedStarted, forgetDetached } from '../../lib/store/detached.ts'
import type { Detached, Sandbox } from '../../lib/world.ts'
import { keyOfRun } from './keys.ts'
import { idOf, keep, type Memory, read, recall } from './memory.ts'
import { Suspended } from './suspended.ts'

/** Time to say where a step stopped. */
const CLOSING_MS = 5000
/** Above a run's own time: making its machine, uploads, and the way back. */
const PATIENCE_MS = 5 * 60_000

/** A run whose end nobody saw: never a status, and never without an attempt to reach another host. */
const UNSEEN: SandboxResult = {
  ...{ end: 'killed', exit: null, stdout: '', stderr: '', truncated: false, egress: 1, ms: 0 },
}

/**
 * A sandbox whose runs outlast the tick they are begun in. Each has a row before it has a machine; a tick that has no time
 * left throws `Suspended`, and the next one gets what has ended from its row and looks after what has not.
 */
export function durableSandbox(memory: Memory, sandbox: Sandbox, detached: Detached): Sandbox {
  return { ...sandbox, run: (run) => runOnce(memory, detached, run) }
}

async function runOnce(memory: Memory, detached: Detached, run: SandboxRun): Promise<SandboxResult> {
  const key = keyOfRun(run)
  const what: DetachedKey = { kind: 'run', key, turn: memory.turn(key) }
  const row = await recall(memory, what)
  if (row.result) return read<SandboxResult>(row.result)
  const id = idOf(memory, what)
  let started = row.startedAt !== null
  const late = () => row.beganMsAgo > (run.limits?.wallMs ?? DEFAULT_LIMITS.wallMs) + PATIENCE_MS
  for (;;) {
    const wait = memory.left() - CLOSING_MS
    if (wait <= 0) throw new Suspended()
    const told = await detached.look(id, started ? wait : 0)
    if (typeof told === 'object') return ended(memory, detached, what, id, told)
    if (told === 'running') {
      if (!started) await detachedStarted(memory.sql, memory.lease, what)
      else if (late()) return ended(memory, detached, what, id, { ...UNSEEN, end: 'timed-out' })
      started = true
      continue
    }
    if (started) return ended(memory, detached, what, id, UNSEEN)
    // Whoever was overtaken meanwhile would make a machine that nobody looks after.
    await recall(memory, what)
    await detached.start(id, run)
    await detachedStarted(memory.sql, memory.lease, what)
    started = true
  }
}

/** Written down before its machine is given up: whoever comes between the two reads it, and gives it up again. */
async function ended(memory: Memory, detached: Detached, what: DetachedKey, id: string, result: SandboxResult) {
  const kept = await keep(memory, what, result)
  await detached.drop(id)
  return kept
}

/** The step has come to its end: nothing it began is left running. */
export async function forget(memory: Memory, detached: Detached): Promise<void> {
  const runs = await detachedRuns(memory.sql, memory.lease)
  await Promise.all(runs.map((what) => detached.drop(idOf(memory, what))))
  await forgetDetached(memory.sql, memory.lease)
}
