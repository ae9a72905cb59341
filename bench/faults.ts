import { parseArgs } from 'node:util'
import { z } from 'zod'
import { FAULTS, isFault } from '../examples/traffic/faults.ts'
import { type FaultsRun, runFaults } from '../tests/stories/faults/run.ts'

/**
 * All the faults of the sample app at once, on the real clock with short windows, each to its end.
 *
 *   npm run story:faults                       three runs under the app's own names
 *   npm run story:faults -- --seed 1 --runs 10 ten runs, renamed by the seeds 1 to 10
 *   npm run story:faults -- --emulated --level 1
 *                                              the hosted accounts, emulated; a person approves everything
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '0' },
    runs: { type: 'string' },
    minutes: { type: 'string', default: '20' },
    faults: { type: 'string', default: 'all' },
    emulated: { type: 'boolean' },
    level: { type: 'string', default: '2' },
    json: { type: 'boolean' },
  },
})
const seed = Number(values.seed)
const runs = Number(values.runs ?? (seed === 0 ? 3 : 1))
const where = {
  emulated: values.emulated ?? false,
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]).parse(Number(values.level)),
}
const faults = values.faults === 'all' ? FAULTS : values.faults.split(',').filter(isFault)

function show(run: FaultsRun): void {
  console.log(`\n${run.seed === 0 ? 'own names' : `seed ${run.seed}`}, ${run.seconds} s`)
  for (const { fault, wrong, seconds, sentence } of run.ends) {
    console.log(
      `  ${wrong === null ? 'right' : 'WRONG'}  ${fault.padEnd(12)} ${seconds === null ? '' : `${seconds} s`}`,
    )
    if (wrong !== null) console.log(`         ${wrong}\n         ${sentence.slice(0, 1500)}`)
  }
  for (const trouble of run.troubles) console.log(`  trouble: ${trouble}`)
}

let bad = 0
for (let run = 0; run < runs; run++) {
  const done = await runFaults(seed === 0 ? 0 : seed + run, Number(values.minutes) * 60_000, faults, where)
  if (values.json) console.log(JSON.stringify(done))
  else show(done)
  bad += done.ends.filter((end) => end.wrong !== null).length + done.troubles.length
}
const all = runs * faults.length
console.log(`\n${all - bad} of ${all} ends right`)
process.exit(bad === 0 ? 0 : 1)
