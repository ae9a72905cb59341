import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { AuthKeys } from './authKeys.ts'
import type { AuthSession, AuthUser, GithubUser, Mail } from './authTypes.ts'

interface Link {
  user: string
  hash: string
  token: string
  until: number
}

interface Code {
  user: string
  challenge: string
  method: string
  until: number
}

/** How long a used token still counts as the same one, since requests come side by side (milliseconds). */
const REUSE_MS = 10_000

/** Accounts, sessions, links and codes of one project. */
export class AuthStore {
  readonly keys = new AuthKeys()
  readonly users: AuthUser[] = []
  readonly sessions: AuthSession[] = []
  readonly outbox: Mail[] = []
  readonly github: GithubUser[] = []
  private links: Link[] = []
  private readonly codes = new Map<string, Code>()
  private readonly mailed = new Map<string, number>()
  /** Seconds. */
  tokenLife = 3600
  /** Of the next token alone. */
  nextLife: number | null = null
  /** Whether whoever signs up is let in without a look at their mail. */
  autoconfirm = false
  issuer = ''
  onMail: (mail: Mail) => void = () => undefined
  /** Milliseconds that have passed besides those on the clock. */
  skew = 0

  now = (): number => Date.now() + this.skew
  private stamp = (): string => new Date(this.now()).toISOString()

  byEmail = (email: string): AuthUser | undefined => this.users.find((user) => user.email === email)
  user = (id: unknown): AuthUser | undefined => this.users.find((one) => one.id === id)

  add(email: string, password: string | null, more: Partial<AuthUser> = {}): AuthUser {
    const made: AuthUser = {
      ...{ id: randomUUID(), email: email.toLowerCase(), password, confirmedAt: null, metadata: {} },
      ...{ providers: ['email'], createdAt: this.stamp(), ...more },
    }
    this.users.push(made)
    return made
  }

  confirm(user: AuthUser): void {
    user.confirmedAt ??= this.stamp()
  }

  /** One mail a minute and address; false: too soon. */
  mail(user: AuthUser, redirectTo: string): boolean {
    if (this.now() - (this.mailed.get(user.email) ?? Number.NEGATIVE_INFINITY) < 60_000) return false
    this.mailed.set(user.email, this.now())
    const token = String(randomBytes(4).readUInt32BE() % 1_000_000).padStart(6, '0')
    const hash = createHash('sha224').update(`${user.email}${token}${randomUUID()}`).digest('hex')
    // A new link is the only one.
    this.links = this.links.filter((link) => link.user !== user.id)
    this.links.push({ user: user.id, hash, token, until: this.now() + 3_600_000 })
    const template = user.confirmedAt ? 'magiclink' : 'signup'
    const mail: Mail = { to: user.email, template, tokenHash: hash, token, redirectTo }
    this.outbox.push(mail)
    this.onMail(mail)
    return true
  }

  /** Once. */
  opened(match: { hash?: unknown; email?: unknown; token?: unknown }): AuthUser | null {
    const link = this.links.find(({ hash, user, token }) =>
      match.hash ? hash === match.hash : this.user(user)?.email === match.email && token === match.token,
    )
    if (!link || link.until < this.now()) return null
    this.links = this.links.filter((one) => one !== link)
    const user = this.user(link.user) ?? null
    if (user) this.confirm(user)
    return user
  }

  code(user: AuthUser, challenge: string, method: string): string {
    const code = randomUUID()
    this.codes.set(code, { user: user.id, challenge, method, until: this.now() + 300_000 })
    return code
  }

  exchanged(code: unknown, verifier: unknown): AuthUser | null {
    const known = this.codes.get(String(code))
    if (!known || known.until < this.now()) return null
    const given = known.method.toLowerCase() === 's256' ? sha256(String(verifier)) : String(verifier)
    if (given !== known.challenge) return null
    this.codes.delete(String(code))
    return this.user(known.user) ?? null
  }

  begin(user: AuthUser, method: string): AuthSession {
    const session: AuthSession = {
      id: randomUUID(),
      user: user.id,
      amr: [{ method, timestamp: Math.floor(this.now() / 1000) }],
      refresh: [{ token: randomBytes(9).toString('base64url'), usedAt: null }],
    }
    this.sessions.push(session)
    return session
  }

  /** Another token for a used one; one that is used again later than side by side ends its session. */
  renewed(token: unknown): AuthSession | 'used' | null {
    const session = this.sessions.find(({ refresh }) => refresh.some((one) => one.token === token))
    if (!session) return null
    const known = session.refresh.find((one) => one.token === token)!
    if (known.usedAt === null) {
      known.usedAt = this.now()
      session.refresh.push({ token: randomBytes(9).toString('base64url'), usedAt: null })
      return session
    }
    if (this.now() - known.usedAt <= REUSE_MS) return session
    this.end(({ id }) => id === session.id)
    return 'used'
  }

  end(which: (session: AuthSession) => boolean): void {
    for (let at = this.sessions.length - 1; at >= 0; at -= 1) if (which(this.sessions[at]!)) this.sessions.splice(at, 1)
  }

  /** What a session's token says. */
  claims(session: AuthSession, life = this.tokenLife): Record<string, unknown> {
    const user = this.user(session.user)!
    const seconds = Math.floor(this.now() / 1000)
    return {
      ...{ iss: this.issuer, sub: user.id, aud: 'authenticated', exp: seconds + life, iat: seconds },
      ...{ email: user.email, phone: '', role: 'authenticated', aal: 'aal1', amr: session.amr },
      ...{ session_id: session.id, is_anonymous: false },
      app_metadata: { provider: user.providers[0], providers: user.providers },
      user_metadata: { ...user.metadata, email: user.email, email_verified: user.confirmedAt !== null },
    }
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')
