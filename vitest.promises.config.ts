import { defineConfig } from 'vitest/config'

/** The promises in full: `npm run test:promises`. `bin/test` runs the same in small. */
export default defineConfig({
  test: {
    name: 'promises',
    include: ['tests/promises/**/*.test.ts', 'tests/adapters/model/fuzz.test.ts'],
    globalSetup: ['tests/setup/cluster.ts'],
    provide: { size: 'full' },
    fileParallelism: false,
    testTimeout: 45 * 60_000,
    hookTimeout: 5 * 60_000,
  },
})
