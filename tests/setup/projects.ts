import { join } from 'node:path'

/** Kinds of tests by what they need. `length` says which of them: `*.long.test.ts` are those a change waits for no longer. */

const PURE = [
  'tests/policy/**/*.test.ts',
  'tests/parse/**/*.test.ts',
  'tests/recipes/**/*.test.ts',
  'tests/runtimes/**/*.test.ts',
  'tests/architecture.test.ts',
  'tests/schemas/**/*.test.ts',
  'tests/adapters/{later,github/failures,github/hook,github/marker,github/opinions,sentry/pass}.test.ts',
  'tests/components/**/*.test.{ts,tsx}',
]
/** What runs in a sandbox with limits, or tries as much as time allows: more workers than cores starve it. */
const BOUNDED = [
  'tests/{sandbox,harness,bench}/**/*.test.ts',
  'tests/contracts/sandbox.*.test.ts',
  'tests/agents/{repair*,screen,format}.test.ts',
  'tests/agents/model/**/*.test.ts',
  'tests/start/repair*.test.ts',
]
const STORIES = ['tests/stories/**/*.test.ts']
const BROWSER = ['tests/browser/**/*.test.ts']
const WORLD = ['{tests,platform,examples,sidecar,emulators}/**/*.test.ts']
/** The store and the gate once more, through a pooler in transaction mode, as hosted databases are reached. */
const POOLED = ['tests/store/**/*.test.ts', 'tests/actions/{act,budget,pause,perform}.test.ts']
const NONE = ['**/node_modules/**', 'examples/clinic/**']

/** Limits are for a machine that is busy, not for how long a test should take. */
const minutes = (n: number) => ({ testTimeout: n * 60_000, hookTimeout: n * 60_000 })

/** Tests that mostly wait, for a database, for processes or for their windows, share the machine well. */
const PATIENT = 4

/**
 * Kinds: a sandbox, and nothing; a PostgreSQL, and the store once more through a pooler where there is time for it; a whole
 * Nightshift, and a browser. What shares a `groupOrder` runs side by side, in the order it is listed; each group begins when
 * the one before has ended, so there are few.
 */
export function projects(length: 'short' | 'long') {
  const isLong = (one: string) => one.replace('.test.', '.long.test.')
  const tests = (include: string[], exclude: string[] = []) =>
    length === 'long'
      ? { include: include.map(isLong), exclude: [...NONE, ...exclude.map(isLong)] }
      : { include, exclude: [...NONE, ...exclude, '**/*.long.test.ts'] }
  const small = { provide: { size: 'small' as const } }
  const boxed = { ...small, globalSetup: ['tests/setup/stage.ts'] }
  const cluster = { ...small, globalSetup: ['tests/setup/cluster.ts'] }
  const pooled = {
    test: {
      ...{ name: 'pooled', include: POOLED, exclude: NONE, ...cluster, provide: { ...cluster.provide, pooled: true } },
      ...{ maxWorkers: PATIENT, sequence: { groupOrder: 1 }, ...minutes(5) },
    },
  }
  // Pages, components and doors import by the name Next gives the root.
  const resolve = { alias: { '@': join(import.meta.dirname, '../..') } }
  return [
    {
      test: {
        ...{ name: 'sandbox', ...tests(BOUNDED), ...boxed, maxWorkers: 2 },
        ...{ sequence: { groupOrder: 0 }, ...minutes(5) },
      },
    },
    {
      resolve,
      // What is pure leaves nothing behind for the next file.
      test: {
        ...{ name: 'pure', ...tests(PURE), isolate: false, maxWorkers: 2 },
        ...{ sequence: { groupOrder: 0 }, ...minutes(1) },
      },
    },
    {
      resolve,
      test: {
        ...{ name: 'world', ...tests(WORLD, [...PURE, ...BOUNDED, ...STORIES, ...BROWSER]), ...cluster },
        ...{ maxWorkers: PATIENT, sequence: { groupOrder: 1 }, ...minutes(5) },
      },
    },
    ...(length === 'long' ? [pooled] : []),
    {
      // A whole Nightshift each, which is what a core can do: with more at once all of them take as much longer.
      test: {
        ...{ name: 'stories', ...tests(STORIES), globalSetup: ['tests/setup/build.ts'], maxWorkers: 2 },
        ...{ sequence: { groupOrder: 2 }, ...minutes(15) },
      },
    },
    {
      test: {
        ...{ name: 'browser', ...tests(BROWSER), globalSetup: ['tests/setup/furnished.ts'], maxWorkers: 2 },
        ...{ sequence: { groupOrder: 2 }, ...minutes(5) },
      },
    },
  ]
}
