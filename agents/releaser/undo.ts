import type { BackStep } from '../../lib/domain/release.ts'
import { pause } from '../../lib/store/control.ts'
import type { EffectRow } from '../../lib/store/effects.ts'
import { type Context, hold, type Outcome, unless } from './context.ts'
import { rollBack } from './deploy.ts'
import { revert } from './merge.ts'
import { healthCheck, send } from './probes.ts'
import { closePull, revertByPull } from './pulls/takeOut.ts'

/** Each says in words what it did or why there was nothing to do; an outcome where it is not done yet. */
export const UNDO: Record<BackStep, (c: Context, effects: EffectRow[]) => Promise<string | Outcome>> = {
  production,
  main: (c, effects) => takeOut(c, 'production', c.release.facts.mainSha, effects),
  staging,
  branch: (c, effects) => takeOut(c, 'staging', c.release.facts.stagingSha, effects),
}

async function production(c: Context, effects: EffectRow[]): Promise<string | Outcome> {
  const { previous, productionDeployment: ours } = c.release.facts
  const promotions = effects.filter(({ kind, target }) => kind === 'promote' && target === 'production')
  if (promotions.length === 0 || !previous) return 'Production never served it.'
  const serving = await c.world.deploy(c.project).serving('production')
  // A promotion whose end nobody saw may still be on its way: rolling back to what serves makes it come too late.
  const unsure = serving?.deployment === previous.deployment && promotions.every(({ state }) => state === 'failed')
  if (serving && (serving.deployment === ours || unsure || tried(effects, 'rollback', 'production'))) {
    const { done, request } = await rollBack(c, 'production', previous.deployment, serving)
    if (done.state === 'failed') return alarm(c, done.why)
    if (done.state !== 'confirmed') return unless(c, done, request)!
    return `Production serves ${previous.sha.slice(0, 7)} again${await answering(c)}.${await brought(c, ours, previous.deployment)}`
  }
  if (serving?.deployment === previous.deployment) return 'Production serves the version before already.'
  return hold(c, 'production serves something else by now, so nothing was taken back')
}

const tried = (effects: EffectRow[], kind: string, target: string): boolean =>
  effects.some((effect) => effect.kind === kind && effect.target === target)

async function answering(c: Context): Promise<string> {
  const serving = await c.world.deploy(c.project).serving('production')
  const [health] = serving ? await send(c, serving.url, [healthCheck(c)]) : []
  return health?.ok ? ' and answers its health check' : ', and does not answer its health check'
}

const NAMED = 10

/** An earlier build runs with what it was built with: said, since nothing else shows it. */
async function brought(c: Context, from: string | undefined, to: string): Promise<string> {
  const deploy = c.world.deploy(c.project)
  if (!deploy.brings || !from) return ''
  // The way back is gone already, and nothing waits for this.
  const found = await deploy.brings(from, to).catch(() => null)
  if (!found) return ' What it brings back beside its code could not be read.'
  const listed = (all: string[]) =>
    all.slice(0, NAMED).join(', ') + (all.length > NAMED ? ` and ${all.length - NAMED} more` : '')
  const { variables, schedules } = found
  const old = variables.length > 0 ? ` It runs without what was set since: ${listed(variables)}.` : ''
  const clock = schedules.map(({ path, after }) => `${path} (${after ?? 'no more'})`)
  return clock.length > 0 ? `${old} Its own schedules apply: ${listed(clock)}.` : old
}

/** The one thing that has to work did not: everything stops and a person is called. */
async function alarm(c: Context, why: string): Promise<Outcome> {
  const told = `the rollback could not be confirmed: ${why}`
  await pause(c.world.sql, c.project.id, 'releaser', `Release ${c.release.id}: ${told}`)
  return hold(c, told)
}

async function staging(c: Context): Promise<string | Outcome> {
  const { stagingPrevious: previous, stagingDeployment: ours } = c.release.facts
  if (!ours || !previous) return 'Staging has nothing to go back to.'
  const serving = await c.world.deploy(c.project).serving('staging')
  if (serving?.deployment === previous.deployment) return 'Staging serves the version before already.'
  if (serving?.deployment !== ours) return 'Staging serves something else by now and was left alone.'
  const { done, request } = await rollBack(c, 'staging', previous.deployment, serving)
  if (done.state === 'failed') return `Staging could not be rolled back: ${done.why}.`
  if (done.state !== 'confirmed') return unless(c, done, request)!
  return `Staging serves ${previous.sha.slice(0, 7)} again.`
}

/** Users are safe by now, so a branch that cannot be cleaned is left to a person in words and stops nothing. */
async function takeOut(
  c: Context,
  target: 'staging' | 'production',
  merged: string | undefined,
  effects: EffectRow[],
): Promise<string | Outcome> {
  const review = c.world.review(c.project)
  const left = review && (await closePull(c, review, target))
  if (left) return left
  if (review && merged) return revertByPull(c, review, target, merged, effects)
  const branch = c.project.settings.branches[target]
  if (!merged) return `Nothing of it was on ${branch}.`
  const { done, request } = await revert(c, target, merged)
  if (done.state === 'failed') return `Take the merge ${merged.slice(0, 7)} out of ${branch} yourself: ${done.why}.`
  if (done.state !== 'confirmed') return unless(c, done, request)!
  return `Taken out of ${branch} by ${done.receipt.sha.slice(0, 7)}.`
}
