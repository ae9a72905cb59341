import { COMMAND, type TestCase, type TestRun } from '../domain/testRun.ts'

/** Ids of tests by how they ended. */
export interface Ended {
  passed: string[]
  failed: string[]
}

export const endedIn = ({ tests }: TestRun): Ended => ({
  passed: tests.filter(({ state }) => state === 'passed').map(({ id }) => id),
  failed: tests.filter(({ state }) => state === 'failed').map(({ id }) => id),
})

/**
 * Whether a test that failed passes in a run. A file that could not be loaded fails as a whole, and once it can be, its
 * tests are there instead: then at least one of them has to pass, and none to fail. A command that failed by itself is no
 * test of its own any more once it does not: then something has to pass, and nothing to fail.
 */
export function isGreen(
  { id, file, titles }: Pick<TestCase, 'id' | 'file' | 'titles'>,
  { passed, failed }: Ended,
): boolean {
  if (id === COMMAND && file === null) return passed.length > 0 && failed.length === 0
  if (file === null || titles.length > 0) return passed.includes(id)
  const within = (one: string) => one === id || one.startsWith(`${file} > `)
  return passed.some(within) && !failed.some(within)
}
