import { renameText } from '../history/rename.ts'
import { type Asked, get, post } from './asked.ts'
import { type Fault, trouble } from './faults.ts'
import { type Random, randomFrom } from './random.ts'

export interface Visit extends Asked {
  user: string
}

type Words = Record<string, string>

/** The people at the front desks. Fewer than ten: more affected users would make the fault a P1. */
export const USERS = ['u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6', 'u-7'] as const

const PRACTICES = ['p-1', 'p-2', 'p-3', 'p-4', 'p-5', 'p-6'] as const
const DAYS = ['mon', 'tue', 'wed'] as const

/**
 * An endless, repeatable sequence of requests, with what makes the named faults fail among them; paths and fields follow
 * the renamed app where words are given.
 */
export function* visitsFrom(
  seed: number,
  words: Words = {},
  faults: readonly Fault[] = ['launch'],
): Generator<Visit, never> {
  const random = randomFrom(seed)
  for (;;) {
    const user = random.pick(USERS)
    const { method, path, body } = trouble(random, faults) ?? browse(random)
    yield { user, method, path: renameText(path, words), body: body && renameText(body, words) }
  }
}

function browse(random: Random): Asked {
  const practice = random.pick(PRACTICES)
  const number = 1 + Math.floor(random.next() * 6)
  return random.pick([
    get('/api/practices'),
    get(`/api/practices/${practice}`),
    get(`/api/practices/${practice}/patients`),
    get(`/api/practices/${practice}/week`),
    get(`/api/practices/${random.next() < 0.1 ? 'p-98' : practice}`),
    get(`/api/patients/pt-${number}`),
    get('/api/campaigns'),
    get(`/api/campaigns/c-${1 + (number % 3)}`),
    get(`/api/billing/invoices/inv-${number}`),
    get(`/api/clinicians/cl-${number}`),
    get(`/api/reports/activity?practice=${practice}`),
    get('/api/reports/invoices'),
    book(practice, random.pick(DAYS)),
  ])
}

/** Always the same patient for a slot, so that booking it again succeeds. */
function book(practice: string, day: string): Asked {
  return post('/api/appointments/book', { slotId: `s-${practice}-${day}-0920`, patientId: `pt-${practice.slice(2)}` })
}
