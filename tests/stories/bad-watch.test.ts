import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { fileAnchors } from '../../lib/adapters/anchors.file.ts'
import { undoneInWords } from '../../lib/domain/release.ts'
import { projectBySlug } from '../../lib/store/projects.ts'
import { type Story, story } from '../../lib/store/story.ts'
import { launchEvent } from '../agents/world.ts'
import { type Night, startNight } from './night.ts'

/** Somebody pauses while a release is watched; then production goes bad; then they roll it back. All through HTTP. */
let night: Night
let base: string
let watched: Story

beforeAll(async () => {
  night = await startNight()
  base = night.git('rev-parse', 'main')
  watched = await until((told) => told.release?.state === 'watching')
})
afterAll(() => night?.end())

async function until(is: (told: Story) => boolean, withinMs = 7 * 60_000): Promise<Story> {
  const end = performance.now() + withinMs
  let told: Story | null = null
  while (performance.now() < end) {
    told = await story(night.sql, 1)
    if (told && is(told)) return told
    await sleep(250)
  }
  throw new Error(`It did not come to that: ${JSON.stringify({ release: told?.release, fixes: told?.fixes }, null, 1)}`)
}

async function decide(verb: string, body: object, password?: string): Promise<Record<string, unknown>> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${night.stack.secrets.controlToken}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  }
  if (password) headers['nightshift-password'] = Buffer.from(password).toString('base64')
  const url = `${night.stack.url}/api/control/${verb}`
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, ...((await answer.json()) as object) }
}

/** An error nobody has seen before, on the commit that was just shipped. */
async function newError(sha: string): Promise<number> {
  const [project] = await night.sql<
    { no: number; key: string }[]
  >`select ingest_no as no, ingest_key as key from projects`
  const event = {
    ...launchEvent(),
    event_id: randomUUID().replaceAll('-', ''),
    release: sha,
    exception: {
      values: [{ type: 'RangeError', value: 'Invalid array length', mechanism: { type: 'generic', handled: false } }],
    },
  }
  const body = [{ event_id: event.event_id }, { type: 'event' }, event].map((line) => JSON.stringify(line)).join('\n')
  const url = `${night.stack.url}/ingest/api/${project!.no}/envelope/?sentry_key=${project!.key}`
  return (await fetch(url, { method: 'POST', body })).status
}

const rolledBack = async () => (await night.log()).filter((entry) => entry.what === 'rolled-back')
const serving = async () => {
  const headers = { authorization: `Bearer ${night.stack.platform.token}` }
  const answer = await fetch(`${night.stack.platform.url}/apps/clinic/targets/production`, { headers })
  return ((await answer.json()) as { deployment: string }).deployment
}

test('pausing says so, names the release on its way, and offers to take it back', async () => {
  const { release } = watched
  expect(await decide('pause', { project: 'clinic', why: 'going to bed' })).toMatchObject({
    status: 200,
    state: 'paused',
    inFlight: [],
    releases: [{ id: release!.id, state: 'watching', rollingBack: false }],
  })
})

test('production goes bad: the rollback waits for a person, people are told, and nothing else moves', async () => {
  const { facts, id } = watched.release!
  const before = (await night.log()).length
  for (let i = 0; i < 4; i++) expect(await newError(facts.mainSha!)).toBe(200)
  const told = await until((one) => one.release?.state === 'rolling-back' && one.release.facts.refused !== undefined)
  expect(told.release!.facts).toMatchObject({ refused: { reason: 'paused' }, back: { kind: 'unhealthy' } })
  const [notice] = await night.sql`select title, body from notices where key like ${`release:${id}:back:%`}`
  expect(notice?.title).toBe('Issue 1: the rollback waits for you')
  const moved = (await night.log()).slice(before).filter(({ what }) => what === 'promoted' || what === 'rolled-back')
  expect(moved).toEqual([])
  expect(await serving()).toBe(facts.productionDeployment)
})

test('the person rolls back: the version before serves, both branches are as they were, and the page says what was done', async () => {
  const { id, facts } = watched.release!
  expect(await decide('rollback', { release: id, why: 'customers see errors' })).toMatchObject({
    status: 200,
    state: 'rolling-back',
  })
  const told = await until((one) => one.release?.state === 'rolled-back')
  expect(await serving()).toBe(facts.previous!.deployment)
  expect(await rolledBack()).toMatchObject([
    { environment: 'production', deployment: facts.previous!.deployment },
    { environment: 'staging', deployment: facts.stagingPrevious!.deployment },
  ])
  for (const branch of ['main', 'staging'])
    expect(night.git('rev-parse', `${branch}^{tree}`)).toBe(night.git('rev-parse', `${base}^{tree}`))
  expect(undoneInWords(told.release!.facts.back!)).toHaveLength(4)
  expect(told.issue.state).toBe('open')
})

test('resumed with the password, the next attempt is told, the patch does not come again, and a person has the history', async () => {
  expect(await decide('resume', { project: 'clinic' })).toMatchObject({ status: 428 })
  const { ownerPassword } = night.stack.secrets
  expect(await decide('resume', { project: 'clinic' }, ownerPassword)).toMatchObject({ status: 200, state: 'resumed' })
  const told = await until(({ fixes }) => fixes.some((fix) => fix.attempt > 1 && fix.state === 'refused'))
  expect(told.fixes[0]).toMatchObject({ withdrawn: true, withdrawnWhy: expect.stringContaining('new error') })
  expect(told.fixes.at(-1)).toMatchObject({ state: 'refused', why: expect.stringContaining('refused before') })
  const branches = night.git('for-each-ref', '--format=%(refname)', 'refs/heads/agent').split('\n')
  expect(branches).toHaveLength(1)
})

test('the audit holds against what was written down outside the database, and the anchors are many', async () => {
  const project = (await projectBySlug(night.sql, 'clinic'))!
  const anchors = await fileAnchors(night.home).read(project)
  expect(anchors.length).toBeGreaterThan(10)
  expect(await verifyAudit(night.sql, project.id, anchors)).toMatchObject({ answer: 'holds', problems: [] })
})
