import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bubblewrap } from '../lib/adapters/sandbox.bubblewrap.ts'

/**
 * What the sandbox adds to a run, in ms: each program plain and sandboxed, one after the other, so that both meet the
 * same moods of the machine.
 *
 *   npm run bench:sandbox
 */
const ROUNDS = 40
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const timed = async (run: () => unknown) => {
  const began = performance.now()
  await run()
  return performance.now() - began
}

const home = await mkdtemp(join(tmpdir(), 'ns-bench-sandbox-'))
try {
  const toolchain = dirname(dirname(process.execPath))
  const sandbox = bubblewrap({ home, toolchain, programs: join(import.meta.dirname, '..') })
  const answer = await sandbox.selfTest()
  if (!answer.ok) throw new Error(`${answer.why} ${answer.remedy}`)
  const programs = { '/bin/true': ['/bin/true'], 'node -e 0': ['node', '-e', '0'] }
  for (const [name, argv] of Object.entries(programs)) {
    const [program = '', ...rest] = argv
    const plain: number[] = []
    const boxed: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      plain.push(await timed(() => execFileSync(program === 'node' ? process.execPath : program, rest)))
      boxed.push(await timed(() => sandbox.run({ files: [], argv })))
    }
    const added = median(boxed.map((ms, round) => ms - (plain[round] ?? 0)))
    const figures = {
      plainMs: median(plain),
      sandboxedMs: median(boxed),
      addedMs: added,
      ratio: median(boxed) / median(plain),
    }
    const rounded = Object.fromEntries(
      Object.entries(figures).map(([key, value]) => [key, Math.round(value * 10) / 10]),
    )
    console.log(JSON.stringify({ program: name, rounds: ROUNDS, ...rounded }))
  }
  console.log(JSON.stringify({ boundary: answer.boundary }))
} finally {
  await rm(home, { recursive: true, force: true })
}
