import type { Proposal } from '../../lib/domain/repair.ts'
import type { Bench } from '../tools/desk.ts'
import { filesFor, READS } from './readable.ts'

const PROGRAM = ['node', '/nightshift/lib/harness/objections.js']
const TYPED = /\.[cm]?tsx?$/
const LIMITS = { wallMs: 60_000, memoryBytes: 4 * 1024 ** 3, outputBytes: 1024 ** 2 }

/**
 * What the compiler has against each candidate that it had not before, whether or not the repository has it installed:
 * tests pass with values of the wrong type too. Null: nothing, no TypeScript, or it could not be asked.
 */
export async function objectionsTo(bench: Bench, candidates: Proposal[]): Promise<(string | null)[]> {
  const typed = candidates.filter(({ edits }) => edits.some(({ path }) => TYPED.test(path)))
  if (typed.length === 0) return candidates.map(() => null)
  const near = typed.flatMap(({ edits }) => edits.map(({ path }) => path))
  const asked = {
    files: filesFor(bench.texts, READS.javascript, near),
    candidates: typed.map(({ edits }) => Object.fromEntries(edits.map(({ path, text }) => [path, text]))),
  }
  const { sandbox, dependencies } = bench
  const run = await sandbox.run({
    ...{ files: [], dependencies, argv: PROGRAM, stdin: JSON.stringify(asked), limits: LIMITS },
  })
  const said = run.exit === 0 ? answersIn(run.stdout) : []
  return candidates.map((one) => said[typed.indexOf(one)] ?? null)
}

function answersIn(stdout: string): (string | null)[] {
  try {
    const answers: unknown = JSON.parse(stdout)
    return Array.isArray(answers) ? answers.map((one) => (typeof one === 'string' ? one : null)) : []
  } catch {
    return []
  }
}
