import { availableParallelism } from 'node:os'
import type { Agent } from '../lib/domain/work.ts'
import { project as projectById } from '../lib/store/projects.ts'
import type { Actor, Reader, Runner } from '../lib/world.ts'
import { durably } from './durable/step.ts'
import { repair } from './implementer/implementer.ts'
import { diagnose } from './investigator/investigator.ts'
import { ship } from './releaser/releaser.ts'
import { type Step, type TickLimits, type TickReport, tick } from './tick.ts'
import { turns } from './turns.ts'
import { watch } from './watcher/watcher.ts'

/**
 * A proof keeps two cores busy, and ones that share them are all slow, so that apps seem not to answer; a ring that comes
 * meanwhile waits for its turn and then takes what is due.
 */
const inTurn = turns(Math.max(1, Math.floor(availableParallelism() / 2)))

interface Zones {
  reader: Reader
  runner: Runner
  actor: Actor
}

/** Which agent gets which ports: only the releaser holds anything that changes the outside. */
export function runAgent(agent: Agent, { reader, runner, actor }: Zones, limits: TickLimits): Promise<TickReport> {
  switch (agent) {
    case 'watcher':
      return tick(reader, agent, (lease) => watch(reader, lease), limits)
    case 'investigator':
      return tick(
        reader,
        agent,
        unlessPaused(actor, agent, (lease) => diagnose(reader, lease)),
        limits,
      )
    case 'implementer':
      return inTurn(() => {
        const until = performance.now() + limits.deadlineMs
        const step = durably(agent, { ...reader, ...runner }, until, repair)
        return tick(reader, agent, unlessPaused(actor, agent, step), limits)
      })
    case 'releaser':
      return tick(actor, agent, (lease) => ship(actor, lease), limits)
  }
}

/** Resuming wakes everything at once; this is for the kill switch, which wakes nobody. */
const RESTS_MS = 60_000

/** While a project is paused nothing new is thought up either: no proof is run, no money is spent. */
function unlessPaused({ sql, halted }: Pick<Actor, 'sql' | 'halted'>, agent: Agent, step: Step): Step {
  return async (lease) => {
    const project = await projectById(sql, lease.project)
    return halted || project?.pausedAt ? { agent, inMs: RESTS_MS } : step(lease)
  }
}
