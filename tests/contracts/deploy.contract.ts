import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deployment } from '../../lib/domain/deployment.ts'
import type { Environment } from '../../lib/domain/event.ts'
import type { Sha } from '../../lib/domain/tree.ts'
import type { DeployActor } from '../../lib/world.ts'

/** A host with nothing deployed yet, and ways to look at it that are not the adapter's. */
export interface DeployWorld {
  actor: DeployActor
  /** A new commit of an app whose builds answer with their commit. */
  good(): Sha
  /** A new commit whose build fails with these words. */
  bad(words: string): Sha
  /** Which commit answers at an address; null when nothing does. */
  answering(address: string): Promise<Sha | null>
  /** What users of an environment meet. */
  address(environment: Environment): string
  /** Ids of builds the host began, in order. */
  created(): Promise<string[]>
  /** Ids of builds that were given traffic, by promotion or rollback, in order. */
  moved(): Promise<string[]>
  close(): Promise<void>
}

/** Asks until a build is over; the test's own limit ends it. */
export async function over(actor: DeployActor, id: string): Promise<Deployment> {
  for (;;) {
    const found = await actor.deployment(id)
    if (found && found.state !== 'building') return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** What every deploy adapter promises. The tests go on from each other, as deployments do. */
export function deployContract(name: string, make: () => Promise<DeployWorld>): void {
  describe(name, () => {
    let w: DeployWorld
    let a: Deployment
    let b: Deployment
    beforeAll(async () => {
      w = await make()
    })
    afterAll(() => w?.close())

    const serving = () => w.actor.serving('production')
    const built = async (environment: Environment) => {
      const sha = w.good()
      return over(w.actor, (await w.actor.create(sha, environment, `key-of-${environment}-${sha}`)).id)
    }

    test('nothing serves at first, and what nobody made is not found', async () => {
      expect(await serving()).toBeNull()
      expect(await w.actor.serving('staging')).toBeNull()
      expect(await w.actor.deployment('dpl_0000000000000000')).toBeNull()
      expect(await w.actor.find('no-such-key')).toBeNull()
    })

    test('the same key is the same build, and it is found by its key', async () => {
      const sha = w.good()
      const first = await w.actor.create(sha, 'production', 'fix-1:deploy:production')
      expect(first).toMatchObject({ sha, environment: 'production', state: 'building', url: null, why: null })
      expect((await w.actor.create(sha, 'production', 'fix-1:deploy:production')).id).toBe(first.id)
      expect(await w.actor.find('fix-1:deploy:production')).toMatchObject({ id: first.id, sha })
      const other = await w.actor.create(sha, 'production', 'fix-2:deploy:production')
      expect(other.id).not.toBe(first.id)
      expect(await w.created()).toEqual([first.id, other.id])
      a = await over(w.actor, first.id)
    })

    test('a key stands for one commit', async () => {
      const before = await w.created()
      await expect(w.actor.create(w.good(), 'production', 'fix-1:deploy:production')).rejects.toThrow()
      expect(await w.created()).toEqual(before)
    })

    test('a build that fails says why', async () => {
      const sha = w.bad('no such module: left-pad')
      const failed = await over(w.actor, (await w.actor.create(sha, 'production', 'fix-3:deploy:production')).id)
      expect(failed).toMatchObject({ sha, state: 'failed', url: null })
      expect(failed.why).toContain('no such module: left-pad')
    })

    test('a production build answers at its own address and takes no traffic', async () => {
      expect(a).toMatchObject({ state: 'ready', environment: 'production' })
      expect(Number.isNaN(Date.parse(a.at))).toBe(false)
      expect(await w.answering(a.url!)).toBe(a.sha)
      expect(await serving()).toBeNull()
      expect(await w.answering(w.address('production'))).toBeNull()
      expect(await w.moved()).toEqual([])
    })

    test('a promotion is done when it is said to be', async () => {
      expect(await w.actor.promote('production', a.id, null)).toBe('promoted')
      expect(await w.answering(w.address('production'))).toBe(a.sha)
      const now = (await serving())!
      expect(now).toMatchObject({ environment: 'production', deployment: a.id, sha: a.sha })
      expect(now.revision).toBeGreaterThan(0)
      expect(await w.answering(now.url)).toBe(a.sha)
      expect(await w.moved()).toEqual([a.id])
    })

    test('looking moves no count, and what serves already is promoted without a move', async () => {
      const now = (await serving())!
      expect(await serving()).toEqual(now)
      expect(await w.actor.promote('production', a.id, now)).toBe('promoted')
      expect(await w.actor.promote('production', a.id, null)).toBe('promoted')
      expect(await serving()).toEqual(now)
      expect(await w.moved()).toEqual([a.id])
    })

    test('whoever expects something else moves nothing', async () => {
      b = await built('production')
      const now = (await serving())!
      expect(await w.actor.promote('production', b.id, null)).toBe('moved')
      expect(await w.actor.promote('production', b.id, { ...now, deployment: b.id })).toBe('moved')
      expect(await w.actor.promote('production', b.id, { ...now, revision: now.revision - 1 })).toBe('moved')
      expect(await w.actor.rollback('production', b.id, { ...now, revision: now.revision + 1 })).toBe('moved')
      expect(await serving()).toEqual(now)
      expect(await w.moved()).toEqual([a.id])
    })

    test('there and back again is a change', async () => {
      const first = (await serving())!
      expect(await w.actor.promote('production', b.id, first)).toBe('promoted')
      const second = (await serving())!
      expect(second).toMatchObject({ deployment: b.id, sha: b.sha })
      expect(await w.actor.rollback('production', a.id, second)).toBe('rolled-back')
      const third = (await serving())!
      expect(third.deployment).toBe(first.deployment)
      expect(third.revision).toBeGreaterThan(second.revision)
      expect(second.revision).toBeGreaterThan(first.revision)
      expect(await w.answering(w.address('production'))).toBe(a.sha)
      expect(await w.actor.promote('production', b.id, first)).toBe('moved')
      expect(await w.moved()).toEqual([a.id, b.id, a.id])
    })

    test('rolling back to what serves already moves the count alone', async () => {
      const now = (await serving())!
      expect(await w.actor.rollback('production', a.id, { ...now, revision: now.revision - 1 })).toBe('moved')
      expect(await w.actor.rollback('production', a.id, now)).toBe('rolled-back')
      const later = (await serving())!
      expect(later.deployment).toBe(a.id)
      expect(later.revision).toBeGreaterThan(now.revision)
      // A promotion that was on its way then comes too late.
      expect(await w.actor.promote('production', b.id, now)).toBe('moved')
      expect((await serving())?.deployment).toBe(a.id)
    })

    test('only what has served is rolled back to', async () => {
      const never = await built('production')
      const now = (await serving())!
      expect(await w.actor.rollback('production', never.id, now)).toBe('moved')
      expect(await w.actor.rollback('production', 'dpl_0000000000000000', now)).toBe('moved')
      expect(await serving()).toEqual(now)
    })

    test('what did not build takes no traffic, and nothing moves to the other environment', async () => {
      const failed = (await w.actor.find('fix-3:deploy:production'))!
      const staged = await built('staging')
      const now = (await serving())!
      expect(await w.actor.promote('production', failed.id, now)).toBe('moved')
      expect(await w.actor.promote('production', staged.id, now)).toBe('moved')
      expect(await w.actor.promote('staging', b.id, null)).toBe('moved')
      expect(await serving()).toEqual(now)
      expect(await w.actor.serving('staging')).toBeNull()
    })

    test('staging is another place, with a count of its own', async () => {
      const production = (await serving())!
      const first = await built('staging')
      expect(first.environment).toBe('staging')
      expect(await w.answering(w.address('staging'))).toBeNull()
      expect(await w.actor.promote('staging', first.id, null)).toBe('promoted')
      const now = (await w.actor.serving('staging'))!
      expect(now).toMatchObject({ environment: 'staging', deployment: first.id, sha: first.sha })
      const second = await built('staging')
      expect(await w.answering(w.address('staging'))).toBe(first.sha)
      expect(await w.actor.promote('staging', second.id, now)).toBe('promoted')
      expect(await w.answering(w.address('staging'))).toBe(second.sha)
      expect(await w.actor.promote('staging', first.id, now)).toBe('moved')
      expect(await w.actor.rollback('staging', first.id, (await w.actor.serving('staging'))!)).toBe('rolled-back')
      expect(await w.answering(w.address('staging'))).toBe(first.sha)
      expect(await serving()).toEqual(production)
    })
  })
}

/** For hosts that count requests: each once, in whole minutes, by commit and route. */
export async function countsRequests(w: Pick<DeployWorld, 'actor' | 'address'>): Promise<void> {
  const since = new Date()
  const ask = async (path: string) => {
    const response = await fetch(w.address('production') + path)
    await response.text()
  }
  for (const path of ['/who', '/who?again', '/fail/7']) await ask(path)
  const { sha } = (await w.actor.serving('production'))!
  const rows = await w.actor.traffic('production', since)
  expect(rows.every((row) => /T\d\d:\d\d:00\.000Z$/.test(row.minute) && row.sha === sha)).toBe(true)
  const of = (route: string) => rows.filter((row) => row.route === route)
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
  expect(sum(of('GET /who').map((row) => row.requests))).toBe(2)
  expect(sum(of('GET /who').map((row) => row.failed))).toBe(0)
  expect(sum(of('GET /fail/:id').map((row) => row.failed))).toBe(1)
  expect(await w.actor.traffic('staging', since)).toEqual([])
}
