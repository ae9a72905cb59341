import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Effect } from '../../../emulators/github/types.ts'
import { pageAt } from '../../../lib/adapters/review/pages.ts'
import { githubReview } from '../../../lib/adapters/review.github.ts'
import type { DeployRecord, ProposalPlan } from '../../../lib/domain/proposal.ts'
import type { Review } from '../../../lib/world/review.ts'
import { type Hub, openHub } from '../../contracts/hub.ts'

const BRANCH = 'agent/fix-000000000001'
const PAGES = 'https://nightshift.example/app/'
const PLAN: ProposalPlan = {
  ...{ branch: BRANCH, into: 'main', title: 'Fix: failure in POST /api/launch' },
  ...{ body: 'What happened.', draft: false, labels: ['nightshift'], link: '/dashboard/agent-control/issues/1' },
}

let hub: Hub
let review: Review
let head: string
beforeEach(async () => {
  hub = await openHub()
  review = githubReview({ ...hub.options, pages: PAGES })(hub.project)
  hub.origin.git('update-ref', `refs/heads/${BRANCH}`, hub.base)
  head = hub.origin.commit(BRANCH, { 'src/other.ts': 'x\n' }, 'Fix')
})
afterEach(() => hub.close())

const count = (what: Effect['what']) => hub.github.service.count(what)
const thread = (number: number) => hub.repo.threads[number - 1]!

test('a draft is taken out of it once, and where there are none it is plain from the beginning', async () => {
  const { number } = await review.open({ ...PLAN, draft: true })
  hub.fault(/markPullRequestReadyForReview/, { kind: 'lost' })
  await review.ready(number)
  await review.ready(number)
  expect([count('ready'), thread(number).pull!.draft]).toEqual([1, false])
  hub.repo.merging.drafts = false
  const second = await review.open({ ...PLAN, into: 'staging', draft: true })
  expect(second).toMatchObject({ draft: false, state: 'open' })
})

test('a branch that serves again has a request for each commit; one left open is about the new one', async () => {
  const staging = (at: string, marker: string) => ({ ...PLAN, branch: 'staging', head: at, marker, title: marker })
  const one = hub.origin.commit('staging', { 'a.txt': '1' }, 'One')
  const first = await review.open(staging(one, 'fix:1'))
  expect(await review.merge(first.number, one, 'Merge')).toMatchObject({ state: 'merged' })
  const two = hub.origin.commit('staging', { 'a.txt': '2' }, 'Two')
  expect(await review.find('staging', 'main', two)).toBeNull()
  expect(await review.find('staging', 'main', one)).toMatchObject({ number: first.number, head: one, state: 'merged' })
  const second = await review.open(staging(two, 'fix:2'))
  const again = await review.open(staging(two, 'fix:3'))
  expect([second.number, again.number, count('pull')]).toEqual([2, 2, 2])
  expect([thread(2).title, count('pull-edited')]).toEqual(['fix:3', 1])
})

test.each([
  [['merge', 'squash'], 2],
  [['squash'], 1],
  [['rebase'], 1],
] as const)('it merges as the repository allows: %j', async (methods, parents) => {
  hub.repo.merging.methods = [...methods]
  const { number } = await review.open(PLAN)
  const answer = await review.merge(number, head, 'Merge it\n\nNightshift-Fix: 1')
  expect(answer).toEqual({ state: 'merged', sha: hub.head('main') })
  expect(hub.origin.git('log', '-1', '--format=%P', 'main').split(' ')).toHaveLength(parents)
  expect(await review.merge(number, head, 'Merge it')).toEqual(answer)
})

test('it knows whether branches go once they are merged', async () => {
  expect(await review.deletesMerged()).toBe(false)
  hub.repo.merging.deletesBranches = true
  expect(await review.deletesMerged()).toBe(true)
  const { number } = await review.open(PLAN)
  await review.merge(number, head, 'Merge')
  expect(hub.head(BRANCH)).toBeNull()
  expect(await review.find(BRANCH, 'main')).toMatchObject({ state: 'merged', head, merge: hub.head('main') })
})

test('what merges by itself is known, be it in a queue or by somebody’s auto-merge', async () => {
  const { number } = await review.open(PLAN)
  expect(await review.isQueued(number)).toBe(false)
  thread(number).pull!.autoMerge = true
  expect(await review.isQueued(number)).toBe(true)
  Object.assign(thread(number).pull!, { autoMerge: false, queued: true })
  expect(await review.isQueued(number)).toBe(true)
  await review.close(number)
  expect(await review.isQueued(number)).toBe(false)
})

test('a member who may only read has no say, and neither has who is no collaborator', async () => {
  const { number } = await review.open(PLAN)
  const rights = { ada: 'write', olga: 'admin', ron: 'read', nobody: 'none' } as const
  for (const [user, right] of Object.entries(rights)) {
    hub.repo.rights.set(user, right)
    await hub.github.service.review(hub.repo, number, { user, association: 'MEMBER', state: 'APPROVED' })
  }
  expect((await review.opinions(number)).approved.map(({ by }) => by)).toEqual(['ada', 'olga'])
})

test('what is written there leads to our page, and is told from what is not there', async () => {
  const { number } = await review.open(PLAN)
  const page = 'https://nightshift.example/dashboard/agent-control/issues/1'
  expect(thread(number).body).toContain(`](${page})\n\nWhat happened.`)
  expect(await review.isCommented(number, 'status', 'Soaking', '/x')).toBe(false)
  await review.comment(number, 'status', 'Soaking', '/x')
  expect(await review.isCommented(number, 'status', 'Soaking', '/x')).toBe(true)
  expect(await review.isCommented(number, 'status', 'Watched', '/x')).toBe(false)
  expect(await review.escalated('issue:1')).toBeNull()
  const made = await review.escalate({ marker: 'issue:1', title: 'Help', body: 'Look', labels: [], link: '/y' })
  expect(await review.escalated('issue:1')).toBe(made)
  for (const link of ['//evil.example/x', 'https://evil.example', undefined]) expect(pageAt(PAGES, link)).toBeNull()
  expect(pageAt(undefined, '/x')).toBeNull()
})

const RECORD: DeployRecord = {
  ...{ environment: 'staging', key: 'release:1:staging', state: 'in_progress', link: '/x' },
  sha: '',
}

test('a deployment is shown once a key, and each of its states once', async () => {
  const record = { ...RECORD, sha: head }
  expect(await review.isShownDeployed(record)).toBe(false)
  for (const on of [/POST .*deployments$/, /POST .*statuses$/]) {
    hub.fault(on, { kind: 'lost' })
    await review.showDeployed(record).catch(() => null)
  }
  for (const state of ['in_progress', 'success', 'success', 'inactive'] as const)
    expect(await review.showDeployed({ ...record, state })).toBeUndefined()
  expect(await review.isShownDeployed({ ...record, state: 'inactive' })).toBe(true)
  expect(hub.repo.deployments.map(({ statuses }) => statuses.map(({ state }) => state))).toEqual([
    ['in_progress', 'success', 'inactive'],
  ])
  await review.showDeployed({ ...record, environment: 'production', key: 'release:1:production' })
  expect(hub.repo.deployments).toHaveLength(2)
})

test('an App without the right to it shows none, and opens its requests all the same', async () => {
  const [installation] = hub.github.service.tokens.installations
  const { deployments: _, ...rest } = installation!.permissions
  installation!.permissions = rest
  expect(await review.showDeployed({ ...RECORD, sha: head })).toEqual({
    refused: 'GitHub does not let it show deployments',
  })
  expect(await review.open(PLAN)).toMatchObject({ number: 1 })
})
