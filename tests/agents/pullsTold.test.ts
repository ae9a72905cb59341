import { afterEach, expect, test } from 'vitest'
import { handOver } from '../../agents/releaser/handOver.ts'
import { claimWork, finishWork } from '../../lib/store/work.ts'
import { PAGES, type Pulling, pulling } from './pulls.ts'

let p: Pulling
afterEach(() => p.end())

const told = () => p.repo.threads.map(({ comments }) => comments.map(({ body }) => body.split('\n')[2]))
const deployed = () => p.repo.deployments.map(({ environment, statuses }) => [environment, statuses.at(-1)?.state])

test('one comment a request, edited in place as it goes on, and both deployments', async () => {
  p = await pulling()
  await p.until('soaking')
  await p.told()
  expect(told()).toEqual([['**Release 1: soaking on staging.**']])
  expect(deployed()).toEqual([['staging', 'success']])
  await p.until('watching')
  await p.told()
  await p.told()
  expect(told()).toEqual([
    ['**Release 1: in production, and watched.**'],
    ['**Release 1: in production, and watched.**'],
  ])
  await p.see(400, 300)
  await p.until('rolled-back')
  await p.told()
  expect(told().slice(0, 2)).toEqual([['**Release 1: taken back.**'], ['**Release 1: taken back.**']])
  expect(deployed()).toEqual([
    ['staging', 'inactive'],
    ['production', 'inactive'],
  ])
  expect([p.count('comment'), p.count('deployment')]).toEqual([2, 2])
  expect(p.repo.threads[0]!.comments[0]!.body).toContain(`(${PAGES}/dashboard/agent-control/issues/1)`)
})

test('where answers are lost, nothing is said twice; an App without the right to it shows no deployments', async () => {
  p = await pulling()
  await p.until('soaking')
  for (const on of [/POST .*comments$/, /POST .*deployments$/, /POST .*statuses$/])
    p.github.faults.push({ on, what: { kind: 'lost' }, times: 1 })
  for (let i = 0; i < 8; i++) {
    await p.told()
    await p.db.admin`update nightshift.effects set deadline = now() - interval '1 s' where state = 'sending'`
  }
  expect([p.count('comment'), p.count('deployment'), p.count('deployment-status')]).toEqual([1, 1, 1])
  const [lost] = p.github.service.tokens.installations
  lost!.permissions = { ...lost!.permissions }
  delete lost!.permissions.deployments
  p.renew()
  await p.until('watching')
  await p.told()
  expect([p.count('comment'), p.count('deployment')]).toEqual([2, 1])
})

test('a request that cannot be told keeps nothing else from being told', async () => {
  p = await pulling({
    around: (review) => ({
      ...review,
      comment: async (number, ...words) => {
        if (number === 1) throw new Error('locked')
        return review.comment(number, ...words)
      },
    }),
  })
  await p.until('watching')
  await p.told()
  expect(told()).toEqual([[], ['**Release 1: in production, and watched.**']])
  expect(deployed()).toContainEqual(['production', 'success'])
})

test('an issue that needs a person is one there, once, however often it is told', async () => {
  p = await pulling()
  await p.db.admin`delete from nightshift.fixes`
  for (let i = 0; i < 2; i++) {
    await p.db.admin`
      insert into nightshift.work (subject, project, agent) values ('issue:1', ${p.project}, 'releaser')
      on conflict (subject) do update set agent = 'releaser', due_at = now(), lease_until = null`
    const lease = (await claimWork(p.db.sql, 'releaser', 60))!
    await finishWork(p.db.sql, lease, await handOver(p.actor, lease))
    if (i === 0) p.github.faults.push({ on: /POST .*issues$/, what: { kind: 'lost' }, times: 1 })
    await p.told()
    await p.db.admin`update nightshift.effects set deadline = now() - interval '1 s' where state = 'sending'`
    await p.told()
  }
  expect(p.count('issue')).toBe(1)
  expect(p.repo.threads[0]).toMatchObject({ title: 'Nightshift: issue 1 needs a person', labels: ['nightshift', 'p2'] })
  expect(p.repo.threads[0]!.body).toContain(`(${PAGES}/dashboard/agent-control/issues/1)`)
})
