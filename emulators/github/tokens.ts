import { createPublicKey, generateKeyPairSync, randomBytes, randomInt, verify } from 'node:crypto'
import { endRepositoryOf } from './shapes.ts'
import type { Access, Answer, Login, Permissions } from './types.ts'
import { no } from './types.ts'

export interface Installation {
  id: number
  owner: string
  repositories: string[]
  permissions: Permissions
  suspended: boolean
}

interface Token {
  login: Login
  /** Milliseconds. */
  expires: number
  revoked: boolean
  /** Calls it is not known for yet: new tokens take a moment to be replicated. */
  unknownFor: number
}

export const LEAST: Permissions = {
  ...{ metadata: 'read', contents: 'write', pull_requests: 'write', issues: 'write' },
  ...{ checks: 'read', statuses: 'read', deployments: 'write' },
}
const HOUR = 3_600_000

/** One App with its key pair, its installations, and every token that was ever handed out. */
export class Tokens {
  readonly appId = 4711
  slug = 'nightshift'
  /** What the App asks for. */
  permissions: Permissions = LEAST
  /** PKCS#1, as the site hands it out. */
  readonly privateKey: string
  readonly installations: Installation[] = []
  /** Of an installation's tokens: an hour, or what a test has time for. */
  lifetimeMs = HOUR
  /** How many calls a new installation token is unknown for. */
  replication = 0
  /** By how much the clock of whoever signs may be off, in milliseconds. */
  skewAllowed = 5000
  private readonly publicKey: string
  private readonly tokens = new Map<string, Token>()
  private readonly now: () => number

  constructor(now: () => number) {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    this.privateKey = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    this.publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    this.now = now
  }

  /** Who sends this header; an answer where nobody knows. */
  login(header: string | undefined): Login | Answer {
    const value = /^(?:bearer|token) (.+)$/i.exec(header ?? '')?.[1]
    if (!value) return no(401, 'Requires authentication')
    const known = this.tokens.get(value)
    if (known) {
      if (known.unknownFor > 0) known.unknownFor -= 1
      else if (!known.revoked && known.expires > this.now()) return known.login
      return no(401, 'Bad credentials')
    }
    return this.jwt(value)
  }

  private jwt(value: string): Login | Answer {
    const [head = '', body = '', signature = ''] = value.split('.')
    const part = (text: string) =>
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Record<string, unknown>
    try {
      const { alg } = part(head)
      const { iss, iat, exp } = part(body) as { iss: string | number; iat: number; exp: number }
      const signed = verify(
        'RSA-SHA256',
        Buffer.from(`${head}.${body}`),
        createPublicKey(this.publicKey),
        Buffer.from(signature, 'base64url'),
      )
      const seconds = this.now() / 1000
      if (alg !== 'RS256' || !signed || Number(iss) !== this.appId)
        return no(401, 'A JSON web token could not be decoded')
      if (iat > seconds + this.skewAllowed / 1000)
        return no(
          401,
          "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
        )
      if (exp > seconds + 655 + this.skewAllowed / 1000)
        return no(401, "'Expiration time' claim ('exp') is too far in the future")
      if (exp <= seconds - this.skewAllowed / 1000)
        return no(
          401,
          "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
        )
      return { kind: 'app', name: `${this.slug}[bot]`, permissions: {}, repositories: [] }
    } catch {
      return no(401, 'Bad credentials')
    }
  }

  install(owner: string, repositories: string[], permissions: Permissions = this.permissions): Installation {
    const made = { id: randomInt(1_000, 1_000_000_000), owner, repositories, permissions, suspended: false }
    this.installations.push(made)
    return made
  }

  /** `POST /app/installations/{id}/access_tokens`. */
  issue(id: number, asked: { repositories?: string[]; permissions?: Permissions }): Answer {
    const installation = this.installations.find((one) => one.id === id)
    if (!installation) return no(404, 'Not Found')
    if (installation.suspended) return no(403, 'This installation has been suspended')
    const wanted = asked.permissions ?? installation.permissions
    const beyond = Object.entries(wanted).filter(([name, access]) => !allows(installation.permissions[name], access))
    if (beyond.length > 0) return no(422, 'The permissions requested are not granted to this installation.')
    const names = asked.repositories?.map((name) => `${installation.owner}/${name}`) ?? installation.repositories
    if (names.some((name) => !installation.repositories.includes(name)))
      return no(
        422,
        'There is at least one repository that does not exist or is not accessible to the parent installation.',
      )
    // The stateless form: an id, a JWT with its dots, and about 520 characters in all.
    const jwt = [60, 240, 190].map((bytes) => randomBytes(bytes).toString('base64url')).join('.')
    const token = `ghs_${this.appId}_${jwt.slice(0, 512)}`
    const expires = this.now() + this.lifetimeMs
    const login = { kind: 'installation' as const, name: `${this.slug}[bot]`, permissions: wanted, repositories: names }
    this.tokens.set(token, { login, expires, revoked: false, unknownFor: this.replication })
    const repositories = names.map((full, i) => {
      const [owner = '', name = ''] = full.split('/')
      return endRepositoryOf({ owner, name, id: i + 1 })
    })
    const selection = asked.repositories
      ? { repository_selection: 'selected', repositories }
      : { repository_selection: 'all' }
    return {
      status: 201,
      json: { token, expires_at: new Date(expires).toISOString(), permissions: wanted, ...selection },
    }
  }

  /** A person's token of her own: fine-grained, or a classic one, which may do everything she may. */
  personal(kind: 'fine-grained' | 'classic', repositories: string[], permissions: Permissions = LEAST): string {
    const token = `${kind === 'classic' ? 'ghp_' : 'github_pat_'}${randomBytes(30).toString('hex')}`
    const login = { kind, name: 'ada', permissions, repositories: kind === 'classic' ? null : repositories }
    this.tokens.set(token, { login, expires: this.now() + 90 * 24 * HOUR, revoked: false, unknownFor: 0 })
    return token
  }

  /** Installation tokens that were handed out, oldest first. */
  issued = () =>
    [...this.tokens]
      .filter(([, { login }]) => login.kind === 'installation')
      .map(([token, { login }]) => ({ token, ...login }))

  revokeAll(): void {
    for (const token of this.tokens.values()) token.revoked = true
  }
}

export const allows = (has: Access | undefined, needs: Access): boolean => has === 'write' || has === needs
