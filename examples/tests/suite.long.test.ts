import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { Fixture } from '../../lib/domain/fixture.ts'
import { buildClinic } from '../history/build.ts'
import { copyOf, run, startApp, temporary } from './app.ts'

let folder: string

beforeAll(async () => {
  const repository = join(temporary(), 'clinic.git')
  folder = copyOf(repository, (await buildClinic({ into: repository })).main)
})

const executed = (tap: string) =>
  [...tap.matchAll(/^((?:not )?ok) \d+ - (.+)$/gm)].map(([, ok, name]) => `${ok} ${name}`)

const fixtureOf = (id: string, status: number) =>
  Fixture.parse({
    id,
    route: 'POST /api/campaigns/launch',
    request: { method: 'POST', path: '/api/campaigns/launch', body: '{"practiceId":"p-97"}' },
    expect: { status },
  })

test('suite and typecheck of the sample app pass', () => {
  const names = executed(run(folder, 'npm test').stdout)
  expect(names.length).toBeGreaterThanOrEqual(15)
  expect(names.filter((name) => !name.startsWith('ok '))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
  expect(run(folder, 'node_modules/.bin/tsc --noEmit')).toMatchObject({ status: 0, stdout: '' })
})

test('each fixture is one more test under its own id; no other test goes away', () => {
  const before = executed(run(folder, 'npm test').stdout)
  const fixtures = join(folder, 'tests/nightshift')
  mkdirSync(fixtures)
  for (const fixture of [fixtureOf('0123456789ab', 404), fixtureOf('ba9876543210', 400)]) {
    writeFileSync(join(fixtures, `${fixture.id}.json`), JSON.stringify(fixture))
  }
  const after = executed(run(folder, 'npm test').stdout)
  expect(after.filter((name) => !before.includes(name))).toEqual(['not ok 0123456789ab', 'not ok ba9876543210'])
  expect(before.filter((name) => !after.includes(name))).toEqual([])
})

test('prepare fills the same rows every time', () => {
  const CLINIC_DB = join(temporary(), 'deep/clinic.db')
  const dump = 'node scripts/seed.ts && node -e "$DUMP"'
  const DUMP = `const { DatabaseSync } = require('node:sqlite')
    const db = new DatabaseSync(process.env.CLINIC_DB)
    const tables = db.prepare("select name from sqlite_schema where type = 'table' order by name").all()
    console.log(JSON.stringify(tables.map(({ name }) => db.prepare('select * from ' + name).all())))`
  const [first, second] = [run(folder, dump, { CLINIC_DB, DUMP }), run(folder, dump, { CLINIC_DB, DUMP })]
  expect(first.stdout).toContain('Alder Grove')
  expect(second.stdout).toBe(first.stdout)
})

test('two starts with databases of their own do not see each other', async () => {
  const [one, two] = [await startApp(folder), await startApp(folder)]
  const book = (app: typeof one, patientId: string) =>
    app.post('/api/appointments/book', JSON.stringify({ slotId: 's-p-1-mon-0900', patientId }))
  expect((await book(one, 'pt-1')).status).toBe(200)
  expect((await book(two, 'pt-2')).status).toBe(200)
  expect((await book(one, 'pt-2')).status).toBe(409)
  expect([await one.stop(), await two.stop()]).toEqual([0, 0])
})

test('asked to end, it does not wait for ever for somebody who stopped in the middle of a request', async () => {
  const app = await startApp(folder)
  const socket = connect(app.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('POST /api/campaigns/launch HTTP/1.1\r\nHost: clinic\r\nContent-Length: 40\r\n\r\n{')
  expect((await app.get('/healthz')).status).toBe(200)
  expect(await app.stop()).toBe(0)
  socket.destroy()
})
