import type { Settings } from '../../emulators/vercel/inside.ts'
import type { EmulatedVercel } from '../../emulators/vercel/start.ts'
import { vercelDeploys } from '../../lib/adapters/deploy.vercel.ts'
import { type KnownHosts, knownHosts } from '../../lib/adapters/vercel/hosts.ts'
import type { Counted } from '../../lib/adapters/vercel/traffic.ts'
import type { Deployment } from '../../lib/domain/deployment.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { DeployActor } from '../../lib/world.ts'
import { TOKEN } from '../../platform/tests/harness.ts'
import { vercelAsDescribed } from '../schemas/vercel.ts'
import { over } from './deploy.contract.ts'
import { type DeployBench, openDeployBench, shop } from './deployBench.ts'

/** An emulated account before a running platform, and the adapter that uses it. */
export interface VercelBench {
  bench: DeployBench
  vercel: EmulatedVercel
  hosts: KnownHosts
  project: Project
  actor: DeployActor
  /** Headers that pass the protection. */
  bypass: Record<string, string>
  /** An adapter as another process would have it: with nothing remembered. */
  another(patience?: { verbMs?: number; lookMs?: number }, counted?: Counted): DeployActor
  /** A build that is ready. */
  built(environment?: 'production' | 'staging'): Promise<Deployment>
  close(): Promise<void>
}

/** Short, so that tests of what never comes end. */
export const PATIENCE = { verbMs: 4000, lookMs: 20 }

export async function openVercelBench(settings: Partial<Settings> = {}): Promise<VercelBench> {
  const bench = await openDeployBench()
  const vercel = await vercelAsDescribed({ url: bench.api(), token: TOKEN, app: 'shop' }, settings)
  const hosts = knownHosts(vercel.settings.bypassSecret)
  const access = { url: vercel.url, token: vercel.token, teamId: vercel.settings.teamId }
  const project = shop({
    project: vercel.settings.projectId,
    domain: vercel.domains.production,
    staging: { domain: vercel.domains.staging, environment: 'staging' },
  })
  const another: VercelBench['another'] = (patience = PATIENCE, counted = async () => []) =>
    vercelDeploys({ access, hosts, counted, patience: { ...PATIENCE, ...patience } })(project)
  const actor = another()
  let count = 0
  return {
    ...{ bench, vercel, hosts, project, actor, another },
    bypass: { 'x-vercel-protection-bypass': vercel.settings.bypassSecret },
    built: async (environment = 'production') =>
      over(actor, (await actor.create(bench.commitNew(), environment, `built-${++count}`)).id),
    async close() {
      await vercel.close().finally(() => bench.end())
    },
  }
}
