import { baselineOf } from '../../agents/repair/baseline.ts'
import { candidatesOf } from '../../agents/repair/candidates.ts'
import { runTests } from '../../agents/repair/run.ts'
import { spectrumOf } from '../../agents/repair/spectrum.ts'
import { person } from '../../cli/env.ts'
import { homeOf } from '../../cli/home.ts'
import { parseRepair } from '../../cli/repair/asked.ts'
import { prepare, readCheckout } from '../../cli/repair/ground.ts'
import { suspectsOf } from '../../lib/policy/suspicion.ts'
import type { Case } from './cases.ts'

export interface Rank {
  /** Place of the original among the candidates, counted from one; null when it is not there. */
  rank: number | null
  proposed: number
  /** Place of the faulty line among the suspicious ones; null when it is not there. */
  line: number | null
  suspects: number
}

/** Far more than a repair tries: where the original would have come. */
const MOST = 1500

/** Where the search would have come upon the original, without trying anything: a baseline alone. */
export async function rankOf(folder: string, { mutant }: Case): Promise<Rank> {
  const home = homeOf(`${import.meta.dirname}/../..`, person())
  const asked = parseRepair(['--repo', folder, '--test', mutant.suite.asked])
  const quiet = () => undefined
  const local = await readCheckout(asked, quiet)
  try {
    const { ground } = await prepare(home, local, asked, mutant.suite.asked, quiet)
    const first = await runTests(ground, ground.files)
    const base = await baselineOf(ground, first)
    if (!base) return { rank: null, proposed: 0, line: null, suspects: 0 }
    const { targets } = base.red
    const all = base.runs.at(-1)!.run.coverage
    const single = await spectrumOf(ground, base.red, first.run.tests)
    const suspects = suspectsOf({ targets, failing: base.failing.coverage, all, single, texts: ground.texts })
    const { proposals } = await candidatesOf(ground, targets, suspects, single, MOST)
    const at = proposals.findIndex(({ edits: [edit] }) => edit?.path === mutant.path && edit.text === mutant.original)
    const faulty = mutant.original.slice(0, mutant.start).split('\n').length
    const line = suspects.findIndex(({ path, line: one }) => path === mutant.path && one === faulty)
    const place = (index: number) => (index === -1 ? null : index + 1)
    return { rank: place(at), proposed: proposals.length, line: place(line), suspects: suspects.length }
  } finally {
    await local.close()
  }
}
