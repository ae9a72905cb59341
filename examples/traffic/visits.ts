import { renameText } from '../history/rename.ts'
import { type Random, randomFrom } from './random.ts'

export interface Visit {
  user: string
  method: 'GET' | 'POST'
  path: string
  /** JSON text. */
  body: string | null
}

type Words = Record<string, string>
type Asked = Omit<Visit, 'user'>

/** The people at the front desks. Fewer than ten: more affected users would make the fault a P1. */
export const USERS = ['u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6', 'u-7'] as const

const PRACTICES = ['p-1', 'p-2', 'p-3', 'p-4', 'p-5', 'p-6'] as const
/** Practices that closed, still in somebody's bookmarks. */
const CLOSED = ['p-91', 'p-92', 'p-95', 'p-97'] as const
const DAYS = ['mon', 'tue', 'wed'] as const

/** Share of launches among all requests, and of launches for a practice that is gone. */
const LAUNCHES = 0.25
const MISSES = 0.25

/** An endless, repeatable sequence of requests; paths and fields follow the renamed app where words are given. */
export function* visitsFrom(seed: number, words: Words = {}): Generator<Visit, never> {
  const random = randomFrom(seed)
  for (;;) {
    const user = random.pick(USERS)
    const { method, path, body } = random.next() < LAUNCHES ? launch(random) : browse(random)
    yield { user, method, path: renameText(path, words), body: body && renameText(body, words) }
  }
}

const get = (path: string): Asked => ({ method: 'GET', path, body: null })
const post = (path: string, body: object): Asked => ({ method: 'POST', path, body: JSON.stringify(body) })

function launch(random: Random): Asked {
  const practiceId = random.next() < MISSES ? random.pick(CLOSED) : random.pick(PRACTICES)
  return post('/api/campaigns/launch', { practiceId, channel: random.pick(['email', 'letter']) })
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
