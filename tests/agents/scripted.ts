import type { Proposal } from '../../lib/domain/repair.ts'
import type { SandboxResult, SandboxRun } from '../../lib/domain/sandbox.ts'
import type { TestRun, TestTask } from '../../lib/domain/testRun.ts'
import type { Sandbox } from '../../lib/world.ts'
import { run } from '../policy/runs.ts'

/** Which run it is: of the new file alone, of everything with it, or without it; counted from 0 in each. */
export type Kind = 'alone' | 'among' | 'without'
export type Says = TestRun | Partial<SandboxResult>
export const said = (value: unknown): SandboxResult => ({
  ...{ end: 'exited', exit: 0, stdout: JSON.stringify(value), stderr: '', truncated: false, egress: 0, ms: 1 },
})
export const DEAD: Partial<SandboxResult> = { end: 'out-of-memory', exit: null, stdout: '' }

/**
 * A sandbox with a written test at `path` that answers each run as a case wants it. A linter in it has one thing to say
 * against the new test, and recipes propose `proposals`.
 */
export function scripted(
  says: (kind: Kind, at: number) => Says,
  path: string,
  proposals: Proposal[] = [],
): Sandbox & { runs: Kind[] } {
  const runs: Kind[] = []
  return {
    runs,
    async run({ argv, stdin = '', files }: SandboxRun) {
      const has = files.some((file) => file.path === path)
      if (argv[0] === 'sh') return { ...said(''), exit: has ? 1 : 0, stdout: has ? `${path}:1:1 no\n` : '' }
      if (argv[1]?.endsWith('/repair.js')) return said(proposals.map((proposal) => ({ ok: true, proposal })))
      if (!argv[1]?.endsWith('/tests/main.js')) return said([])
      const { only } = JSON.parse(stdin) as TestTask
      const kind = !has ? 'without' : only?.[0]?.file === path && only[0].titles.length === 0 ? 'alone' : 'among'
      const at = runs.filter((one) => one === kind).length
      runs.push(kind)
      const answer = says(kind, at)
      return 'tests' in answer
        ? said({ kind: 'test', run: answer })
        : { ...said({ kind: 'test', run: run([]) }), ...answer }
    },
    install: async () => ({ ok: false, why: '', output: '' }),
    adopt: async () => ({ ok: false, why: '' }),
    selfTest: async () => ({ ok: true, boundary: 'none', probes: [] }),
  }
}
