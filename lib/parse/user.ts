import { createHmac } from 'node:crypto'
import { isObject } from './json.ts'

const HASHED = /^user:[0-9a-f]{16}$/
/** What tells people apart, best first. An address on the network does not: many share one. */
const NAMES = ['id', 'email', 'username']

/**
 * `user:<16 hex>` for an event's user (an object, or its id alone), or null when it names none: the first 64 bits of
 * HMAC-SHA256 under the project's salt, enough to tell users apart, useless without the salt.
 */
export function redactUser(user: unknown, salt: string): string | null {
  const id = isObject(user) ? NAMES.map((name) => identity(user[name])).find((found) => found !== null) : identity(user)
  if (id === null || id === undefined) return null
  return `user:${createHmac('sha256', salt).update(id).digest('hex').slice(0, 16)}`
}

/** A user's hash as `redactUser` makes it; anything else is not carried on. */
export const hashedUser = (value: unknown): string | null =>
  typeof value === 'string' && HASHED.test(value) ? value : null

function identity(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
