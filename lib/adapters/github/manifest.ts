import { z } from 'zod'
import { Fault } from '../../errors.ts'
import { guardedFetch } from '../http/guardedFetch.ts'
import { isHere } from '../knock.http.ts'
import { APP_EVENTS, APP_PERMISSIONS, NEVER } from './permissions.ts'

export interface GithubSite {
  api: string
  /** Where people meet it. */
  web: string
}

/** Pages of ours that GitHub leads back to. */
const BACK = '/dashboard/agent-control/connect/github/back'

/** The manifest of an App of this installation's own, and where it is posted: to a person's account, or an organization's. */
export function appForm({ web }: GithubSite, url: string, state: string) {
  const ours = url.replace(/\/+$/, '')
  const reachable = !isHere(new URL(ours).hostname)
  const manifest = {
    // GitHub's limit is 34 characters, and names are unique among all Apps.
    name: `Nightshift ${new URL(ours).host}`.slice(0, 34),
    url: ours,
    // An address nobody reaches is refused; clocks find the same without it.
    ...(reachable ? { hook_attributes: { url: `${ours}/api/webhooks/github`, active: true } } : {}),
    ...{ redirect_url: `${ours}${BACK}`, setup_url: `${ours}${BACK}`, public: false },
    ...{ default_permissions: APP_PERMISSIONS, default_events: reachable ? APP_EVENTS : [] },
  }
  return {
    action: `${web}/settings/apps/new?state=${encodeURIComponent(state)}`,
    ofOrganization: `${web}/organizations/{organization}/settings/apps/new?state=${encodeURIComponent(state)}`,
    manifest: JSON.stringify(manifest),
    permissions: Object.entries(APP_PERMISSIONS).map(([name, access]): [string, string] => [name, access]),
  }
}

const Converted = z.object({
  id: z.number().int().positive(),
  slug: z.string().regex(/^[a-z0-9-]{1,100}$/),
  webhook_secret: z.string().max(200).nullish(),
  pem: z.string().min(100).max(10_000),
  permissions: z.record(z.string(), z.string()).default({}),
})

export interface NewApp {
  id: number
  slug: string
  privateKey: string
  webhookSecret: string | null
}

const PATIENCE_MS = 15_000

/** A code for the App's credentials: once, within an hour, never repeated. An App that may too much is not taken. */
export async function convertCode({ api }: GithubSite, code: string): Promise<NewApp> {
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    'user-agent': 'nightshift',
  }
  const path = `${api}/app-manifests/${encodeURIComponent(code)}/conversions`
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const answer = await guardedFetch()(path, { method: 'POST', headers, signal }).catch((): never => {
    throw new Fault('CODE_UNREACHABLE', `GitHub gave no answer, and its code is good once. ${ANEW}`)
  })
  const text = await answer.text()
  if (answer.status === 404) throw new Fault('CONNECTION_OVER', 'GitHub’s code was used before, or is an hour old.')
  const read = answer.status === 201 ? Converted.safeParse(parsed(text)) : null
  if (!read?.success) throw new Fault('CODE_UNREACHABLE', `GitHub answered ${answer.status} with no App. ${ANEW}`)
  const { id, slug, pem, webhook_secret: webhookSecret, permissions } = read.data
  const more = NEVER.filter((name) => permissions[name])
  if (more.length > 0)
    throw new Fault('GITHUB_OVER_SCOPED', `The App ${slug} has ${more.join(' and ')}. Delete it there.`)
  return { id, slug, privateKey: pem, webhookSecret: webhookSecret ?? null }
}

const ANEW = 'Delete the App there, and make another one.'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Where an App is put on repositories. */
export const installAt = ({ web }: GithubSite, slug: string, state: string): string =>
  `${web}/apps/${slug}/installations/new?state=${encodeURIComponent(state)}`
