import type { Agent } from '../../lib/domain/work.ts'
import type { Ring } from '../../lib/world.ts'

export interface Drive {
  /** Wakes an agent of this process, at once or after a while. */
  ring: Ring
  /** Nothing new is begun; resolves when what was under way has ended. */
  stop(): Promise<void>
}

/**
 * Lets agents look, each in a loop of its own: when it is rung, and at the latest every `everyMs`, since others may leave work
 * for it too. `look` never throws.
 */
export function drive(agents: readonly Agent[], look: (agent: Agent) => Promise<void>, everyMs: number): Drive {
  const due = new Map<Agent, number>()
  const wakes = new Map<Agent, () => void>()
  let stopped = false
  const ring: Ring = (agent, inMs = 0) => {
    const at = performance.now() + inMs
    if (at < (due.get(agent) ?? Number.POSITIVE_INFINITY)) due.set(agent, at)
    wakes.get(agent)?.()
  }
  const loop = async (agent: Agent) => {
    while (!stopped) {
      const next = performance.now() + everyMs
      due.set(agent, next)
      await look(agent)
      await untilDue(agent)
    }
  }
  /** Rings move the moment forward while it is waited for. */
  async function untilDue(agent: Agent): Promise<void> {
    for (;;) {
      const left = (due.get(agent) ?? 0) - performance.now()
      if (stopped || left <= 0) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        wakes.set(agent, () => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }
  // Not before whoever starts it has what it is to ring.
  const loops = Promise.resolve().then(() => Promise.all(agents.map(loop)))
  return {
    ring,
    async stop() {
      stopped = true
      for (const wake of wakes.values()) wake()
      await loops
    },
  }
}
