import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeHome } from '../../cli/home.ts'
import { type SampleOptions, setUpSample } from '../../cli/stack/sample.ts'
import { git } from '../../examples/history/git.ts'
import { Policy } from '../../lib/domain/project.ts'
import { projects } from '../../lib/store/projects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { type FakePlatform, fakePlatform } from './fakePlatform.ts'

const ALL = ['put', 'build staging', 'promote staging', 'build production', 'promote production']

let home: string
let database: FreshDatabase
let platform: FakePlatform
let options: SampleOptions
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ns-sample-'))
  await makeHome(home)
  database = await freshDatabase()
  platform = await fakePlatform()
  const ports = { production: 3001, staging: 3002 }
  options = { home, databaseUrl: database.url, platform: { url: platform.url, token: 't' }, port: 3000, ports }
})
afterEach(async () => {
  platform.close()
  await database.drop()
  await rm(home, { recursive: true, force: true })
})

it('registers the sample at level 2, at any hour, with short windows and as many probes', async () => {
  const sample = await setUpSample(options)
  const [project] = await projects(database.sql)
  expect(project).toMatchObject({ id: sample.project, slug: 'clinic', level: 2 })
  expect(project?.policy).toMatchObject({
    hours: { from: 0, to: 24, days: [1, 2, 3, 4, 5, 6, 7] },
    soakSeconds: 20,
    watchSeconds: 30,
    probes: 60,
  })
  expect(project?.settings).toMatchObject({
    repository: sample.repository,
    branches: { production: 'main', staging: 'staging' },
    app: 'clinic',
  })
})

it('puts the same commit on both targets, each with the project’s address for events', async () => {
  const { repository } = await setUpSample(options)
  expect(platform.done).toEqual(ALL)
  const main = git(repository, ['rev-parse', 'main'])
  expect([platform.serving.production?.sha, platform.serving.staging?.sha]).toEqual([main, main])
  const dsn = expect.stringMatching(/^http:\/\/[0-9a-f]{32}@127\.0\.0\.1:3000\/ingest\/1$/)
  expect(platform.env).toEqual({
    production: { SENTRY_DSN: dsn, CLINIC_ENV: 'production' },
    staging: { SENTRY_DSN: dsn, CLINIC_ENV: 'staging' },
  })
})

it('leaves alone what serves at the second start, a fix shipped since included', async () => {
  const first = await setUpSample(options)
  const before = { ...platform.serving }
  platform.done.length = 0
  expect(await setUpSample(options)).toEqual(first)
  expect(platform.done).toEqual(['put'])
  expect(platform.serving).toEqual(before)
})

it('runs what serves anew where the address for events has changed', async () => {
  await setUpSample(options)
  const shipped = { ...platform.serving.production, id: 'shipped', sha: 'f'.repeat(40) }
  Object.assign(platform.serving, { production: shipped })
  platform.done.length = 0
  await setUpSample({ ...options, port: 3999 })
  expect(platform.done).toEqual(ALL)
  expect(platform.serving.production?.sha).toBe('f'.repeat(40))
  expect(platform.env.production?.SENTRY_DSN).toContain(':3999/')
})

it('builds again after a first start whose build failed', async () => {
  platform.broken = true
  await expect(setUpSample(options)).rejects.toThrow('npm ci ended with 1')
  platform.broken = false
  await setUpSample(options)
  expect(platform.serving).toHaveProperty('production')
})

it('makes the repository again after an interrupted first start, and never a second time', async () => {
  const fresh = join(home, 'repositories/clinic.git.new')
  git(fresh, ['init', '--bare', '--quiet', fresh])
  const { repository } = await setUpSample(options)
  const main = git(repository, ['rev-parse', 'main'])
  expect(Number(git(repository, ['rev-list', '--count', 'main']))).toBeGreaterThanOrEqual(12)
  await setUpSample(options)
  expect(git(repository, ['rev-parse', 'main'])).toBe(main)
  expect((await readdir(join(home, 'repositories'))).sort()).toEqual(['clinic.git', 'clinic.settings'])
})

it('takes another policy and other words for a story', async () => {
  const { repository } = await setUpSample({
    ...options,
    policy: Policy.parse({ soakSeconds: 3 }),
    words: { practice: 'surgery' },
  })
  const [project] = await projects(database.sql)
  expect(project?.policy.soakSeconds).toBe(3)
  expect(git(repository, ['grep', '-l', '-w', 'surgery', 'main'])).not.toBe('')
})
