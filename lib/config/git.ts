import { z } from 'zod'
import type { GitChoice, GitToken } from '../domain/codeChoice.ts'
import { usualUser } from '../domain/gitLogin.ts'

/** How git reaches what is not on this machine. */
export const GitEnv = z.object({
  /** Without it: the program where there is one. */
  GIT: z.enum(['binary', 'isomorphic']).optional(),
  /** One token for every project on one host; a project's own (`nightshift connect`) goes before it. */
  GIT_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'is a token without spaces')
    .optional(),
  /** For what only reads, so that it holds none that may push. */
  GIT_READ_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'is a token without spaces')
    .optional(),
  /** Whom tokens are shown to; nobody else is. */
  GIT_HOST: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'a host without a scheme, such as git.example.com')
    .optional(),
  GIT_USERNAME: z
    .string()
    .regex(/^[\w.@+-]{1,100}$/)
    .optional(),
  /** A PEM with further authorities that may vouch for a host. */
  GIT_CAFILE: z.string().startsWith('/').optional(),
  GIT_PROXY: z
    .url()
    .regex(/^https?:\/\//)
    .optional(),
})

/** What git needs, from variables that are set; problems are added to those there are. */
export function gitChoice(env: Record<string, string | undefined>, problems: string[]): GitChoice {
  const parsed = GitEnv.safeParse(env)
  problems.push(...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  const { GIT, GIT_TOKEN, GIT_READ_TOKEN, GIT_HOST, GIT_USERNAME, GIT_CAFILE, GIT_PROXY } = parsed.data ?? {}
  if (GIT_READ_TOKEN && !GIT_TOKEN)
    problems.push('GIT_TOKEN: GIT_READ_TOKEN is for what reads, and something has to push')
  if (GIT_TOKEN && !GIT_HOST) problems.push('GIT_HOST: GIT_TOKEN is shown to one host, and has to know which')
  if (GIT === 'isomorphic' && GIT_PROXY)
    problems.push('GIT_PROXY: GIT=isomorphic goes through no proxy; the program git does')
  const token: GitToken | null =
    GIT_TOKEN && GIT_HOST
      ? { host: GIT_HOST, user: GIT_USERNAME ?? usualUser(GIT_HOST), write: GIT_TOKEN, read: GIT_READ_TOKEN ?? null }
      : null
  return { program: GIT ?? null, token, cafile: GIT_CAFILE ?? null, proxy: GIT_PROXY ?? null }
}
