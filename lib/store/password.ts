import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Person } from '../domain/person.ts'

const derive = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer>

/** OWASP's second scrypt setting: N = 2^16, r = 8, p = 2; about 64 MB for one try. */
const COST = { N: 2 ** 16, r: 8, p: 2, maxmem: 160 * 1024 * 1024 }

/** How a password is kept. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt, 32, COST)).toString('base64url')}`
}

let queue: Promise<unknown> = Promise.resolve()
const SECOND_TRY_MS = 500

/**
 * Whoever is meant, if this is their password. One try at a time and half a second apart for the whole process: a guess
 * costs the guesser, not the memory.
 */
export function whosePassword(meant: () => Promise<Person | null>, password: string): Promise<Person | null> {
  const turn = queue.then(async () => tryOnce(await meant(), password))
  queue = turn.then(
    (person) => (person ? undefined : new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS))),
    () => undefined,
  )
  return turn
}

async function tryOnce(person: Person | null, password: string): Promise<Person | null> {
  const [, salt = '', hash = ''] = person?.passwordHash?.split('$') ?? []
  const given = await derive(password.slice(0, 200), Buffer.from(salt, 'base64url'), 32, COST)
  const wanted = Buffer.from(hash, 'base64url')
  return person && wanted.length === given.length && timingSafeEqual(wanted, given) ? person : null
}
