import { createPrivateKey } from 'node:crypto'
import { z } from 'zod'
import type { CodeChoice, GithubLogin } from '../domain/codeChoice.ts'
import { GitEnv, gitChoice } from './git.ts'
import { GitlabEnv, gitlabChoice } from './gitlab.ts'

export const CODES = ['git', 'github', 'gitlab'] as const

/** Where projects' code is, and as whom it is reached. */
const Env = z.object({
  CODE: z.enum(CODES).default('git'),
  /** A GitHub App: its number, and its key as GitHub hands it out (PKCS#1) or as PKCS#8; line ends may be `\n`. */
  GITHUB_APP_ID: z.coerce.number().int().positive().optional(),
  GITHUB_PRIVATE_KEY: z.string().min(1).optional(),
  /** What webhooks are signed with; without it none are taken, and clocks find everything. */
  GITHUB_WEBHOOK_SECRET: z.string().min(16, 'at least 16 characters, since whoever guesses it may ring').optional(),
  /** Instead of an App: a fine-grained token. */
  GITHUB_TOKEN: z.string().min(1).optional(),
  /** GitHub Enterprise Server: `https://<host>/api/v3`. */
  GITHUB_API_URL: z.url().default('https://api.github.com'),
})

/** Every setting there is about code hosts; a start hands these on to the server. */
export const CODE_SETTINGS = [...Object.keys(Env.shape), ...Object.keys(GitEnv.shape), ...Object.keys(GitlabEnv.shape)]

type Problems = string[]

/** Everything that is missing or malformed at once; nothing of the choice that was not taken. */
export function parseCode(env: Record<string, string | undefined>): { choice: CodeChoice | null; problems: Problems } {
  // What is set to nothing is not set.
  const given = Object.fromEntries(CODE_SETTINGS.map((name) => [name, env[name]?.trim() || undefined]))
  if ((given.CODE ?? 'git') === 'git') {
    const problems: Problems = []
    const choice: CodeChoice = { kind: 'git', ...gitChoice(given, problems) }
    return { choice: problems.length > 0 ? null : choice, problems }
  }
  if (given.CODE === 'gitlab') return gitlabChoice(given)
  const parsed = Env.safeParse(given)
  const problems = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const login = loginOf(given, problems)
  const apiUrl = (given.GITHUB_API_URL ?? 'https://api.github.com').replace(/\/+$/, '')
  if (!isFit(apiUrl)) problems.push('GITHUB_API_URL: it has to begin with https://, since credentials are sent there')
  if (!parsed.success || !login || problems.length > 0) return { choice: null, problems: [...new Set(problems)] }
  return {
    choice: { kind: 'github', apiUrl, login, webhookSecret: parsed.data.GITHUB_WEBHOOK_SECRET ?? null },
    problems,
  }
}

/** Where GitHub is, whether or not code is there yet: an App is made before there is a login. */
export function parseGithubSite(env: Record<string, string | undefined>): { api: string; web: string } {
  const api = (env.GITHUB_API_URL?.trim() || 'https://api.github.com').replace(/\/+$/, '')
  if (!isFit(api)) return { api: 'https://api.github.com', web: 'https://github.com' }
  const { origin, hostname } = new URL(api)
  return { api, web: hostname === 'api.github.com' ? 'https://github.com' : origin }
}

function loginOf(env: Record<string, string | undefined>, problems: Problems): GithubLogin | null {
  const { GITHUB_TOKEN: token, GITHUB_APP_ID: id, GITHUB_PRIVATE_KEY: key } = env
  if (token && (id || key)) {
    problems.push('GITHUB_TOKEN: an App is named as well, and only one of them can be whom commits are by')
    return null
  }
  if (token) return { kind: 'token', token }
  if (!id) problems.push('GITHUB_APP_ID: CODE=github needs it, or a fine-grained GITHUB_TOKEN')
  if (!key) problems.push('GITHUB_PRIVATE_KEY: CODE=github needs it')
  const privateKey = key ? pkcs8(key) : null
  if (key && !privateKey) problems.push('GITHUB_PRIVATE_KEY: it is no RSA key in PEM')
  return id && privateKey ? { kind: 'app', appId: Number(id), privateKey } : null
}

/** In the one form that signs everywhere; null for what is no RSA key. Its text is in no message. */
function pkcs8(pem: string): string | null {
  try {
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'))
    return key.asymmetricKeyType === 'rsa' ? key.export({ type: 'pkcs8', format: 'pem' }).toString() : null
  } catch {
    return null
  }
}

/** On this machine alone an address may do without TLS. */
function isFit(address: string): boolean {
  const url = URL.parse(address)
  if (!url || url.username || url.password || url.search || url.hash) return false
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname))
  )
}
