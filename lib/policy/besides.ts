import { COMMAND, type TestCase, type TestRun } from '../domain/testRun.ts'

/** Tests of a run that are a new file's own: they were not there before, and stand in it, as far as the runner says. */
export function addedBy(path: string, before: TestRun, run: TestRun): TestCase[] {
  const known = new Set(before.tests.map(({ id }) => id))
  return run.tests.filter(({ id, file }) => !known.has(id) && id !== COMMAND && (file === path || file === null))
}

/**
 * Ids that end otherwise once a new test file is there, or are there only since, though they are not the file's own: a new
 * test says something of its own and changes no other. What already differs between runs without it counts for nothing.
 */
export function changedBeside(path: string, before: TestRun[], after: TestRun[]): string[] {
  const was = statesIn(before)
  const own = new Set(after.flatMap((run) => addedBy(path, before[0]!, run).map(({ id }) => id)))
  const now = statesIn(after)
  const ids = [...new Set([...was.keys(), ...now.keys()])].filter((id) => id !== COMMAND && !own.has(id))
  return ids.filter((id) => {
    const [old, fresh] = [was.get(id) ?? new Set(['missing']), now.get(id) ?? new Set(['missing'])]
    return old.size === 1 && [...fresh].some((state) => !old.has(state))
  })
}

function statesIn(runs: TestRun[]): Map<string, Set<string>> {
  const states = new Map<string, Set<string>>()
  const ids = new Set(runs.flatMap(({ tests }) => tests.map(({ id }) => id)))
  for (const id of ids)
    states.set(id, new Set(runs.map(({ tests }) => tests.find((one) => one.id === id)?.state ?? 'missing')))
  return states
}
