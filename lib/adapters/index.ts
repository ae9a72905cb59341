import { join } from 'node:path'
import type { Sql } from 'postgres'
import type { Config } from '../config.ts'
import type { Look } from '../domain/finding.ts'
import type { Project } from '../domain/project.ts'
import type { SelfTest } from '../domain/sandbox.ts'
import type { Observer } from '../world/observer.ts'
import type { Actor, Anchors, Auth, Chat, Clock, DeployActor, Hook, Reader, Ring, Runner } from '../world.ts'

import { fileAnchors } from './anchors.file.ts'
import { passwordAuth } from './auth.password.ts'
import { supabaseAuth } from './auth.supabase.ts'
import { channelsOf, chatOf } from './channels.ts'
import { codeActors, codeFindings, codeReaders, reviews } from './code/assemble.ts'
import { processDeploy } from './deploy.process.ts'
import { vercelDeploys } from './deploy.vercel.ts'
import { looked, ofInstallation, ofProject } from './findings.ts'
import { githubHook } from './github/later.ts'
import { type OpenModel, openModels } from './model/assemble.ts'
import { inboxNotify } from './notify.inbox.ts'
import { observing } from './observe/assemble.ts'
import { probeWith } from './probe.http.ts'
import { httpRing, noRing } from './ring.http.ts'
import { sandboxOf } from './sandbox/assemble.ts'
import { testedFirst } from './sandbox/tested.ts'
import { bubblewrap } from './sandbox.bubblewrap.ts'
import { sentrySource } from './source.sentry.ts'
import { supabaseSource } from './source.supabase.ts'
import { sentryTracker } from './tracker.sentry.ts'
import { vercelConnection } from './vercel/connect.ts'
import { countedIn } from './vercel/counted.ts'
import { type KnownHosts, knownHosts } from './vercel/hosts.ts'

/** Config → the three zones, each with only its own ports. The only importer of the adapters. */

const clock: Clock = { now: () => new Date() }

export const ringer = (config: Config): Ring => (config.rings ? httpRing(config.url, config.cronSecret) : noRing)

export function reader(config: Config, sql: Sql, ring: Ring): Reader {
  const open = models(config)
  const deploy = deploys(config, sql, knownHosts(null))
  return {
    sql,
    clock,
    ring,
    ownMark: config.ownMark,
    model: open && ((budget, name) => open(budget, join(config.home, 'transcripts', name))),
    code: codeReaders(config, sql),
    deploy: (project) => {
      const { serving, deployment, traffic } = deploy(project)
      return { serving, deployment, traffic }
    },
    sources: ({ settings }) => [
      ...(config.sentry && settings.sentry ? [sentryOf(config.sentry, settings.sentry.project)] : []),
      ...(config.supabase && settings.supabase ? [supabaseSource(config.supabase, settings.supabase.ref)] : []),
    ],
  }
}

const sentryOf = ({ url, org, token }: NonNullable<Config['sentry']>, project: string) =>
  sentrySource({ url, org, token }, project)

/** `learn`: told what each self-test came to; with it the first run is tested first. */
export function runner(config: Config, programs: string, learn?: (test: SelfTest) => Promise<void>): Runner {
  const sandbox = sandboxOf(config, programs)
  return { sandbox: learn ? testedFirst(sandbox, learn) : sandbox }
}

export { codeFindings } from './code/assemble.ts'
/** For the command line: the key a repository's host shows, for a person to compare. */
export { scanHost } from './git/scan.ts'

/** A sandbox alone, for the command line. */
export const sandboxAt = bubblewrap

/** Once a zone: what it remembers of deployments, and of their addresses, is its own. */
function deploys({ deploy }: Config, sql: Sql, hosts: KnownHosts): (project: Project) => DeployActor {
  if (deploy.kind === 'process') return (project) => processDeploy(deploy, project)
  return vercelDeploys({ access: deploy, hosts, counted: countedIn(sql) })
}

/**
 * For `nightshift doctor`: what the adapters find, of the installation and of each project. Harmless calls alone; each
 * adapter says what is well, what is not, and what to do.
 */
export async function findings(
  config: Config,
  { reader, runner }: { reader: Reader; runner: Runner },
  projects: Project[],
): Promise<Look[]> {
  const ports = (project: Project) => ({
    code: () => reader.code(project),
    deploy: () => reader.deploy(project),
  })
  const all = [
    looked(ofInstallation(config, runner.sandbox), null),
    ...projects.map((project) => looked(ofProject(config, ports(project), project), project.slug)),
    ...projects.map((project) => looked([['code', () => codeFindings(config, reader.sql, project)]], project.slug)),
  ]
  return (await Promise.all(all)).flat()
}

export function actor(config: Config, sql: Sql, ring: Ring): Actor {
  const hosts = knownHosts(config.deploy.kind === 'vercel' ? config.deploy.bypassSecret : null)
  return {
    sql,
    clock,
    ring,
    code: codeActors(config, sql),
    review: reviews(config),
    deploy: deploys(config, sql, hosts),
    probe: probeWith(hosts.headersFor),
    notify: inboxNotify(sql),
    tracker: ({ settings }) => {
      if (!config.sentry?.writeToken || !settings.sentry) return null
      const { url, org, writeToken: token } = config.sentry
      return sentryTracker({ url, org, token }, config.url, settings.sentry.repository ?? null)
    },
    channels: channelsOf(sql, config.notify, config.url),
    halted: config.halted,
  }
}

/** Once a process; what it gives is called with the budget of one issue or one run. null: recipes work alone. */
export const models = ({ model }: Pick<Config, 'model'>): OpenModel | null => openModels(model)

export type { OpenModel } from './model/assemble.ts'

export const anchors = ({ home }: Pick<Config, 'home'>): Anchors => fileAnchors(home)

/** For the command line: positions of the audit in any repository on this machine. */
export { commitAnchors } from './git/trailers.ts'

/** Once a process: what it says, its traces and its own errors. */
export const observer = ({ observe, world, ownMark: mark }: Pick<Config, 'observe' | 'world' | 'ownMark'>): Observer =>
  observing({ ...observe, world, mark })

/** Who comes in, and how they prove it; no agent is given it. */
export const auth = (config: Config, sql: Sql): Auth =>
  config.auth.kind === 'supabase'
    ? supabaseAuth(config.auth, sql, clock, config.url)
    : passwordAuth(sql, config.sessionSecret, config.url.startsWith('https:'))

/** What answers people in Slack; null where it was not chosen. */
export const chat = ({ notify, url }: Pick<Config, 'notify' | 'url'>): Chat | null => chatOf(notify, url)

export { worldLine } from './worldLine.ts'

/** Null: no webhooks are taken. */
export const hook = ({ code }: Pick<Config, 'code'>): Hook | null =>
  code.kind === 'github' && code.webhookSecret !== null ? githubHook(code.webhookSecret) : null

/** For the command line: any repository on this machine, read without a project, a mirror or a home. */
export { type LocalRepository, openLocal } from './git/local.ts'

/** And any folder, as it stands. */
export { openCheckout } from './git/worktree.ts'

/** The drain and the webhook of an installation at Vercel; null where it does not deploy there. */
export const vercelSetup = ({ deploy, url }: Pick<Config, 'deploy' | 'url'>, projects: Project[]) =>
  deploy.kind === 'vercel' ? vercelConnection(deploy, url, projects) : null

/** An App of this installation's own: what is posted to GitHub, and what comes of the code it answers with. */
export { appForm, convertCode, installAt } from './github/manifest.ts'
