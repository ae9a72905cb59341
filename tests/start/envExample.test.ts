import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { MODEL_ROUTES } from '../../lib/config/model.ts'
import { parseConfig } from '../../lib/config.ts'
import { HOSTED } from './hosted.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** Written as a name of the environment: a key of a schema, a property of it, or a word of a list of settings. */
const NAMES = [
  /^\s+([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*): (?:z\.|[a-z]+\b)/gm,
  /oneOf\(env, '([A-Z_]+)'/g,
  /\b(?:env|given|e)\.([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\b/g,
  /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g,
  /\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+): [a-z]+\b(?=[,} ].*= env)/g,
]
/** Codes of errors are in quotes as well. */
const NO_SETTING = /^CONFIG_INVALID$/
/** A host says by itself that this is a function of its own. */
const OF_HOSTS = /^(?:VERCEL|AWS_LAMBDA_FUNCTION_NAME)$/

function settings(): string[] {
  // What a preset or a list of addresses names is not read there.
  const files = readdirSync(join(ROOT, 'lib/config')).filter((name) => !/^(?:preset|where)\.ts$/.test(name))
  const texts = ['lib/config.ts', ...files.map((name) => `lib/config/${name}`)].map(read)
  const found = texts.flatMap((text) =>
    NAMES.flatMap((name) => [...text.matchAll(name)].map((match) => match[1] ?? '')),
  )
  return [...new Set([...found, ...MODEL_ROUTES])]
    .filter((name) => !NO_SETTING.test(name) && !OF_HOSTS.test(name))
    .sort()
}

const example = (): string[] =>
  [...read('.env.example').matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1] ?? '')

test('.env.example has every setting there is, once, and none that nobody reads', () => {
  expect(settings().length).toBeGreaterThan(60)
  expect([...example()].sort()).toEqual(settings())
})

test('each is explained, and says whether it is needed', () => {
  let explained = false
  for (const line of read('.env.example').split('\n').slice(4)) {
    if (/^# (?:\[(?:required|hosted|optional)\] )/.test(line)) explained = true
    else if (line === '') explained = false
    else if (/^[A-Z]/.test(line)) expect(explained, line).toBe(true)
  }
})

test('it holds no secret: every value but the world is empty', () => {
  const filled = read('.env.example').match(/^[A-Z][A-Z0-9_]*=.+$/gm)
  expect(filled).toEqual(['WORLD=hosted'])
})

test('a copy of it that is filled in as far as the choices need starts: set to nothing is not set', () => {
  const copy = Object.fromEntries(example().map((name) => [name, '']))
  const chosen = { WORLD: 'hosted', SOURCES: 'sdk', NOTIFY: 'inbox', AUTH: 'owner', CODE: 'git', SANDBOX: 'bubblewrap' }
  const { SENTRY_ORG, SLACK_CHANNEL, ...filled } = { ...HOSTED, ...chosen }
  const parsed = parseConfig({ ...copy, ...filled, DATABASE_CA: ' ' })
  expect(parsed).toMatchObject({ world: 'hosted', home: '/tmp/nightshift', cacheBytes: 5 * 1024 ** 3 })
  expect(parsed.registry).toBeUndefined()
})
