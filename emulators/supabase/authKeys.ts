import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign, verify } from 'node:crypto'

interface Key {
  kid: string
  privateKey: KeyObject
  publicKey: KeyObject
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signing keys of one project: ES256, the newest signs; or the one old secret that also checks. */
export class AuthKeys {
  keys: Key[] = []
  /** Of projects that have not moved to asymmetric keys. */
  legacySecret: string | null = null

  constructor() {
    this.rotate()
  }

  rotate(): void {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.keys.push({ kid: randomUUID(), privateKey, publicKey })
  }

  /** With the newest key, or with what a test names. */
  signed(claims: object, header: Record<string, unknown> = {}): string {
    const { kid, privateKey } = this.keys.at(-1)!
    if (this.legacySecret !== null) return hmac({ alg: 'HS256', typ: 'JWT', ...header }, claims, this.legacySecret)
    const head = `${part({ alg: 'ES256', kid, typ: 'JWT', ...header })}.${part(claims)}`
    return `${head}.${sign('sha256', Buffer.from(head), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }

  /** Its claims, if the signature is ours. */
  read(token: string, nowSeconds: number): Record<string, unknown> | null {
    const [header = '', body = '', signature = ''] = token.split('.')
    try {
      const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
      if (claims.exp <= nowSeconds) return null
      if (alg === 'HS256' && this.legacySecret !== null)
        return token ===
          hmac({ ...JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) }, claims, this.legacySecret)
          ? claims
          : null
      const key = alg === 'ES256' && this.keys.find((one) => one.kid === kid)
      if (!key) return null
      const how = { key: key.publicKey, dsaEncoding: 'ieee-p1363' } as const
      return verify('sha256', Buffer.from(`${header}.${body}`), how, Buffer.from(signature, 'base64url'))
        ? claims
        : null
    } catch {
      return null
    }
  }

  jwks(): object {
    const shown = this.legacySecret === null ? this.keys : []
    return {
      keys: shown.map(({ kid, publicKey }) => ({
        ...publicKey.export({ format: 'jwk' }),
        ...{ kid, alg: 'ES256', use: 'sig', key_ops: ['verify'], ext: true },
      })),
    }
  }
}

/** A token under a shared secret, as anybody makes one who knows it. */
export function hmac(header: object, claims: object, secret: string): string {
  const head = `${part(header)}.${part(claims)}`
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`
}
