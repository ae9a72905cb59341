import { randomUUID } from 'node:crypto'
import type { Accounts } from '../../../cli/stack/emulated.ts'
import { SAMPLE } from '../../../cli/stack/sample.ts'
import type { Policy } from '../../../lib/domain/project.ts'
import type { Night } from '../night.ts'

/** One decision of the owner's, as the command line asks for it; what came of it, or an error with the refusal. */
export async function decide(night: Night, verb: string, body: object): Promise<Record<string, unknown>> {
  const { url, secrets } = night.stack
  const answer = await fetch(`${url}/api/control/${verb}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secrets.controlToken}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      'nightshift-password': Buffer.from(secrets.ownerPassword).toString('base64'),
    },
    body: JSON.stringify(body),
  })
  const told = (await answer.json()) as Record<string, unknown>
  if (!answer.ok) throw new Error(`${verb} was refused: ${JSON.stringify(told)}`)
  return told
}

/**
 * A project with a record of its own moves to these accounts and to level 3, by the verbs that people have: settings, policy,
 * level.
 */
export async function raiseToThree(night: Night, { project }: Accounts, policy: Policy): Promise<void> {
  const headers = { authorization: `Bearer ${night.stack.secrets.controlToken}` }
  const setup = await fetch(`${night.stack.url}/api/control/setup?project=${SAMPLE}`, { headers })
  const { projects } = (await setup.json()) as { projects: { seen: string }[] }
  await decide(night, 'settings', { project: SAMPLE, settings: { ...project, app: SAMPLE }, seen: projects[0]!.seen })
  const version = async () => {
    const [row] = await night.sql<{ v: number }[]>`select policy_version as v from projects where slug = ${SAMPLE}`
    return row!.v
  }
  await decide(night, 'policy', { project: SAMPLE, policy, capPerDay: 10, policyVersion: await version() })
  await decide(night, 'level', { project: SAMPLE, level: 3, policyVersion: await version() })
}
