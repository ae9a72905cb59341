import type { Agent } from '../../lib/domain/work.ts'
import type { Reader, Runner } from '../../lib/world.ts'
import type { Step } from '../tick.ts'
import { newMemory } from './memory.ts'
import { durableModels } from './model.ts'
import { durableSandbox, forget } from './sandbox.ts'
import { Suspended } from './suspended.ts'

/** A run on a machine takes seconds; whoever has others to look after does that meanwhile. */
const AGAIN_MS = 2000

/**
 * A step that may take longer than the call it is done in, where the sandbox has runs that outlast it; elsewhere the step as
 * it is. `until`: by `performance.now()`, when the tick has to be over.
 */
export function durably<W extends Reader & Runner>(
  agent: Agent,
  world: W,
  until: number,
  step: (world: W, ...lease: Parameters<Step>) => ReturnType<Step>,
): Step {
  const { detached } = world.sandbox
  if (!detached) return (lease) => step(world, lease)
  return async (lease) => {
    const memory = newMemory(world.sql, lease, until)
    const sandbox = durableSandbox(memory, world.sandbox, detached)
    const model = world.model && durableModels(memory, world.model)
    try {
      const next = await step({ ...world, sandbox, model }, lease)
      await forget(memory, detached)
      return next
    } catch (error) {
      if (error instanceof Suspended) return { agent, inMs: AGAIN_MS }
      // A step that is tried again after a trouble begins anew, as it does elsewhere.
      await forget(memory, detached).catch(() => undefined)
      throw error
    }
  }
}
