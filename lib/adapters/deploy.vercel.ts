import type { Traffic } from '../domain/deployment.ts'
import type { Environment } from '../domain/event.ts'
import type { Project } from '../domain/project.ts'
import type { DeployActor } from '../world.ts'
import { brings } from './vercel/brings.ts'
import { create, deployment, find } from './vercel/builds.ts'
import type { VercelAccess } from './vercel/client.ts'
import { examine, type Given } from './vercel/examine.ts'
import type { KnownHosts } from './vercel/hosts.ts'
import { serving, shift } from './vercel/shift.ts'
import { type Account, type Space, spaceOf } from './vercel/space.ts'
import { type Counted, trafficOf } from './vercel/traffic.ts'

export interface VercelOptions {
  access: VercelAccess
  hosts: KnownHosts
  /** What drains counted. */
  counted: Counted
  patience?: Partial<Account['patience']>
}

/** A verb gives up within half of the time its effect is given (`perform.ts`): nothing it sent arrives after that. */
const PATIENCE = { verbMs: 9500, lookMs: 250 }

/**
 * Vercel. Production builds are staged: they take no traffic until they are promoted, and a project that would give it to
 * them at once is refused a build. Staging is one domain that is led from build to build. There is no compare-and-set on
 * that side: what serves is compared right before the one call that moves it, so somebody else's move in the moment
 * between the two is overridden.
 */
export function vercelDeploys({ counted, ...options }: VercelOptions): (project: Project) => DeployActor {
  const account = accountOf(options)
  return (project) => actorOf(spaceOf(account, project), project, counted)
}

const accountOf = ({ access, hosts, patience }: Omit<VercelOptions, 'counted'>): Account => {
  return { access, hosts, commits: new Map(), patience: { ...PATIENCE, ...patience } }
}

/** What `nightshift doctor` says about a project there. */
export const vercelFindings = (options: Omit<VercelOptions, 'counted'>, project: Project, given: Given) =>
  examine(accountOf(options), project, given)

function actorOf(space: Space, project: Project, counted: Counted): DeployActor {
  return {
    serving: (environment) => serving(space, environment),
    deployment: (id) => deployment(space, id),
    find: (key) => find(space, key),
    create: (sha, environment, key) => create(space, sha, environment, key),
    traffic: (environment: Environment, since: Date): Promise<Traffic[]> =>
      trafficOf(space, project, counted, environment, since),
    brings: (from, to) => brings(space, from, to),
    promote: async (environment, id, expected) =>
      (await shift(space, environment, 'promote', id, expected)) === 'done' ? 'promoted' : 'moved',
    rollback: async (environment, id, expected) =>
      (await shift(space, environment, 'rollback', id, expected)) === 'done' ? 'rolled-back' : 'moved',
  }
}
