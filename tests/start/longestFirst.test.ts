import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TestSpecification, Vitest } from 'vitest/node'
import { CHECKOUT } from '../setup/compiled.ts'
import { LONGEST, LongestFirst } from '../setup/longestFirst.ts'

it('names files that are there', () => {
  expect(LONGEST.filter((path) => !existsSync(join(CHECKOUT, path)))).toEqual([])
})

it('goes by group, by kind as listed, by how long a file takes, and else by its size', async () => {
  const kinds = { stories: 1, browser: 1, sandbox: 0 }
  const projects = Object.entries(kinds).map(([name, groupOrder]) => ({
    ...{ name, config: { isolate: true, sequence: { groupOrder } } },
  }))
  const spec = (kind: string, path: string) =>
    ({ project: projects.find(({ name }) => name === kind), moduleId: join(CHECKOUT, path) }) as TestSpecification
  const asked = [
    spec('browser', 'tests/browser/command.ts'),
    // Larger than any test.
    spec('stories', 'package-lock.json'),
    spec('stories', LONGEST.find((path) => path.startsWith('tests/stories'))!),
    spec('browser', 'tests/browser/pages.test.ts'),
    spec('sandbox', 'tests/sandbox/lab.ts'),
  ]
  const vitest = { projects, cache: { getTestSpecificationResult: () => undefined } }
  const sorted = await new LongestFirst(vitest as unknown as Vitest).sort(asked)
  expect(sorted.map((one) => asked.indexOf(one))).toEqual([4, 2, 1, 3, 0])
})
