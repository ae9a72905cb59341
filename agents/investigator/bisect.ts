import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import type { Commit, Sha } from '../../lib/domain/tree.ts'
import { Fault } from '../../lib/errors.ts'
import { endedIn, isGreen } from '../../lib/policy/green.ts'
import type { Ground } from '../repair/ground.ts'
import { runTests } from '../repair/run.ts'

/**
 * Executed blame: the first commit after `good` at which the failing tests fail, found by running them in halves of the
 * range. They are run as they are today, laid over each commit, since the commit that broke it rarely brought its test.
 * Null where the range does not hold it (they fail at its start already, or pass at its end), and where it does not say: a
 * commit cannot be read, or its tests not run to their end.
 */
export const bisect = (ground: Ground, good: Sha, targets: TestCase[]): Promise<Commit | null> =>
  search(ground, good, targets).catch((error: unknown) => {
    if (error instanceof Fault) return null
    throw error
  })

async function search(ground: Ground, good: Sha, targets: TestCase[]): Promise<Commit | null> {
  const commits = await ground.history.since(good)
  if (commits.length === 0) return null
  const judges = ground.files.filter(({ path }) => ground.judges.includes(path))
  const fails = async (sha: Sha) => {
    const files = laidOver(await ground.history.files(sha), judges)
    const only = targets.map(({ file, titles }) => ({ file, titles }))
    const { run } = await runTests(ground, files, { only })
    const ended = endedIn(run)
    return targets.some((target) => !isGreen(target, ended))
  }
  if ((await fails(good)) || !(await fails(commits.at(-1)!.sha))) return null
  let [from, to] = [0, commits.length - 1]
  while (from < to) {
    const middle = (from + to) >> 1
    if (await fails(commits[middle]!.sha)) to = middle
    else from = middle + 1
  }
  return commits[from]!
}

function laidOver(files: SandboxFile[], over: SandboxFile[]): SandboxFile[] {
  const paths = new Set(over.map(({ path }) => path))
  return [...files.filter(({ path }) => !paths.has(path)), ...over]
}
