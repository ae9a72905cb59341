import { type Performed, perform } from '../../lib/actions/perform.ts'
import type { Deployment } from '../../lib/domain/deployment.ts'
import type { Environment } from '../../lib/domain/event.ts'
import type { Sha } from '../../lib/domain/tree.ts'
import { type Context, effect } from './context.ts'

const CREATE_SECONDS = 15
const PROMOTE_SECONDS = 15

/** Asks the host to build a commit; it takes no traffic yet. The effect's key is the host's idempotency key. */
export function build(c: Context, environment: Environment, sha: Sha): Promise<Performed<{ id: string }>> {
  const deploy = c.world.deploy(c.project)
  return perform(c.world, c.lease, effect(c, `deploy:${environment}`, 'deploy', environment, CREATE_SECONDS), {
    async send(ticket) {
      await deploy.create(sha, environment, ticket.key)
      return undefined
    },
    async ask(ticket) {
      const found = await deploy.find(ticket.key)
      return found && found.sha === sha && found.environment === environment ? { id: found.id } : null
    },
  })
}

/** The build as the host reports it: ready with an address, still building, or failed with why. */
export async function built(c: Context, id: string): Promise<Deployment> {
  const found = await c.world.deploy(c.project).deployment(id)
  return (
    found ?? {
      id,
      sha: '',
      environment: 'staging',
      state: 'failed',
      url: null,
      at: '',
      why: 'the host does not know it any more',
    }
  )
}

/** Gives a build the traffic, if what serves now is what was looked at; done only when the host says it serves. */
export function promote(
  c: Context,
  environment: Environment,
  id: string,
  expected: string | null,
): Promise<Performed<{ deployment: string }>> {
  const deploy = c.world.deploy(c.project)
  return perform(c.world, c.lease, effect(c, `promote:${environment}`, 'promote', environment, PROMOTE_SECONDS), {
    async send() {
      if ((await deploy.promote(environment, id, expected)) === 'moved')
        return { refused: `${environment} serves something else than it did a moment ago` }
    },
    async ask() {
      const serving = await deploy.serving(environment)
      return serving?.deployment === id ? { deployment: id } : null
    },
  })
}
