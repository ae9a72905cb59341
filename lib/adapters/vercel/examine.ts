import type { Environment } from '../../domain/event.ts'
import { type Finding, ill, noted, well } from '../../domain/finding.ts'
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
export async function examine(account: Account, project: Project, given: Given): Promise<Finding[]> {
  try {
    const space = spaceOf(account, project)
    const limit = limitOf(account.patience)
    const found = await readProject(space, limit)
    return [
      well('project', `${found.name} is reached`),
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
    return [ill('project', error.message, error.remedy)]
  }
}

function traffic(found: VercelProject): Finding {
  const name = 'auto-assignment'
  if (isPinned(found))
    return noted(name, 'production is rolled back: later builds wait until one is promoted', 'Promote one at Vercel.')
  return goesLive(found)
    ? ill(name, 'production builds take the traffic at once', 'Turn off "Auto-assign Custom Production Domains".')
    : well(name, 'production builds wait for their promotion')
}

function repository({ link }: VercelProject): Finding {
  const linked = link?.type === 'github' || link?.type === 'gitlab'
  return linked
    ? well('repository', `linked on ${link.type}`)
    : ill('repository', 'the project is linked with none', 'Link it with its repository at Vercel.')
}

async function domain(space: Space, environment: Environment, limit: Limit): Promise<Finding> {
  const host = space.domain(environment)
  const { status, json } = await space.call('GET', `/v4/aliases/${encodeURIComponent(host)}`, limit)
  const name = `domain of ${environment}`
  if (status !== 200) return noted(name, `${host} leads nowhere yet`)
  return read(Alias, json, host).projectId === space.settings.project
    ? well(name, `${host} leads to this project`)
    : ill(name, `${host} leads to another project`, 'Correct the project’s settings here.')
}

function staging({ settings }: Space, { customEnvironments }: VercelProject): Finding {
  const slug = settings.staging.environment
  if (!slug) return noted('staging', 'builds are previews, with the variables of previews')
  return customEnvironments?.some((one) => one.slug === slug)
    ? well('staging', `builds are of the custom environment ${slug}`)
    : ill('staging', `there is no custom environment ${slug}`, 'Make it at Vercel, without a domain of its own.')
}

function protection(found: VercelProject, { bypass }: Given): Finding {
  if (!found.ssoProtection && !found.passwordProtection)
    return well('protection', 'deployments are open to anyone who knows their address')
  return bypass
    ? well('protection', 'deployments are protected, and probes pass')
    : ill(
        'protection',
        'probes are turned away',
        'Make a "Protection Bypass for Automation" at Vercel and set VERCEL_BYPASS_SECRET.',
      )
}

const told = (name: string, is: boolean, setting: string, without: string): Finding =>
  is
    ? well(name, 'its secret is set')
    : noted(name, `${setting} is not set: ${without}`, 'nightshift setup vercel makes it, and shows the secret once.')
