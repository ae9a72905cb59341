import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

const ROUNDS = 4096

/**
 * What PostgreSQL keeps of a password (RFC 5803), made here so that the password itself travels to no server and into no
 * log. Printable ASCII alone: beyond it both sides would first have to agree on how to spell a letter.
 */
export function scramOf(password: string, salt: Buffer = randomBytes(16)): string {
  if (!/^[\x20-\x7e]{1,1000}$/.test(password)) throw new Error('A password of the database is printable ASCII.')
  const salted = pbkdf2Sync(password, salt, ROUNDS, 32, 'sha256')
  const hmac = (word: string) => createHmac('sha256', salted).update(word).digest()
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ROUNDS}:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`
}
