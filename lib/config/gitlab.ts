import { z } from 'zod'
import type { CodeChoice } from '../domain/codeChoice.ts'
import { gitChoice } from './git.ts'

const token = z.string().regex(/^[\x21-\x7e]+$/, 'is a token without spaces')

export const GitlabEnv = z.object({
  /** A project access token: role Developer or Maintainer, scopes `api` and `write_repository`. */
  GITLAB_TOKEN: token,
  /** For what only reads: scope `read_repository`. */
  GITLAB_READ_TOKEN: token.optional(),
  /** An instance of one's own: `https://git.example.com`. */
  GITLAB_URL: z
    .string()
    .regex(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[\w./-]*)?$/i, 'has to begin with https://, and hold no login')
    .default('https://gitlab.com'),
})

export function gitlabChoice(env: Record<string, string | undefined>): {
  choice: CodeChoice | null
  problems: string[]
} {
  const parsed = GitlabEnv.safeParse(env)
  const problems = (parsed.error?.issues ?? []).map((issue) => {
    const name = issue.path.join('.')
    return name === 'GITLAB_TOKEN' && !env.GITLAB_TOKEN ? `${name}: CODE=gitlab needs it` : `${name}: ${issue.message}`
  })
  const git = gitChoice(env, problems)
  if (git.proxy) problems.push('GIT_PROXY: GitLab’s API is not asked through one; use CODE=git')
  if (!parsed.success || problems.length > 0) return { choice: null, problems }
  const { GITLAB_TOKEN: write, GITLAB_READ_TOKEN: read = null, GITLAB_URL } = parsed.data
  return { choice: { kind: 'gitlab', url: GITLAB_URL.replace(/\/+$/, ''), login: { write, read }, ...git }, problems }
}
