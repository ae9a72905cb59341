import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ADesk, openDesk } from './desk.ts'
import { everything, PASSWORD, password, send, someone } from './people.ts'
import { fixId, seedProject } from './seed.ts'

let desk: ADesk
let owner: { id: number; cookie: string }
beforeAll(async () => {
  desk = await openDesk()
  owner = await someone(desk, 'owner')
})
afterAll(() => desk.close())

let projects = 0
/** A project with one proven fix that waits, and what a yes to it says. */
async function waiting() {
  const slug = `p-${++projects}`
  const { issues } = await seedProject(desk.sql, desk.admin, { slug, name: slug }, ['proven'])
  const fix = fixId(issues.proven, 1)
  const [row] = await desk.sql<{ tree: string }[]>`select tree from fixes where id = ${fix}`
  return { slug, fix, yes: { fix, tree: row?.tree, target: 'production', policyVersion: 1 } }
}

const decide = (verb: string, body: object, headers: Record<string, string> = {}, who = owner) =>
  send(desk, { verb, body, headers: { cookie: who.cookie, ...headers } })
const audited = async (what: string, fix: string): Promise<number> =>
  (await desk.sql`select 1 from audit where what = ${what} and body->>'fix' = ${fix}`).length

test('twenty clicks at once under one key are one decision, and each hears of it', async () => {
  const { fix, yes } = await waiting()
  const key = { 'idempotency-key': 'twenty-clicks' }
  const answers = await Promise.all(Array.from({ length: 20 }, () => decide('approve', yes, key)))
  const codes = answers.map(({ status, body }) => (status === 200 ? body.answer : body.code))
  expect(codes.filter((code) => code !== 'done' && code !== 'IN_PROGRESS')).toEqual([])
  expect(codes).toContain('done')
  expect(await audited('control.approved', fix)).toBe(1)
  expect(await desk.sql`select 1 from approvals where fix = ${fix}`).toHaveLength(1)
  expect(await decide('approve', yes, key)).toMatchObject({ status: 200, body: { answer: 'done' } })
})

test('twenty clicks under twenty keys are one decision too', async () => {
  const { fix, yes } = await waiting()
  const answers = await Promise.all(Array.from({ length: 20 }, () => decide('approve', yes)))
  expect(answers.filter(({ body }) => body.answer === 'done')).toHaveLength(1)
  expect(answers.filter(({ body }) => body.answer === 'already')).toHaveLength(19)
  expect(await audited('control.approved', fix)).toBe(1)
})

test('a key stands for one request: another body, or another verb, under it is refused and does nothing', async () => {
  const { slug, yes } = await waiting()
  const key = { 'idempotency-key': 'one-request-only' }
  await decide('approve', yes, key)
  const before = await everything(desk)
  expect(await decide('approve', { ...yes, target: 'staging' }, key)).toMatchObject({ status: 422 })
  expect(await decide('pause', { project: slug }, key)).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } })
  expect(await everything(desk)).toBe(before)
})

test('another person may use the same key: it is theirs', async () => {
  const { slug } = await waiting()
  const other = await someone(desk, 'operator')
  const key = { 'idempotency-key': 'the-same-for-two' }
  expect(await decide('pause', { project: slug }, key)).toMatchObject({ body: { answer: 'done' } })
  expect(await decide('pause', { project: slug }, key, other)).toMatchObject({ body: { answer: 'already' } })
})

test('resuming takes the password; a wrong one uses up no key', async () => {
  const { slug } = await waiting()
  await decide('pause', { project: slug })
  const key = { 'idempotency-key': 'one-key-to-resume' }
  const before = await everything(desk)
  expect(await decide('resume', { project: slug }, key)).toMatchObject({
    status: 428,
    body: { code: 'PASSWORD_NEEDED' },
  })
  const wrong = { ...key, ...password('not this one') }
  expect(await decide('resume', { project: slug }, wrong)).toMatchObject({
    status: 403,
    body: { code: 'PASSWORD_WRONG' },
  })
  expect(await everything(desk)).toBe(before)
  const right = { ...key, ...password(PASSWORD) }
  expect(await decide('resume', { project: slug }, right)).toMatchObject({ status: 200, body: { state: 'resumed' } })
  expect(JSON.stringify(await desk.sql`select * from requests`)).not.toContain(PASSWORD)
})

