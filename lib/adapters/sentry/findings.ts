import { type Finding, ill, noted, well } from '../../domain/finding.ts'
import type { Project } from '../../domain/project.ts'
import { recordOf, textOf } from '../../parse/loose.ts'
import { type SentryAccess, sentryApi } from './api.ts'
import { SentryTrouble } from './trouble.ts'

type Access = SentryAccess & { writeToken: string | null }

/** Whether the tokens are known at Sentry and reach the project. What a token may do beyond, Sentry says nowhere. */
export async function sentryFindings(access: Access, { settings }: Project): Promise<Finding[]> {
  const slug = settings.sentry?.project
  if (!slug)
    return [
      noted(
        'project in Sentry',
        'the project names none, so Sentry is not asked',
        'Set sentry.project in its settings.',
      ),
    ]
  const found = [await looked('SENTRY_TOKEN', () => readable(access, slug))]
  const { writeToken } = access
  if (writeToken) found.push(await looked('SENTRY_WRITE_TOKEN', () => known({ ...access, token: writeToken }, slug)))
  else found.push(noted('SENTRY_WRITE_TOKEN', 'it is not set: nothing is told to Sentry about how an issue ended'))
  if (writeToken && writeToken === access.token)
    found.push(noted('tokens of Sentry', 'whoever reads could write', 'Give SENTRY_TOKEN a token without event:write.'))
  return found
}

async function readable(access: SentryAccess, slug: string): Promise<Finding> {
  const there = await known(access, slug)
  if (there.state !== 'ok') return there
  await sentryApi(access).get('/issues', { project: slug, limit: 1, query: '' })
  return well('SENTRY_TOKEN', `it reads the issues of ${slug}`)
}

async function known(access: SentryAccess, slug: string): Promise<Finding> {
  const { json } = await sentryApi(access).get('/projects')
  const names = Array.isArray(json) ? json.map((one) => textOf(recordOf(one).slug)) : []
  return names.includes(slug)
    ? well('SENTRY_WRITE_TOKEN', `it is known, and ${slug} is there`)
    : ill(
        'project in Sentry',
        `${access.org} has no project ${slug} that this token sees`,
        'Correct sentry.project in the settings.',
      )
}

const look: Record<string, string> = {
  unauthorized: 'Make a new token in the internal integration.',
  forbidden: 'Give it event:read and project:read; event:write for the one that writes.',
  missing: 'Correct SENTRY_ORG and sentry.project in the settings.',
}

const looked = (name: string, ask: () => Promise<Finding>): Promise<Finding> =>
  ask().catch((error: unknown) => {
    if (!(error instanceof SentryTrouble)) throw error
    const { state, why } = error.trouble
    const todo = look[state]
    return todo ? ill(name, why, todo) : noted(name, why, 'Nothing to do: it is asked again.')
  })
