/** Somebody who has an account. */
export interface AuthUser {
  id: string
  email: string
  password: string | null
  confirmedAt: string | null
  /** What they may write themselves, and what they may not. */
  metadata: Record<string, unknown>
  providers: string[]
  createdAt: string
}

export interface AuthSession {
  id: string
  user: string
  /** How they proved who they are, and when (seconds). */
  amr: { method: string; timestamp: number }[]
  /** Newest last. `at`: when it was used (milliseconds). */
  refresh: { token: string; usedAt: number | null }[]
}

export interface Mail {
  to: string
  /** Which of the templates. */
  template: 'signup' | 'magiclink'
  tokenHash: string
  /** The six digits. */
  token: string
  redirectTo: string
}

export interface GithubUser {
  login: string
  email: string
  verified: boolean
}

export interface Answer {
  status: number
  json?: unknown
  headers?: Record<string, string>
  html?: string
}

/** GoTrue's way of saying no. */
export const no = (status: number, error_code: string, msg: string): Answer => ({
  status,
  json: { code: status, error_code, msg },
})
