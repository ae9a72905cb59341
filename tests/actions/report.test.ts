import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { morningNote } from '../../lib/actions/report.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
let id: number
beforeAll(async () => {
  db = await freshDatabase()
  id = (await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings: { repository: '/r', app: 'shop' } })).id
})
afterAll(() => db.drop())

const HOUR = 3_600_000
const now = new Date()
const ago = (hours: number): Date => new Date(now.getTime() - hours * HOUR)

async function issue(fingerprint: string, closed: { as: 'cured' | 'archived'; hours: number } | null): Promise<number> {
  const [row] = await db.admin<{ id: number }[]>`
    insert into nightshift.issues (project, fingerprint, title, severity, severity_why, state, closed_as, closed_at, first_seen, last_seen)
    values (${id}, ${fingerprint}, ${fingerprint}, 'P2', 'w', ${closed ? 'closed' : 'open'}, ${closed?.as ?? null},
      ${closed ? ago(closed.hours) : null}, ${ago(100)}, ${ago(90)}) returning id`
  return row!.id
}
const counted = (fingerprint: string, hours: number, n: number, environment = 'production') =>
  db.admin`insert into nightshift.counts (project, fingerprint, environment, minute, n)
           values (${id}, ${fingerprint}, ${environment}, date_trunc('minute', ${ago(hours)}::timestamptz), ${n})`

const note = async (since: string | null = null) =>
  morningNote({ sql: db.sql, clock: { now: () => now } }, (await projectById(db.sql, id))!, since)

test('what is open, what ended since, and echoes of what was cured before; no other', async () => {
  expect((await note()).headline).toBe('A quiet night: nothing happened, and nothing is open.')
  const open = await issue('open', null)
  const cured = await issue('cured', { as: 'cured', hours: 3 })
  await issue('old', { as: 'cured', hours: 50 })
  const echo = await issue('echo', { as: 'cured', hours: 50 })
  await counted('echo', 2, 3)
  await counted('echo', 60, 100)
  await counted('echo', 30, 100)
  await counted('echo', 1, 100, 'staging')
  await issue('again', { as: 'cured', hours: 50 })
  const again = await issue('again', null)
  await counted('again', 2, 7)
  const archived = await issue('arch', { as: 'archived', hours: 2 })
  await counted('arch', 1, 9)
  const { sections } = await note()
  const ids = (name: keyof typeof sections) => sections[name].map((item) => item.issue).toSorted((a, b) => a - b)
  expect(ids('moving')).toEqual([open, again])
  expect(ids('cured')).toEqual([cured])
  expect(ids('leftAlone')).toEqual([echo, archived])
  expect(sections.leftAlone.find((item) => item.issue === echo)?.sentence).toContain('3 errors came from versions')
  expect(sections.leftAlone.find((item) => item.issue === archived)?.sentence).not.toContain('came from')
})

test('a release that was taken back since is told although its issue was over long before', async () => {
  const back = await issue('back', { as: 'cured', hours: 70 })
  await db.admin`insert into nightshift.fixes (id, project, issue, attempt, base, created_at)
                 values ('0123456789ab', ${id}, ${back}, 1, ${'a'.repeat(40)}, ${ago(80)})`
  const entered = (hours: number) => db.admin.json({ entered: { 'rolled-back': ago(hours).toISOString() } })
  await db.admin`insert into nightshift.releases (project, fix, issue, state, facts, created_at)
                 values (${id}, '0123456789ab', ${back}, 'rolled-back', ${entered(2)}, ${ago(79)})`
  expect((await note()).sections.rolledBack.map((item) => item.issue)).toEqual([back])
  await db.admin`update nightshift.releases set facts = ${entered(30)}`
  expect((await note()).sections.rolledBack).toEqual([])
  expect((await note('40h')).sections.rolledBack).toHaveLength(1)
})

test('open issues beyond those that were read are counted', async () => {
  await db.admin`
    insert into nightshift.issues (project, fingerprint, title, severity, severity_why, first_seen, last_seen)
    select ${id}, 'many' || n, 'm', 'P2', 'w', now(), now() from generate_series(1, 200) n`
  const { more, sections } = await note()
  expect(more).toBe(2)
  expect(sections.moving).toHaveLength(200)
})

test('a beginning that is none is refused in words', async () => {
  await expect(note('last night')).rejects.toMatchObject({ code: 'MALFORMED', detail: expect.stringContaining('24h') })
})
