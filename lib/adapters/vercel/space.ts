import { setTimeout as delay } from 'node:timers/promises'
import type { Environment } from '../../domain/event.ts'
import type { Project, VercelSettings } from '../../domain/project.ts'
import type { Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { type Client, type VercelAccess, vercelClient } from './client.ts'
import type { KnownHosts } from './hosts.ts'

/** What is shared by all projects of one account: facts that never change, once they were read. */
export interface Account {
  access: VercelAccess
  hosts: KnownHosts
  /** Deployment id → its commit and whether it is a production build. */
  commits: Map<string, { sha: Sha; environment: Environment }>
  /** Milliseconds one verb may take, and how far apart it looks. */
  patience: { verbMs: number; lookMs: number }
}

/** One project's place there. */
export interface Space {
  account: Account
  call: Client
  settings: VercelSettings
  /** Branches by environment: what a build is told it comes from. */
  branches: Project['settings']['branches']
  /** Domain by environment. */
  domain(environment: Environment): string
  /** Of deployments' addresses, with its colon: as of the API. */
  scheme: string
}

export function spaceOf(account: Account, project: Project): Space {
  const settings = project.settings.vercel
  if (!settings) throw new Fault('CONFIG_INVALID', `The settings of ${project.slug} name no project at Vercel.`)
  return {
    ...{ account, settings, call: vercelClient(account.access), branches: project.settings.branches },
    domain: (environment) => (environment === 'production' ? settings.domain : settings.staging.domain),
    scheme: new URL(account.access.url).protocol,
  }
}

/** The time one verb has, over all its calls: nothing of it is sent after its end. */
export interface Limit {
  signal: AbortSignal
  left(): number
  /** Waits until the next look; throws when the time is over, saying what was waited for. */
  pause(what: string): Promise<void>
}

export function limitOf({ verbMs, lookMs }: Account['patience']): Limit {
  const end = performance.now() + verbMs
  const left = () => Math.max(0, end - performance.now())
  return {
    signal: AbortSignal.timeout(verbMs),
    left,
    async pause(what) {
      if (left() <= lookMs) throw new Fault('DEPLOY_UNREACHABLE', `${what} within ${verbMs / 1000} s.`)
      await delay(lookMs)
    },
  }
}
