import type { JSONValue } from 'postgres'
import { branchOf } from '../../lib/domain/fix.ts'
import type { EffectRow } from '../../lib/store/effects.ts'
import { findMerge, findRevert, isRevert } from './commits.ts'
import type { Context } from './context.ts'
import { fromAim, headToFindBy, revertBranch } from './pulls/names.ts'

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
  const review = c.world.review(c.project)
  switch (kind) {
    case 'propose': {
      const from = fromAim(aim)
      const found = from && (await review?.find(from.branch, from.into, headToFindBy(c, from)))
      return found ? { number: found.number, link: found.link, branch: found.branch, draft: found.draft } : null
    }
    case 'propose-revert': {
      const found = await review?.find(revertBranch(c, place), branch)
      return found ? { number: found.number, link: found.link } : null
    }
    case 'withdraw': {
      const pull = c.release.facts.pulls?.[place]
      const found = pull && (await review?.find(pull.branch, branch, headToFindBy(c, pull)))
      return found && found.state !== 'open' ? { state: found.state } : null
    }
    case 'push': {
      // A retry knows its own work by branch, parent and tree.
      const sha = await code.head(branchOf(c.fix.id))
      const commit = sha && (await code.commit(sha))
      return commit && commit.tree === c.fix.tree && commit.parents[0] === c.fix.base ? { sha } : null
    }
    case 'merge': {
      const merged = await findMerge(code, branch, aim)
      if (merged || !review) return merged && { sha: merged.sha }
      // Squashed or rebased, by the repository's rules or by a person: only the request knows.
      const pull = c.release.facts.pulls?.[place]
      const found = pull && (await review.find(pull.branch, branch, aim))
      return found?.state === 'merged' && found.head === aim && found.merge ? { sha: found.merge } : null
    }
    case 'revert': {
      const reverted = await findRevert(code, branch, aim)
      if (reverted || !review) return reverted && { sha: reverted.sha }
      const found = await review.find(revertBranch(c, place), branch)
      if (found?.state !== 'merged' || !found.merge) return null
      return (await isRevert(code, await code.commit(found.head), aim)) ? { sha: found.merge } : null
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
