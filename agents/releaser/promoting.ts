import { branchOf } from '../../lib/domain/fix.ts'
import type { Sha } from '../../lib/domain/tree.ts'
import { type Context, hold, type Outcome, turnBack, unless } from './context.ts'
import { build, built, promote } from './deploy.ts'
import { healthCheck, send, smokeOf } from './probes.ts'
import { bringIn } from './pulls/bringIn.ts'
import type { From } from './pulls/names.ts'
import { emptyWatch } from './staging.ts'

const BUILDING_MS = 1000

/** merge into main → build without traffic → smoke → serve. What was proven is what ships, or nothing does. */
export async function promoting(c: Context): Promise<Outcome> {
  const { facts } = c.release
  if (!facts.previous) return rememberPrevious(c)
  if (!facts.mainSha) {
    const from = await bring(c)
    if (!('branch' in from)) return from
    const merged = await bringIn(c, 'production', from, c.fix.tree)
    return 'sha' in merged ? asProven(c, merged.sha) : merged
  }
  if (!facts.productionDeployment) {
    const { done, request } = await build(c, 'production', facts.mainSha)
    if (done.state !== 'confirmed') return unless(c, done, request)!
    return { facts: { ...facts, productionDeployment: done.receipt.id } }
  }
  return serve(c, facts.productionDeployment)
}

/**
 * A code host merges into whatever its branch is at that moment: if somebody else's commit came in between, what is there
 * now is no tree anybody proved. It is taken out again, and the fix proven anew.
 */
async function asProven(c: Context, mainSha: Sha): Promise<Outcome> {
  const facts = { ...c.release.facts, mainSha }
  if ((await c.world.code(c.project).commit(mainSha)).tree === c.fix.tree) return { facts }
  const { production } = c.project.settings.branches
  return turnBack(c, 'overtaken', `${production} moved in that moment: what was merged is not what was proven.`, facts)
}

/** Where a rollback would go is written down before anything moves, and only if it answers: else there is no way back. */
async function rememberPrevious(c: Context): Promise<Outcome> {
  const serving = await c.world.deploy(c.project).serving('production')
  if (!serving) return hold(c, 'production serves nothing')
  const [health] = await send(c, serving.url, [healthCheck(c)])
  if (!health?.ok)
    return hold(c, 'production does not answer its health check, so there would be nothing to go back to')
  return { facts: { ...c.release.facts, previous: { deployment: serving.deployment, sha: serving.sha } } }
}

/**
 * `staging` when it differs from the production branch by this fix alone and merges into it as such, else our own branch: never a commit that is
 * neither there nor ours. A production branch that is ahead of production is held.
 */
async function bring(c: Context): Promise<From | Outcome> {
  const { facts } = c.release
  const code = c.world.code(c.project)
  const { production, staging } = c.project.settings.branches
  const head = await code.head(production)
  if (!head) return hold(c, `there is no branch ${production}`)
  const merged = (await code.commit(head)).tree === c.fix.tree
  if (!merged && (await code.commit(head)).tree !== (await code.commit(c.fix.base)).tree)
    return hold(c, `${production} is ahead of production: its commits are not deployed yet${await pinned(c)}`)
  const staged = await code.head(staging)
  const alone = staged === facts.stagingSha && (await code.commit(staged!)).tree === c.fix.tree
  const own = { branch: branchOf(c.fix.id), head: facts.branchSha! }
  if (!alone || !(await code.isAncestor(c.fix.base, staged!))) return own
  // What was taken back on both branches may stand in the way of merging one into the other, and in nobody else's.
  if (!merged && (await code.mergeTree(head, staged!)) !== c.fix.tree) return own
  // Merged from staging, a host that deletes what was merged would delete staging.
  if (await c.world.review(c.project)?.deletesMerged()) return own
  return { branch: staging, head: staged! }
}

/** Somebody took production back at the host: that decision stands until they promote there. */
const pinned = async (c: Context): Promise<string> =>
  (await c.world.deploy(c.project).serving('production'))?.pinned
    ? ', since production was rolled back at the host'
    : ''

async function serve(c: Context, deployment: string): Promise<Outcome> {
  const { facts } = c.release
  const ready = await built(c, deployment)
  if (ready.state === 'building') return { wait: BUILDING_MS, why: 'production is building, without traffic' }
  if (ready.state === 'failed' || !ready.url) return turnBack(c, 'failed', 'The production build failed.')
  if (!facts.productionSmoke) {
    const results = await send(c, ready.url, smokeOf(c))
    const failed = results.filter((result) => !result.ok).length
    const tested = { ...facts, productionSmoke: { passed: results.length - failed, failed } }
    if (failed > 0) return turnBack(c, 'unhealthy', `${failed} smoke tests failed before promotion.`, tested)
    return { facts: tested }
  }
  const serving = await c.world.deploy(c.project).serving('production')
  const ours = serving?.deployment === deployment
  if (serving?.deployment !== facts.previous?.deployment && !ours)
    return hold(c, 'production serves something else than when this release began')
  const { done, request } = await promote(c, 'production', deployment, serving)
  if (done.state !== 'confirmed') return unless(c, done, request)!
  return { move: 'watching', facts: { ...facts, watch: emptyWatch(c) } }
}
