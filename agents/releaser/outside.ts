import type { JSONValue } from 'postgres'
import { branchOf } from '../../lib/domain/fix.ts'
import type { EffectRow } from '../../lib/store/effects.ts'
import { findMerge, findRevert } from './commits.ts'
import type { Context } from './context.ts'

export type Asked = Pick<EffectRow, 'kind' | 'target' | 'aim' | 'key'>

/** The far side's name for every try of one effect, so that a late first try and a second one make one thing. */
export const farKey = (key: string): string => key.split('#')[0]!

/**
 * Whether the far side did what an effect says: its receipt, or null. The one place that says "done", for whoever sends
 * and for whoever finds the effect of a worker that is gone.
 */
export async function outside(c: Context, { kind, target, aim, key }: Asked): Promise<JSONValue> {
  const code = c.world.code(c.project)
  const deploy = c.world.deploy(c.project)
  const place = target === 'production' ? 'production' : 'staging'
  const branch = c.project.settings.branches[place]
  switch (kind) {
    case 'push': {
      // A retry knows its own work by branch, parent and tree.
      const sha = await code.head(branchOf(c.fix.id))
      const commit = sha && (await code.commit(sha))
      return commit && commit.tree === c.fix.tree && commit.parents[0] === c.fix.base ? { sha } : null
    }
    case 'merge': {
      const merged = await findMerge(code, branch, aim)
      return merged && { sha: merged.sha }
    }
    case 'revert': {
      const reverted = await findRevert(code, branch, aim)
      return reverted && { sha: reverted.sha }
    }
    case 'deploy': {
      const found = await deploy.find(farKey(key))
      return found && found.sha === aim && found.environment === place ? { id: found.id } : null
    }
    case 'promote':
    case 'rollback': {
      const serving = await deploy.serving(place)
      return serving?.deployment === aim ? { deployment: aim, revision: serving.revision } : null
    }
    case 'tell':
      return (await c.world.notify.arrived(c.project, aim)) ? { key: aim } : null
  }
}
