import { type SealingKey, sealingKey } from '../domain/sealed.ts'

/**
 * `ENCRYPTION_KEY`: 32 bytes in base64 or hex, or several with commas between them. The first seals what is kept from now
 * on; the others open what was sealed before, until all of it was sealed anew.
 */
export function parseEncryption(env: Record<string, string | undefined>): { keys: SealingKey[]; problems: string[] } {
  const given = (env.ENCRYPTION_KEY ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean)
  const keys = given.map(sealingKey)
  if (keys.every((key) => key !== null)) return { keys: keys as SealingKey[], problems: [] }
  return { keys: [], problems: ['ENCRYPTION_KEY: 32 bytes in base64 or hex, such as `openssl rand -base64 32` gives'] }
}
