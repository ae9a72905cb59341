import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseSql } from '../../lib/config/sql.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
/** Instructions, continued lines joined. */
const instructions = read('Dockerfile')
  .replace(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
const stages = instructions.join('\n').split(/^(?=FROM )/m)
const last = stages.at(-1) ?? ''

test('the image is made in stages on Node 24, and runs as nobody of importance', () => {
  expect(stages).toHaveLength(3)
  for (const stage of stages) expect(stage).toMatch(/^FROM node:24-bookworm-slim/)
  expect(last).toMatch(/^USER nightshift$/m)
  expect(last.indexOf('USER nightshift')).toBeGreaterThan(last.lastIndexOf('RUN '))
  expect(last).toMatch(/install -y --no-install-recommends bubblewrap ca-certificates git/)
  expect(last).toMatch(/^HEALTHCHECK .*\/api\/health\/live/m)
})

test('no script of a package runs while it is built, and no secret is asked for', () => {
  for (const line of instructions.filter((one) => one.includes('npm ci'))) expect(line).toContain('--ignore-scripts')
  expect(instructions.filter((line) => line.startsWith('ARG'))).toEqual([])
  expect(instructions.filter((line) => /^ENV .*(?:SECRET|TOKEN|KEY|PASSWORD)/.test(line))).toEqual([])
  expect(read('.dockerignore').split('\n')).toEqual(
    expect.arrayContaining(['.git', '.env*', '*.env', '**/node_modules']),
  )
})

test('everything the last stage copies is there, and everything that runs is copied', () => {
  const copied = [...last.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) => (match[1] ?? '').split(' '))
  for (const path of copied) expect(existsSync(join(ROOT, path)), path).toBe(true)
  expect(copied).toEqual(
    expect.arrayContaining([
      'agents',
      'app',
      'cli',
      'components',
      'lib',
      'supabase',
      'next.config.mjs',
      'instrumentation.ts',
    ]),
  )
})

const compose = parse(read('docker-compose.yml'), { merge: true })

test('the database is there before it is prepared, and prepared before anything uses it', () => {
  const { database, setup, app, worker } = compose.services
  expect(database.image).toBe('postgres:17')
  expect(database.healthcheck.test).toContain('pg_isready')
  expect(setup.depends_on.database.condition).toBe('service_healthy')
  for (const service of [app, worker]) expect(service.depends_on.setup.condition).toBe('service_completed_successfully')
  expect(worker.command).toEqual(['node', 'cli/nightshift.ts', 'worker'])
  expect(worker.healthcheck.test.slice(1)).toEqual(['node', 'cli/nightshift.ts', 'worker', '--check'])
})

test('the database is the one beside it, whatever WORLD names', () => {
  for (const name of ['setup', 'app', 'worker'])
    expect(compose.services[name].environment).toMatchObject({ SQL: 'postgres', NIGHTSHIFT_HOME: '/state' })
  const { choice, problems } = parseSql({
    ...compose.services.app.environment,
    DATABASE_URL: compose.services.app.environment.DATABASE_URL.replace(/\$\{.*?\}/, 'p'.repeat(16)),
  })
  expect({ tls: choice?.tls, problems }).toEqual({ tls: false, problems: [] })
})

/** Passwords of whoever owns the database, and of the owner. */
const OWNERS = ['ADMIN_PASSWORD', 'DATABASE_PASSWORD', 'OWNER_PASSWORD']

test('the server only answers, and only the set-up holds the database owner’s password', () => {
  const { setup, app, worker } = compose.services
  for (const service of [app, worker]) {
    expect(service.environment).toMatchObject({ SCHEDULER: 'off', RINGS: 'off', NIGHTSHIFT_HOME: '/state' })
    // `.env` is handed to every container whole.
    const taken = Object.fromEntries(OWNERS.map((name) => [name, '']))
    expect(service.environment).toMatchObject({ ...taken })
    expect(JSON.stringify({ ...service.environment, ...taken })).not.toMatch(/\$\{(?:ADMIN|OWNER)_/)
  }
  expect(setup.environment).toMatchObject({ DATABASE_ADMIN_URL: expect.any(String), DATABASE_URL: expect.any(String) })
  expect(app.ports).toEqual(['127.0.0.1:3000:3000'])
  // State is a worker's own: two that wrote one mirror would be in each other's way.
  expect(worker.volumes).toBeUndefined()
})
