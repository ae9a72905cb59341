import { recover } from '../../lib/actions/perform.ts'
import { BACK_STEPS, type Back, type ReleaseFacts } from '../../lib/domain/release.ts'
import { type EffectRow, effectsOf } from '../../lib/store/effects.ts'
import type { Context, Outcome } from './context.ts'
import { outside } from './outside.ts'
import { fromAim } from './pulls/names.ts'
import { UNDO } from './undo.ts'

/**
 * Takes back everything of a release that has left, users first: production, then the branch it came by, then staging.
 * What was done is learned from effects and from the far side, not from what the release had time to write down.
 */
export async function rollingBack(c: Context): Promise<Outcome> {
  const { facts } = c.release
  const effects = await effectsOf(c.world.sql, c.project.id, c.fix.id)
  const open = effects.find(({ state, kind }) => state === 'sending' && kind !== 'tell')
  if (open) {
    const done = await recover(c.world, c.project.id, open, { ask: () => outside(c, open) })
    return { wait: done.state === 'waiting' ? done.inMs : 0, why: `what became of ${open.kind} to ${open.target}` }
  }
  const known = { ...remembered(facts, effects), ...pullsOf(c, effects) }
  if (Object.keys(known.pulls ?? {}).some((target) => !facts.pulls?.[target as 'staging']))
    return { facts: { ...known, ...facts, pulls: known.pulls } }
  if (Object.keys(known).some((name) => !(name in facts))) return { facts: { ...known, ...facts } }
  const back = facts.back!
  for (const step of BACK_STEPS) {
    if (back.undone?.[step] !== undefined) continue
    const undone = await UNDO[step](c, effects)
    return typeof undone === 'string' ? { facts: { ...facts, back: noting(back, step, undone) } } : undone
  }
  return { move: back.kind === 'overtaken' ? 'overtaken' : 'rolled-back', facts }
}

const noting = (back: Back, step: (typeof BACK_STEPS)[number], undone: string): Back => ({
  ...back,
  undone: { ...back.undone, [step]: undone },
})

/** Pull requests that a killed worker opened and had no time to write into the release. */
function pullsOf(c: Context, effects: EffectRow[]): Pick<ReleaseFacts, 'pulls'> {
  const pulls = { ...c.release.facts.pulls }
  for (const { kind, state, receipt, aim, at } of effects) {
    const from = kind === 'propose' && state === 'confirmed' ? fromAim(aim) : null
    if (!from) continue
    const target = from.into === c.project.settings.branches.production ? 'production' : 'staging'
    const { branch, head } = from
    pulls[target] ??= {
      ...(receipt as { number: number; link: string; draft: boolean }),
      branch,
      head,
      at: at.toISOString(),
    }
  }
  return Object.keys(pulls).length > 0 ? { pulls } : {}
}

/** What confirmed effects say that a killed worker had no time to write into the release. */
function remembered(facts: ReleaseFacts, effects: EffectRow[]): ReleaseFacts {
  const known: ReleaseFacts = { ...facts }
  for (const { kind, target, state, receipt } of effects) {
    if (state !== 'confirmed') continue
    const { sha, id } = receipt as { sha?: string; id?: string }
    if (kind === 'push' && sha) known.branchSha ??= sha
    if (kind === 'merge' && sha && target === 'staging') known.stagingSha ??= sha
    if (kind === 'merge' && sha && target === 'production') known.mainSha ??= sha
    if (kind === 'deploy' && id && target === 'staging') known.stagingDeployment ??= id
    if (kind === 'deploy' && id && target === 'production') known.productionDeployment ??= id
  }
  return known
}
