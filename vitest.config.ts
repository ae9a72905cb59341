import { defineConfig } from 'vitest/config'

const PURE = [
  'tests/policy/**/*.test.ts',
  'tests/parse/**/*.test.ts',
  'tests/recipes/**/*.test.ts',
  'tests/runtimes/**/*.test.ts',
  'tests/architecture.test.ts',
  'tests/components/**/*.test.{ts,tsx}',
]
/** What runs in a sandbox with limits, or tries as much as time allows: more workers than cores starve it. */
const BOUNDED = [
  'tests/{sandbox,harness,bench}/**/*.test.ts',
  'tests/contracts/sandbox.*.test.ts',
  'tests/agents/{repair*,screen}.test.ts',
  'tests/agents/model/**/*.test.ts',
  'tests/start/repair*.test.ts',
]
const STORIES = ['tests/stories/**/*.test.ts']
const BROWSER = ['tests/browser/**/*.test.ts']

/** Limits are for a machine that is busy, not for how long a test should take. */
const minutes = (n: number) => ({ testTimeout: n * 60_000, hookTimeout: n * 60_000 })

/** Tests that mostly wait, for a database, for processes or for their windows, share the machine well. */
const PATIENT = 4

/**
 * Five kinds of tests by what they need: nothing; a sandbox; a PostgreSQL; a whole Nightshift of their own; a browser on top
 * of that. Each kind begins when the one before has ended.
 */
export default defineConfig({
  test: {
    projects: [
      {
        // Pages and components import by the name Next gives the root. What is pure leaves nothing behind for the next file.
        resolve: { alias: { '@': import.meta.dirname } },
        test: {
          name: 'pure',
          include: PURE,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          ...minutes(1),
        },
      },
      {
        test: {
          name: 'sandbox',
          include: BOUNDED,
          globalSetup: ['tests/setup/cluster.ts'],
          provide: { size: 'small' },
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...minutes(5),
        },
      },
      {
        test: {
          name: 'world',
          include: ['{tests,platform,examples,sidecar,emulators}/**/*.test.ts'],
          exclude: [...PURE, ...BOUNDED, ...STORIES, ...BROWSER, '**/node_modules/**', 'examples/clinic/**'],
          globalSetup: ['tests/setup/cluster.ts'],
          provide: { size: 'small' },
          maxWorkers: PATIENT,
          sequence: { groupOrder: 2 },
          ...minutes(5),
        },
      },
      {
        // A whole Nightshift each, which is what a core can do: with more at once all of them take as much longer.
        test: {
          name: 'stories',
          include: STORIES,
          globalSetup: ['tests/setup/build.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          ...minutes(15),
        },
      },
      {
        test: { name: 'browser', include: BROWSER, maxWorkers: 3, sequence: { groupOrder: 4 }, ...minutes(5) },
      },
    ],
  },
})
