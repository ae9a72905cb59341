import { type Performed, perform } from '../../lib/actions/perform.ts'
import type { Deployment, Serving } from '../../lib/domain/deployment.ts'
import type { Environment } from '../../lib/domain/event.ts'
import type { Sha } from '../../lib/domain/tree.ts'
import { type Context, effect, turnOf } from './context.ts'
import type { Done } from './merge.ts'
import { farKey, outside } from './outside.ts'
import { heedWhereAsked } from './pulls/heed.ts'

/** Half to get ready, half for the host's own 10 s. */
const SECONDS = 20

/** Asks the host to build a commit; it takes no traffic yet. The effect's key is the host's idempotency key. */
export async function build(c: Context, environment: Environment, sha: Sha): Promise<Done<{ id: string }>> {
  const deploy = c.world.deploy(c.project)
  const request = effect(c, `deploy:${environment}`, 'deploy', environment, sha, SECONDS)
  await heedWhereAsked(c, environment, request.decision.answer)
  const done = await perform(c.world, c.lease, request, {
    async send(ticket) {
      ticket.still()
      await deploy.create(sha, environment, farKey(ticket.key))
      return undefined
    },
    ask: () => outside(c, request) as Promise<{ id: string } | null>,
  })
  return { done, request }
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

type Shifted = { deployment: string; revision: number }

/** Gives a build the traffic, if what serves now is what was looked at; done only when the host says it serves. */
export const promote = (c: Context, environment: Environment, id: string, expected: Serving | null) =>
  shift(c, environment, 'promote', id, async () =>
    (await c.world.deploy(c.project).promote(environment, id, expected)) === 'promoted' ? null : 'moved',
  )

/** Gives the traffic back to what served before. */
export const rollBack = (c: Context, environment: Environment, id: string, expected: Serving) =>
  shift(c, environment, 'rollback', id, async () =>
    (await c.world.deploy(c.project).rollback(environment, id, expected)) === 'rolled-back' ? null : 'moved',
  )

async function shift(
  c: Context,
  environment: Environment,
  kind: 'promote' | 'rollback',
  id: string,
  call: () => Promise<'moved' | null>,
): Promise<Done<Shifted>> {
  const request = effect(
    c,
    `${kind}:${environment}${kind === 'rollback' ? turnOf(c) : ''}`,
    kind,
    environment,
    id,
    SECONDS,
  )
  if (kind === 'promote') await heedWhereAsked(c, environment, request.decision.answer)
  const done: Performed<Shifted> = await perform(c.world, c.lease, request, {
    async send(ticket) {
      ticket.still()
      if ((await call()) === 'moved')
        return { refused: `${environment} serves something else than it did a moment ago` }
    },
    ask: () => outside(c, request) as Promise<Shifted | null>,
  })
  return { done, request }
}
