import { defineConfig } from 'vitest/config'
export default defineConfig({ test: { include: ['tests/stories/deploy.long.test.ts'], testTimeout: 2400000, hookTimeout: 2400000 } })
