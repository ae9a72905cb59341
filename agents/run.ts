import type { Agent } from '../lib/domain/work.ts'
import type { Actor, Reader, Runner } from '../lib/world.ts'
import { repair } from './implementer/implementer.ts'
import { diagnose } from './investigator/investigator.ts'
import { ship } from './releaser/releaser.ts'
import { type TickReport, tick } from './tick.ts'
import { watch } from './watcher/watcher.ts'

export interface Zones {
  reader: Reader
  runner: Runner
  actor: Actor
}

export interface TickLimits {
  leaseSeconds: number
  deadlineMs: number
}

/** Which agent gets which ports: only the releaser holds anything that changes the outside. */
export function runAgent(agent: Agent, { reader, runner, actor }: Zones, limits: TickLimits): Promise<TickReport> {
  switch (agent) {
    case 'watcher':
      return tick(reader, agent, (lease) => watch(reader, lease), limits)
    case 'investigator':
      return tick(reader, agent, (lease) => diagnose(reader, lease), limits)
    case 'implementer':
      return tick(reader, agent, (lease) => repair({ ...reader, ...runner }, lease), limits)
    case 'releaser':
      return tick(actor, agent, (lease) => ship(actor, lease), limits)
  }
}
