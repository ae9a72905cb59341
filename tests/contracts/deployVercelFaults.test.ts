import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Trouble } from '../../emulators/trouble.ts'
import { isUnderWay } from '../../lib/adapters/vercel/project.ts'
import type { Deployment, Serving } from '../../lib/domain/deployment.ts'
import { openVercelBench, type VercelBench } from './vercelBench.ts'

let w: VercelBench
let a: Deployment
let b: Deployment
beforeAll(async () => {
  w = await openVercelBench()
  a = await w.built()
  b = await w.built()
  await w.actor.promote('production', a.id, null)
  await w.actor.promote('production', b.id, await at())
})
afterAll(() => w?.close())
beforeEach(() => {
  w.vercel.faults = []
})

const at = async (): Promise<Serving> => (await w.actor.serving('production'))!
const effects = (...what: string[]) => w.vercel.effects.filter((effect) => what.includes(effect.what)).length
const break_ = (on: RegExp, what: Trouble, times = 1) => w.vercel.faults.push({ on, times, what })
/** What serves now, and the other one. */
const other = async () => ((await at()).deployment === a.id ? b.id : a.id)
const ASIDE = { verbMs: 600, lookMs: 20 }

const VERBS = [
  { verb: 'promote', effect: 'promoted', said: 'promoted', on: /^POST .*\/promote\// },
  { verb: 'rollback', effect: 'rolled-back', said: 'rolled-back', on: /^POST .*\/rollback\// },
] as const

describe.each(VERBS)('$verb is done exactly once', ({ verb, effect, said, on }) => {
  test.each<[string, Trouble]>([
    ['when its answer is lost', { kind: 'lost' }],
    ['when its answer breaks off', { kind: 'cut' }],
    ['when 500 comes after the work', { kind: 'after', status: 500 }],
    ['when 502 comes after the work', { kind: 'after', status: 502 }],
    ['when it is slow', { kind: 'slow', ms: 300 }],
  ])('%s', async (_, trouble) => {
    const before = effects(effect)
    break_(on, trouble)
    const [id, expected] = [await other(), await at()]
    expect(await w.actor[verb]('production', id, expected)).toBe(said)
    expect((await at()).deployment).toBe(id)
    expect(effects(effect)).toBe(before + 1)
    // Whoever was killed right after the call asks again, with what it knew or with what is so now.
    expect(await w.another()[verb]('production', id, expected)).toBe(said)
    expect(effects(effect)).toBe(before + 1)
  })

  test.each([500, 503])('when %s comes before the work: nobody knows, and the next try does it', async (status) => {
    const before = effects(effect)
    break_(on, { kind: 'before', status })
    const [id, expected] = [await other(), await at()]
    const unsure = w.another(ASIDE)[verb]('production', id, expected)
    await expect(unsure).rejects.toMatchObject({ code: 'DEPLOY_UNREACHABLE' })
    expect(effects(effect)).toBe(before)
    expect(await w.actor[verb]('production', id, await at())).toBe(said)
    expect(effects(effect)).toBe(before + 1)
  })

  test('when what is read is out of date for a while', async () => {
    const before = effects(effect)
    const [id, expected] = [await other(), await at()]
    await new Promise((resolve) => setTimeout(resolve, 60))
    break_(on, { kind: 'lost' })
    // Reads of the state from before the call, until long after it was settled.
    const first = w.vercel.log.length
    const going = w.actor[verb]('production', id, expected)
    const stale = setInterval(() => {
      if (w.vercel.log.slice(first).some((call) => on.test(call)) && w.vercel.faults.length < 2)
        break_(/^GET /, { kind: 'stale', ms: 400 }, 30)
    }, 1)
    expect(await going).toBe(said)
    clearInterval(stale)
    expect(w.vercel.faults.at(-1)?.times).toBeLessThan(30)
    expect(effects(effect)).toBe(before + 1)
  })

  test('when it takes longer than anybody waits: the next one joins it', async () => {
    w.vercel.settings.settleMs = 1200
    const before = effects(effect)
    const [id, expected] = [await other(), await at()]
    const gaveUp = w.another(ASIDE)[verb]('production', id, expected)
    await expect(gaveUp).rejects.toMatchObject({ code: 'DEPLOY_UNREACHABLE' })
    // As `perform` asks: not there yet, so it is tried again with what serves now.
    expect((await at()).deployment).toBe(expected.deployment)
    expect(await w.another()[verb]('production', id, await at())).toBe(said)
    w.vercel.settings.settleMs = 60
    expect(effects(effect)).toBe(before + 1)
  })

  test('a limit is a limit, says until when, and nothing was done', async () => {
    const before = effects(effect)
    break_(on, { kind: 'limit', seconds: 90 })
    const limited = w.actor[verb]('production', await other(), await at())
    await expect(limited).rejects.toMatchObject({ code: 'DEPLOY_LIMITED', detail: expect.stringMatching(/^Until 20/) })
    expect(effects(effect)).toBe(before)
  })
})

describe('somebody else', () => {
  const ask = (path: string) =>
    fetch(`${w.vercel.url}${path}?teamId=${w.vercel.settings.teamId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${w.vercel.token}` },
    })
  const project = () => w.vercel.settings.projectId

  test('whose promotion is under way is waited for, and then it is seen that production moved', async () => {
    const c = await w.built()
    const [id, expected] = [await other(), await at()]
    const before = effects('promoted')
    w.vercel.settings.settleMs = 400
    expect((await ask(`/v10/projects/${project()}/promote/${id}`)).status).toBe(201)
    expect(await w.actor.promote('production', c.id, expected)).toBe('moved')
    w.vercel.settings.settleMs = 60
    expect((await at()).deployment).toBe(id)
    expect(effects('promoted')).toBe(before + 1)
  })

  test('whose promotion was left behind long ago keeps nobody waiting', async () => {
    const [id, expected] = [await other(), await at()]
    w.vercel.store.change((state) => {
      const requestedAt = Date.now() - 180_001
      state.lastAliasRequest = { ...state.lastAliasRequest!, jobStatus: 'in-progress', requestedAt }
    })
    const { lastAliasRequest: last } = w.vercel.store.state
    expect(isUnderWay(last)).toBe(false)
    expect(isUnderWay({ ...last!, requestedAt: Date.now() - 170_000 })).toBe(true)
    // Only the host knows whether it is over; ours asks, and is told that it is not.
    expect(await w.another(ASIDE).promote('production', id, expected)).toBe('moved')
    w.vercel.store.change((state) => {
      state.lastAliasRequest!.jobStatus = 'failed'
    })
    expect(await w.actor.promote('production', id, await at())).toBe('promoted')
  })

  test('who moves production back and forth within a look is seen', async () => {
    const expected = await at()
    const [there, back] = [await other(), expected.deployment]
    await ask(`/v10/projects/${project()}/promote/${there}`)
    await w.another().serving('production')
    while ((await at()).deployment !== there) await new Promise((resolve) => setTimeout(resolve, 20))
    await ask(`/v10/projects/${project()}/promote/${back}`)
    while ((await at()).deployment !== back) await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await at()).revision).toBeGreaterThan(expected.revision)
    expect(await w.actor.promote('production', there, expected)).toBe('moved')
    expect((await at()).deployment).toBe(back)
  })
})

