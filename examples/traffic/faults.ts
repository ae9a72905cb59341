import { type Asked, get, post } from './asked.ts'
import type { Random } from './random.ts'

/** The sample app's faults, by what each is about. */
export const FAULTS = [
  'launch',
  'await',
  'body',
  'import',
  'critical',
  'billing',
  'breaks',
  'upstream',
  'slow',
  'consequence',
] as const
export type Fault = (typeof FAULTS)[number]

export const isFault = (name: string): name is Fault => FAULTS.some((fault) => fault === name)

/** Practices that closed, still in somebody's bookmarks. */
const CLOSED = ['p-91', 'p-92', 'p-95', 'p-97'] as const
const OPEN = ['p-1', 'p-2', 'p-3', 'p-4', 'p-5', 'p-6'] as const

interface Trouble {
  /** Share of all requests. */
  share: number
  /** Of those, how many fail. */
  failing: number
  bad(random: Random): Asked
  /** The same route used well; null where every use fails. */
  good: ((random: Random) => Asked) | null
}

/**
 * Together a third of all requests fail, well under the half that would make everything a P0; the slow route is asked
 * so seldom that it does not decide the 95th percentile of the whole app.
 */
const TROUBLES: Record<Fault, Trouble> = {
  launch: { share: 0.25, failing: 0.25, bad: (r) => launch(r, r.pick(CLOSED)), good: (r) => launch(r, r.pick(OPEN)) },
  await: { share: 0.05, failing: 1, bad: (r) => get(`/api/practices/${r.pick(OPEN)}/rooms`), good: null },
  body: {
    share: 0.09,
    failing: 0.6,
    bad: (r) => ({
      method: 'POST',
      path: '/api/patients/consents',
      body: r.pick(['{"pt-1":', 'pt-1=yes', '{"pt-2":tru']),
    }),
    good: (r) => post('/api/patients/consents', { [`pt-${number(r)}`]: true }),
  },
  import: { share: 0.05, failing: 1, bad: () => get('/api/reports/invoices?format=csv'), good: null },
  critical: {
    share: 0.09,
    failing: 0.6,
    bad: (r) => post('/api/appointments/book', { slotId: r.pick(['s-97', 's-98']), patientId: `pt-${number(r)}` }),
    good: (r) => get(`/api/appointments/s-${r.pick(OPEN)}-mon-0900`),
  },
  billing: { share: 0.02, failing: 1, bad: () => post('/api/billing/refund', { invoiceId: 'inv-97' }), good: null },
  breaks: { share: 0.02, failing: 1, bad: () => get('/api/reports/activity?practice=p-91'), good: null },
  upstream: { share: 0.02, failing: 1, bad: (r) => get(`/api/directory/G${number(r)}`), good: null },
  slow: { share: 0.02, failing: 1, bad: () => get('/api/reports/yearly'), good: null },
  consequence: {
    share: 0.07,
    failing: 0.5,
    bad: (r) => get(`/api/referrals/ref-9${number(r)}/letter`),
    good: (r) => get(`/api/referrals/ref-${number(r)}/letter`),
  },
}

/** Alone the launch is a quarter of the traffic; among the others it stands back, and fails more often. */
const AMONG_OTHERS: Trouble = { ...TROUBLES.launch, share: 0.09, failing: 0.6 }

/** A request to one of these faults' routes, failing as often as people fail there; null most of the time. */
export function trouble(random: Random, faults: readonly Fault[]): Asked | null {
  let left = random.next()
  for (const fault of faults) {
    const { share, failing, bad, good } = fault === 'launch' && faults.length > 1 ? AMONG_OTHERS : TROUBLES[fault]
    left -= share
    if (left < 0) return !good || random.next() < failing ? bad(random) : good(random)
  }
  return null
}

const number = (random: Random): number => 1 + Math.floor(random.next() * 6)

function launch(random: Random, practiceId: string): Asked {
  return post('/api/campaigns/launch', { practiceId, channel: random.pick(['email', 'letter']) })
}
