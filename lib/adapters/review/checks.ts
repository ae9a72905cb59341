import type { Checks } from '../../domain/proposal.ts'

export interface GivenRun {
  name: string
  status: string
  conclusion: string | null
}
export interface GivenStatus {
  context: string
  state: string
}

/** A run that ended like this says nothing against the commit; every other end does. */
const FINE = ['success', 'neutral', 'skipped']
const NAMED = 20
const NAME_MAX = 100

/** Check runs and commit statuses as one word. None of either is not green: nobody has looked. */
export function checksOf(runs: GivenRun[], statuses: GivenStatus[]): Checks {
  const all = [
    ...runs.map(({ name, status, conclusion }) => ({
      name,
      is: status !== 'completed' ? 'pending' : FINE.includes(conclusion ?? '') ? 'passed' : 'failed',
    })),
    ...statuses.map(({ context: name, state }) => ({
      name,
      is: state === 'success' ? 'passed' : state === 'pending' ? 'pending' : 'failed',
    })),
  ]
  const named = (is: string) =>
    all
      .filter((one) => one.is === is)
      .map(({ name }) => name.slice(0, NAME_MAX))
      .slice(0, NAMED)
  for (const state of ['failed', 'pending'] as const) {
    const names = named(state)
    if (names.length > 0) return { state, names }
  }
  return { state: all.length > 0 ? 'passed' : 'none', names: [] }
}
