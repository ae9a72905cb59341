import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Case, drawCase, type Places } from './cases.ts'
import { isNoticed, judge, type Verdict } from './judge.ts'
import type { Operator } from './operators/place.ts'
import type { Repaired } from './repair.ts'
import { layOut } from './suite.ts'

export interface Asked {
  seed: string
  cases: number[]
  only: Operator | null
  /** All packages of the bench, ready or not, in a fixed order. */
  names: readonly string[]
}

/** Gets the faulty folder and, for the bench's own checks alone, the case. */
export type CaseRepair = (folder: string, drawn: Case) => Promise<Repaired>

/** Puts back the original: whatever is not proven, equal and exact then is the bench's own fault. */
export const oracle: CaseRepair = async (_, { mutant }) => ({
  ...{ outcome: 'proven', patched: { [mutant.path]: mutant.original }, why: 'the original', ms: 0, metadata: null },
})

/** Changes nothing. */
export const nothing: CaseRepair = async () => ({
  ...{ outcome: 'refused', patched: {}, why: 'nothing was tried', ms: 0, metadata: null },
})

export async function runCases(
  { seed, cases, only, names }: Asked,
  places: Places,
  repair: CaseRepair,
  each: (verdict: Verdict | { index: number; why: string }) => void,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  const work = mkdtempSync(join(tmpdir(), 'bench-recipes-'))
  const folder = join(work, 'repository')
  try {
    for (const index of cases) {
      const drawn = await drawCase(seed, index, { places, names, only }, (mutant) => isNoticed(mutant, folder))
      if (!drawn) {
        each({ index, why: 'no mutant that the given tests notice was drawn' })
        continue
      }
      buildFaulty(drawn, folder)
      const verdict = await judge(drawn, await repair(folder, drawn).catch(failed), join(work, 'judged'), folder)
      verdicts.push(verdict)
      each(verdict)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return verdicts
}

/** A repair that throws is an error of the case, not the end of the run. */
const failed = (error: unknown): Repaired => ({
  ...{ outcome: 'error', patched: {}, ms: 0, metadata: null },
  why: error instanceof Error ? error.message : String(error),
})

/** The repository as its people have it: the faulty state as the one commit, and nothing of the original in it. */
export function buildFaulty({ mutant: { suite, path, made } }: Case, folder: string): void {
  layOut(suite, folder, suite.given, { [path]: made })
  commit(folder)
}

/** The same folder, the same commit: times and names are fixed. */
export function commit(folder: string): void {
  const at = '2024-01-01T00:00:00Z'
  const env = { ...process.env, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at }
  const git = (...argv: string[]) => execFileSync('git', argv, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.test', 'commit', '-q', '-m', 'The state of today')
}