test('the password is the person’s own: nobody else’s opens it', async () => {
  const { slug } = await waiting()
  await decide('pause', { project: slug })
  const theirs = password(desk.stack.secrets.ownerPassword)
  expect(await decide('resume', { project: slug }, theirs)).toMatchObject({
    status: 403,
    body: { code: 'PASSWORD_WRONG' },
  })
})

test('a role that was taken away, a changed password and a person who is gone end the same cookie at once', async () => {
  const { slug, fix, yes } = await waiting()
  const operator = await someone(desk, 'operator')
  expect((await decide('pause', { project: slug }, {}, operator)).status).toBe(200)
  await desk.admin`update nightshift.people set role = 'viewer' where id = ${operator.id}`
  expect(await decide('approve', yes, {}, operator)).toMatchObject({ status: 403, body: { code: 'ROLE_TOO_LOW' } })
  await desk.admin`update nightshift.people set role = 'operator', password_hash = 'scrypt$AAAA$BBBB' where id = ${operator.id}`
  expect(await decide('approve', yes, {}, operator)).toMatchObject({ status: 401 })
  const gone = await someone(desk, 'owner')
  await desk.admin`delete from nightshift.members where person = ${gone.id}`
  await desk.admin`delete from nightshift.people where id = ${gone.id}`
  expect(await decide('approve', yes, {}, gone)).toMatchObject({ status: 401 })
  expect(await audited('control.approved', fix)).toBe(0)
})

test('yes and no at once: whoever is first, the no stands, and no yes outlives it', async () => {
  for (let round = 0; round < 20; round++) {
    const { fix, yes } = await waiting()
    const [approved, rejected] = await Promise.all([decide('approve', yes), decide('reject', { fix, why: 'no' })])
    expect(rejected).toMatchObject({ status: 200, body: { answer: 'done' } })
    expect([200, 409]).toContain(approved?.status)
    const live = await desk.sql`select 1 from approvals where fix = ${fix} and revoked_at is null`
    const [kept] = await desk.sql`select withdrawn from fixes where id = ${fix}`
    expect([live.length, kept?.withdrawn]).toEqual([0, true])
    expect(await decide('approve', yes)).toMatchObject({ status: 409, body: { code: 'REFUSED' } })
  }
})

test('a decision names what it is about by our own ids: no deployment, no commit, no second field', async () => {
  const { slug, fix, yes } = await waiting()
  const before = await everything(desk)
  for (const [verb, body] of [
    ['rollback', { release: 'd-3', why: 'no' }],
    ['rollback', { release: 1, why: 'no', deployment: 'd-3' }],
    ['approve', { ...yes, person: 1 }],
    ['approve', { ...yes, fix: `${fix}' or 1=1` }],
    ['approve', { ...yes, target: ['production'] }],
    ['level', { project: slug, level: '1', policyVersion: 1 }],
    ['level', { project: slug, level: 1, policyVersion: 1, capPerDay: 99 }],
    ['pause', { project: [slug] }],
    ['pause', { project: slug, rollBack: 'yes' }],
    ['reject', { fix, why: '   ' }],
    ['reject', { fix, why: 'x'.repeat(501) }],
  ] as const)
    expect([verb, body, (await decide(verb, body)).status]).toEqual([verb, body, 400])
  expect(await everything(desk)).toBe(before)
  expect(await decide('rollback', { release: 999_999, why: 'no' })).toMatchObject({ status: 404 })
  expect(await decide('pause', { project: 'nobody' })).toMatchObject({ status: 404 })
  // Refusals are kept under their keys, so that a repetition hears them again; nothing else was written.
  const rest = (rows: string) => rows.replace(/"requests","hash":"\w+"/, '')
  expect(rest(await everything(desk))).toBe(rest(before))
})
