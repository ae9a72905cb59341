import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { ISql } from 'postgres'
import { owner, type Person, personById, setOwner } from '../store/people.ts'

const derive = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer>

/** OWASP's second scrypt setting: N = 2^16, r = 8, p = 2; about 64 MB for one try. */
const COST = { N: 2 ** 16, r: 8, p: 2, maxmem: 160 * 1024 * 1024 }

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt, 32, COST)).toString('base64url')}`
}

export async function makeOwner(sql: ISql, name: string, password: string): Promise<void> {
  if (await owner(sql)) return
  await setOwner(sql, name, await hashPassword(password))
}

let queue: Promise<unknown> = Promise.resolve()
const SECOND_TRY_MS = 500

export const signIn = (sql: ISql, password: string): Promise<Person | null> =>
  inTurn(async () => tryOnce(await owner(sql), password))

/** Somebody who is signed in types the password again. */
export const passwordIs = async (sql: ISql, person: number, password: string): Promise<boolean> =>
  (await inTurn(async () => tryOnce(await personById(sql, person), password))) !== null

/** One try at a time and half a second apart for the whole process: a guess costs the guesser, not the memory. */
function inTurn(guess: () => Promise<Person | null>): Promise<Person | null> {
  const turn = queue.then(guess)
  queue = turn.then(
    (person) => (person ? undefined : new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS))),
    () => undefined,
  )
  return turn
}

async function tryOnce(person: Person | null, password: string): Promise<Person | null> {
  const [, salt = '', hash = ''] = person?.passwordHash.split('$') ?? []
  const given = await derive(password.slice(0, 200), Buffer.from(salt, 'base64url'), 32, COST)
  const wanted = Buffer.from(hash, 'base64url')
  return person && wanted.length === given.length && timingSafeEqual(wanted, given) ? person : null
}
