import { z } from 'zod'

/**
 * `nightshift.json`: how an app is installed, tested, started and replayed.
 * Read from the base commit only, and protected by the tree gate.
 */
const Smoke = z.union([
  z.strictObject({ get: z.string().startsWith('/'), expect: z.number().int().default(200) }),
  z.strictObject({
    post: z.string().startsWith('/'),
    json: z.json().optional(),
    expect: z.number().int().default(200),
  }),
])

export const Manifest = z.strictObject({
  $schema: z.string().optional(),
  install: z.string().nullable().default('npm ci'),
  /** Whether packages may run their own scripts while they are installed, in the sandbox like everything else. */
  scripts: z.boolean().default(false),
  /** Run in each fresh copy, before the build and the tests, with the services up: code that is generated, test data. */
  setup: z.string().nullable().default(null),
  build: z.string().nullable().default(null),
  test: z.strictObject({ run: z.string(), report: z.enum(['tap', 'junit', 'go-json', 'cargo']) }),
  check: z
    .strictObject({ types: z.string().nullable().default(null), lint: z.string().nullable().default(null) })
    .default({ types: null, lint: null }),
  /** Must listen on $PORT; null for a repository that is no app: its tests are run, and nothing is replayed. */
  start: z.string().nullable().default(null),
  health: z.string().startsWith('/').default('/healthz'),
  /** Fills the state a replay needs; run before each start in the sandbox. */
  prepare: z.string().nullable().default(null),
  services: z.array(z.string()).default([]),
  /** Test values only. */
  env: z.record(z.string(), z.string()).default({}),
  errors: z.enum(['sentry', 'stderr']).default('sentry'),
  replay: z
    .strictObject({
      fixtures: z.string().default('tests/nightshift'),
      driver: z.string().default('tests/nightshift.test.ts'),
      /** Stands in for redacted headers. */
      as: z.record(z.string(), z.string()).default({}),
    })
    .default({ fixtures: 'tests/nightshift', driver: 'tests/nightshift.test.ts', as: {} }),
  smoke: z.array(Smoke).default([]),
  /** Routes such as `POST /api/billing/charge`. */
  critical: z.array(z.string()).default([]),
})
export type Manifest = z.infer<typeof Manifest>
