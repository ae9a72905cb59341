import { defineConfig } from 'vitest/config'

/** The promises in full: `npm run test:promises`. `bin/test` and `test:long` run the same in small. */
export default defineConfig({
  test: {
    name: 'promises',
    include: ['tests/promises/**/*.test.ts', 'tests/adapters/model/fuzz.test.ts', 'tests/agents/model/hostile.test.ts'],
    globalSetup: ['tests/setup/cluster.ts'],
    provide: { size: 'full' },
    fileParallelism: false,
    testTimeout: 45 * 60_000,
    hookTimeout: 5 * 60_000,
  },
})
