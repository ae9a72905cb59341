import { randomBytes } from 'node:crypto'
import { type EmulatedGithub, emulateGithub } from '../github/server.ts'
import type { Repo } from '../github/types.ts'
import { type EmulatedSendGrid, emulateSendGrid } from '../sendgrid.ts'
import { type EmulatedSentry, emulateSentry } from '../sentry.ts'
import { type EmulatedSlack, emulateSlack } from '../slack.ts'
import { type EmulatedAuth, servesSite, startSupabaseAuth } from '../supabase/auth.ts'
import { type EmulatedSupabase, emulateSupabase } from '../supabase/management.ts'
import { type EmulatedVercel, startVercel } from '../vercel/start.ts'
import { type EmulatedSandboxes, type EmulatorOptions, emulateSandboxes } from '../vercelSandbox.ts'
import { type Clocks, openClocks } from './clocks.ts'
import { openIngest, type SentryIngest } from './ingest.ts'
import { ofAccounts, ofGithub, ofMachines, ofMail, ofSentry, ofSlack, ofSupabase, ofVercel } from './settings.ts'
import { openWindow } from './window.ts'

export interface AccountsOptions {
  /** The app's name everywhere: at the platform, as a repository, as a project. */
  app: string
  /** Bare repository behind the code host. */
  repository: string
  /** What builds and serves behind the deploy host. */
  platform: { url: string; token: string }
  /** What machines for untrusted code are made of; null: there are none. */
  machines: EmulatorOptions | null
  /** Where Nightshift answers; webhooks and drains go there. */
  nightshift: string
  /** The same, as browsers call it. */
  site: string
}

/** The accounts of a team whose app is hosted, emulated: everything Nightshift needs to be told to work with them. */
export interface Accounts {
  github: EmulatedGithub
  repo: Repo
  vercel: EmulatedVercel
  sentry: EmulatedSentry
  ingest: SentryIngest
  slack: EmulatedSlack
  mail: EmulatedSendGrid
  /** Where people have accounts. */
  people: EmulatedAuth
  /** Logs and advisors of a database; the project says whether it is the app's. */
  supabase: EmulatedSupabase
  machines: EmulatedSandboxes | null
  clocks: Clocks
  /** A page of what each of them was told. */
  window: string
  /** Settings of Nightshift's server, by their names. */
  settings: Record<string, string>
  /** Settings of its project. */
  project: {
    repository: string
    vercel: { project: string; domain: string; staging: { domain: string; environment: string } }
    sentry: { project: string; repository: string }
  }
  /** What can only be set up once Nightshift answers: drains. */
  connect(): Promise<void>
  close(): Promise<void>
}

const OWNER = 'acme'
/** Batches of a drain. */
const DRAIN_MS = 1000
const secret = () => randomBytes(24).toString('hex')

export async function openAccounts(options: AccountsOptions): Promise<Accounts> {
  const { app, repository, nightshift } = options
  const name = `${OWNER}/${app}`
  const [github, sentry, slack, mail, people, supabase, machines] = await Promise.all([
    emulateGithub(),
    emulateSentry(OWNER),
    emulateSlack(),
    emulateSendGrid(),
    startSupabaseAuth(),
    emulateSupabase(),
    options.machines && emulateSandboxes(options.machines),
  ])
  const vercel = await startVercel({ ...options.platform, app }, { name: app, bypassSecret: secret() })
  const ingest = await openIngest(sentry)
  const repo = github.service.host(name, repository)
  github.service.tokens.install(OWNER, [name])
  sentry.store.project(app)
  sentry.store.repositories.add(name)
  const secrets = { github: secret(), sentry: secret(), drain: secret() }
  github.service.hooks.subscribe(`${nightshift}/api/webhooks/github`, secrets.github)
  ingest.alert(`${nightshift}/api/webhooks/sentry`, secrets.sentry)
  const hook = await asTeam(vercel, '/v1/webhooks', {
    url: `${nightshift}/api/webhooks/vercel`,
    events: [
      'deployment.created',
      'deployment.ready',
      'deployment.error',
      'deployment.promoted',
      'deployment.rollback',
    ],
  })
  const flushing = setInterval(() => void vercel.drains.flush(), DRAIN_MS)
  const { domains, settings: account } = vercel
  const links: string[] = []
  servesSite(people, options.site, (link) => links.push(link))
  const clocks = openClocks(nightshift)
  const parts = { github, repo, vercel, sentry, ingest, slack, mail, people, supabase, machines, clocks }
  const window = await openWindow({ ...parts, links }, nightshift)
  return {
    ...parts,
    window: window.url,
    settings: {
      ...ofGithub(github, secrets.github),
      ...ofVercel(vercel, { webhook: String(hook.secret), drain: secrets.drain }),
      ...ofSentry(sentry, secrets.sentry),
      ...ofSlack(slack),
      ...ofMail(mail),
      ...ofAccounts(people),
      ...ofSupabase(supabase),
      ...(machines ? ofMachines(machines) : {}),
    },
    project: {
      repository: name,
      vercel: {
        project: account.projectId,
        domain: domains.production,
        staging: { domain: domains.staging, environment: 'staging' },
      },
      sentry: { project: app, repository: name },
    },
    async connect() {
      const delivery = { type: 'http', endpoint: `${nightshift}/api/drains/vercel`, encoding: 'ndjson' }
      const body = {
        ...{
          name: 'nightshift',
          projects: 'some',
          projectIds: [account.projectId],
          schemas: { log: { version: 'v1' } },
        },
        delivery: { ...delivery, compression: 'none', secret: secrets.drain },
      }
      await asTeam(vercel, '/v1/drains', body)
    },
    async close() {
      clearInterval(flushing)
      for (const one of [clocks, window, people, ingest, mail, slack, sentry, supabase, vercel, github, machines])
        await one?.close()
    },
  }
}

/** A call with the team's own login. */
export async function asTeam(vercel: EmulatedVercel, path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${vercel.url}${path}?teamId=${vercel.settings.teamId}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${vercel.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`the emulated host answered ${path} with ${response.status}`)
  const text = await response.text()
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}
