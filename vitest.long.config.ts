import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/setup/longestFirst.ts'
import { projects } from './tests/setup/projects.ts'

/** What takes longer than a change should wait for: `npm run test:long`. */
export default defineConfig({ test: { projects: projects('long'), sequence: { sequencer: LongestFirst } } })
