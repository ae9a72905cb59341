import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/setup/longestFirst.ts'
import { projects } from './tests/setup/projects.ts'

/** What every change has to pass: `bin/test`. */
export default defineConfig({ test: { projects: projects('short'), sequence: { sequencer: LongestFirst } } })
