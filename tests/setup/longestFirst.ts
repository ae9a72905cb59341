import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { CHECKOUT } from './compiled.ts'

/**
 * Files that take longest, the longest first. A file that takes two minutes and begins last leaves one core idle for two
 * minutes; a fresh clone knows no times, and vitest goes by the size of the files.
 */
export const LONGEST = [
  ...['tests/start/repairCommand', 'tests/agents/repair', 'tests/agents/repairWritten', 'tests/agents/repairAsked'],
  ...['tests/agents/repairEvent', 'tests/harness/tests/runners', 'tests/sandbox/hostile/hostile'],
  ...['tests/contracts/sandbox.bubblewrap', 'tests/sandbox/selfTest', 'tests/harness/tests/nodeTest'],
  ...['tests/stories/bad-watch', 'tests/stories/canary', 'tests/stories/first-night', 'tests/browser/routes'],
].map((name) => `${name}.test.ts`)

const place = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.indexOf(relative(CHECKOUT, moduleId))
  return at < 0 ? LONGEST.length : at
}

/**
 * Kinds in the order they are listed, not by their names: those with long files first, so that short ones of the next kind
 * fill what the last long one leaves free.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kinds = this.ctx.projects.map(({ name }) => name)
    const before = (a: TestSpecification, b: TestSpecification): number =>
      a.project.config.sequence.groupOrder - b.project.config.sequence.groupOrder ||
      kinds.indexOf(a.project.name) - kinds.indexOf(b.project.name) ||
      place(a) - place(b)
    return (await super.sort(files)).sort(before)
  }
}
