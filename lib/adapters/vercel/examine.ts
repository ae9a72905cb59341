import type { HostFinding } from '../../domain/deployment.ts'
import type { Environment } from '../../domain/event.ts'
import type { Project } from '../../domain/project.ts'
import { Fault } from '../../errors.ts'
import { Alias, read, type VercelProject } from './answers.ts'
import { goesLive, isPinned, readProject } from './project.ts'
import { type Account, type Limit, limitOf, type Space, spaceOf } from './space.ts'

/** Which of the secrets this process was given. */
export interface Given {
  bypass: boolean
  webhook: boolean
  drain: boolean
}

/** Everything that has to be so at Vercel before Nightshift can deploy there, each with what to do. Changes nothing. */
export async function examine(account: Account, project: Project, given: Given): Promise<HostFinding[]> {
  try {
    const space = spaceOf(account, project)
    const limit = limitOf(account.patience)
    const found = await readProject(space, limit)
    return [
      ok('project', `${found.name} is reached`),
      traffic(found),
      repository(found),
      await domain(space, 'production', limit),
      await domain(space, 'staging', limit),
      staging(space, found),
      protection(found, given),
      told('webhooks', given.webhook, 'VERCEL_WEBHOOK_SECRET', 'what happens there is seen when the clock next looks'),
      told(
        'drain',
        given.drain,
        'VERCEL_DRAIN_SECRET',
        'requests are not counted, so a watch stands on probes and errors',
      ),
    ]
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [{ state: 'fails', name: 'project', detail: `${error.message} ${error.remedy}` }]
  }
}

const ok = (name: string, detail: string): HostFinding => ({ state: 'ok', name, detail })
const fails = (name: string, detail: string): HostFinding => ({ state: 'fails', name, detail })

function traffic(found: VercelProject): HostFinding {
  const name = 'auto-assignment'
  if (isPinned(found))
    return { state: 'note', name, detail: 'production is rolled back: later builds wait until one is promoted' }
  return goesLive(found)
    ? fails(name, 'production builds take the traffic at once; turn off "Auto-assign Custom Production Domains"')
    : ok(name, 'production builds wait for their promotion')
}

function repository({ link }: VercelProject): HostFinding {
  const linked = link?.type === 'github' || link?.type === 'gitlab'
  return linked
    ? ok('repository', `linked on ${link.type}`)
    : fails('repository', 'link the project with its repository')
}

async function domain(space: Space, environment: Environment, limit: Limit): Promise<HostFinding> {
  const host = space.domain(environment)
  const { status, json } = await space.call('GET', `/v4/aliases/${encodeURIComponent(host)}`, limit)
  const name = `domain of ${environment}`
  if (status !== 200) return { state: 'note', name, detail: `${host} leads nowhere yet` }
  return read(Alias, json, host).projectId === space.settings.project
    ? ok(name, `${host} leads to this project`)
    : fails(name, `${host} leads to another project; correct the project's settings here`)
}

function staging({ settings }: Space, { customEnvironments }: VercelProject): HostFinding {
  const slug = settings.staging.environment
  if (!slug) return { state: 'note', name: 'staging', detail: 'builds are previews, with the variables of previews' }
  return customEnvironments?.some((one) => one.slug === slug)
    ? ok('staging', `builds are of the custom environment ${slug}`)
    : fails('staging', `there is no custom environment ${slug}; make it, without a domain of its own`)
}

function protection(found: VercelProject, { bypass }: Given): HostFinding {
  if (!found.ssoProtection && !found.passwordProtection)
    return ok('protection', 'deployments are open to anyone who knows their address')
  return bypass
    ? ok('protection', 'deployments are protected, and probes pass')
    : fails(
        'protection',
        'probes are turned away; make a "Protection Bypass for Automation" and set VERCEL_BYPASS_SECRET',
      )
}

const told = (name: string, is: boolean, setting: string, without: string): HostFinding =>
  is ? ok(name, 'its secret is set') : { state: 'note', name, detail: `${without}; ${setting} is not set` }
