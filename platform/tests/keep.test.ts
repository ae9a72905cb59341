import { expect, test } from 'vitest'
import { appEnvironment } from '../environment.ts'
import { PREVIEWS, toKeep } from '../keep.ts'
import type { App, Build } from '../state.ts'

function build(id: string, state: Build['state'] = 'ready', environment: Build['environment'] = 'production'): Build {
  const rest = { at: '', why: null, uid: null, port: 1, start: 's', health: '/', dependencies: null }
  return { id, key: id, sha: `sha-${id}`, environment, state, ...rest }
}

function appWith(history: string[], builds: Build[]): App {
  const production = { port: 1, env: {}, serving: history.at(-1) ?? null, history }
  return { name: 'shop', repository: '/r', targets: { production }, builds }
}

test.each([
  [['a'], ['a']],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [
    ['a', 'b', 'c'],
    ['b', 'c'],
  ],
  [
    ['a', 'b', 'a'],
    ['a', 'b'],
  ],
  [
    ['a', 'b', 'a', 'c'],
    ['a', 'c'],
  ],
  [
    ['a', 'b', 'b', 'b'],
    ['a', 'b'],
  ],
])('of %j are kept %j: a build is stopped when two newer ones were promoted', (history, kept) => {
  const builds = [...new Set(history)].map((id) => build(id))
  expect([...toKeep(appWith(history, builds))].sort()).toEqual(kept)
})

test('the newest builds that wait for traffic are kept, older and failed ones not', () => {
  const builds = ['p', 'q', 'r', 's', 't'].map((id) => build(id))
  const app = appWith([], [...builds, build('failed', 'failed'), build('building', 'building')])
  expect([...toKeep(app)]).toEqual(['r', 's', 't'])
  expect(PREVIEWS).toBe(3)
})

test('builds for another target do not push out those that wait for this one', () => {
  const others = ['w', 'x', 'y', 'z'].map((id) => build(id, 'ready', 'staging'))
  expect([...toKeep(appWith([], [build('a'), ...others]))]).toEqual(['a'])
})

test('a target says what its app is told, except which commit it is and where it listens', () => {
  const app = appWith(['a'], [])
  const env = { SENTRY_DSN: 'dsn', PORT: '1', SENTRY_RELEASE: 'x', SENTRY_ENVIRONMENT: 'y', NODE_ENV: 'test' }
  app.targets.production = { port: 1, serving: null, history: [], env }
  expect(appEnvironment(app, build('a'), 20_001)).toEqual({
    SENTRY_DSN: 'dsn',
    NODE_ENV: 'test',
    PORT: '20001',
    SENTRY_RELEASE: 'sha-a',
    SENTRY_ENVIRONMENT: 'production',
  })
})