describe('a build is begun exactly once', () => {
  const on = /^POST \/v13\/deployments$/

  test.each<[string, Trouble]>([
    ['when its answer is lost', { kind: 'lost' }],
    ['when its answer breaks off', { kind: 'cut' }],
    ['when 500 comes after the work', { kind: 'after', status: 500 }],
  ])('%s', async (name, trouble) => {
    const before = effects('created')
    break_(on, trouble)
    const sha = w.bench.commitNew()
    const made = await w.actor.create(sha, 'production', name)
    expect(made.sha).toBe(sha)
    expect((await w.another().create(sha, 'production', name)).id).toBe(made.id)
    expect((await w.another().find(name))?.id).toBe(made.id)
    expect(effects('created')).toBe(before + 1)
  })

  test('when 500 comes before the work, and the next try does it', async () => {
    const before = effects('created')
    break_(on, { kind: 'before', status: 500 })
    const sha = w.bench.commitNew()
    const unsure = w.another(ASIDE).create(sha, 'production', 'before')
    await expect(unsure).rejects.toMatchObject({ code: 'DEPLOY_UNREACHABLE' })
    expect(effects('created')).toBe(before)
    await w.actor.create(sha, 'production', 'before')
    expect(effects('created')).toBe(before + 1)
  })

  test('when the list is out of date for a while', async () => {
    const before = effects('created')
    break_(on, { kind: 'lost' })
    break_(/^GET \/v7\/deployments$/, { kind: 'stale', ms: 500 }, 12)
    const sha = w.bench.commitNew()
    const made = await w.actor.create(sha, 'production', 'stale')
    expect((await w.another().find('stale'))?.id).toBe(made.id)
    expect(effects('created')).toBe(before + 1)
  })

  test('of two with one key the older one is meant, on every look', async () => {
    const sha = w.bench.commitNew()
    const both = await Promise.all([
      w.actor.create(sha, 'staging', 'twice'),
      w.another().create(sha, 'staging', 'twice'),
    ])
    const [older] = w.vercel.effects.slice(-2)
    const found = await w.actor.find('twice')
    expect(found?.id).toBe(older?.deployment)
    expect(both.map(({ id }) => id)).toContain(older?.deployment)
    expect((await w.another().create(sha, 'staging', 'twice')).id).toBe(found?.id)
  })
})
