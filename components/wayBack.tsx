import { BACK_STEPS, type Back, type BackStep, type Release } from '@/lib/domain/release.ts'
import { Mark } from './badge.tsx'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

const KINDS: Record<Back['kind'], string> = {
  unhealthy: 'It was not healthy',
  failed: 'It could not be deployed',
  ordered: 'A person ordered it back',
  rejected: 'A person rejected it',
  overtaken: 'Production had moved on',
}

const STEPS: Record<BackStep, string> = {
  production: 'What production serves',
  main: 'The production branch',
  staging: 'What staging serves',
  branch: 'The staging branch',
}

/** Why a release was taken back, and what was undone, users first. Each line was read back before it was written. */
export function WayBack({ release: { state, facts }, zone }: { release: Release; zone: string }) {
  const { back } = facts
  if (!back) return null
  const over = state === 'rolled-back' || state === 'overtaken'
  return (
    <>
      <h3 className="label mt-8">The way back</h3>
      <p className="mt-2">
        {KINDS[back.kind]}, <When at={back.at} zone={zone} seconds />: <Untrusted text={back.why} />
      </p>
      <ol className="checks" aria-label="What was undone, in this order">
        {BACK_STEPS.map((step) => (
          <li key={step}>
            <Mark {...markOf(back, step, over)} />
            <span>
              {STEPS[step]}
              {back.undone?.[step] === undefined ? null : (
                <span className="block text-soft">
                  <Untrusted text={back.undone[step]} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

function markOf(back: Back, step: BackStep, over: boolean) {
  if (back.undone?.[step] !== undefined) return { icon: 'check', word: 'Done', tone: 'good' } as const
  return { icon: 'dot', word: over ? 'Nothing' : 'Not yet', tone: 'still' } as const
}
