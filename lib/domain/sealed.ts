import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** A key of 32 bytes that seals what is kept; known by the first digits of its hash, so that none needs a name. */
export interface SealingKey {
  kid: string
  key: Buffer
}

/** 32 bytes in base64 or hex; null for anything else. */
export function sealingKey(text: string): SealingKey | null {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length !== 32 || !/^[\w+/=-]+$/.test(text)) return null
  return { kid: createHash('sha256').update(key).digest('hex').slice(0, 8), key }
}

/** `v1.<kid>.<iv>.<tag>.<ct>`: AES-256-GCM, bound to the row it is kept in, so that no row can be given another's. */
export function seal({ kid, key }: SealingKey, row: string, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(row))
  const ct = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return ['v1', kid, ...[iv, cipher.getAuthTag(), ct].map((part) => part.toString('base64url'))].join('.')
}

/** Null where none of the keys sealed it, or it was changed or moved since. */
export function unseal(keys: SealingKey[], row: string, sealed: string): string | null {
  const [version, kid, ...parts] = sealed.split('.')
  const known = keys.find((one) => one.kid === kid)
  if (version !== 'v1' || parts.length !== 3 || !known) return null
  const [iv, tag, ct] = parts.map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer, Buffer]
  if (iv.length !== 12 || tag.length !== 16) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', known.key, iv, { authTagLength: 16 })
    decipher.setAAD(Buffer.from(row)).setAuthTag(tag)
    return Buffer.concat([decipher.update(ct), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

export const sealedBy = (sealed: string): string => sealed.split('.')[1] ?? ''
