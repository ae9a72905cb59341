import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { allPlaces } from './recipes/cases.ts'
import { OPERATORS, type Operator } from './recipes/operators/place.ts'
import { repairWith } from './recipes/repair.ts'
import { table } from './recipes/report.ts'
import { type CaseRepair, nothing, oracle, runCases } from './recipes/run.ts'
import { NAMES, suites } from './recipes/suites.ts'

/**
 * Faults placed by a seed in packages that other people wrote; a failing test is all the repair is given, and tests it
 * did not see judge it.
 *
 *   npm run bench:recipes -- --seed 7 --cases 40             forty cases, each drawn from the seed and its number
 *   npm run bench:recipes -- --seed 7 --case 12              one of them again
 *   npm run bench:recipes -- --seed 7 --only drop-await      one operator
 *   npm run bench:recipes -- --seed 7 --oracle               the bench's own check: puts back the original
 *   npm run bench:recipes -- --list                          the packages, and how many places each operator has
 */
const { values } = parseArgs({
  options: {
    ...{ seed: { type: 'string', default: '1' }, cases: { type: 'string', default: '40' }, case: { type: 'string' } },
    ...{ only: { type: 'string' }, package: { type: 'string' }, json: { type: 'string' }, list: { type: 'boolean' } },
    ...{ oracle: { type: 'boolean' }, nothing: { type: 'boolean' } },
  },
})
const only = OPERATORS.find((one) => one === values.only) ?? null
if (values.only && !only) throw new Error(`--only wants one of ${OPERATORS.join(', ')}.`)

const ready = await suites((line) => console.log(line), values.package ?? null)
const places = allPlaces(ready)
const countOf = (operator: Operator) => places[operator].reduce((sum, { at }) => sum + at.length, 0)
const about = ready.map(({ name, runner, seconds }) => `${name} (${runner}, ${seconds.toFixed(1)} s)`)
console.log(`${ready.length} packages: ${about.join(', ')}`)
console.log(`places: ${OPERATORS.map((one) => `${one} ${countOf(one)} in ${places[one].length}`).join(', ')}`)
if (values.list) process.exit(0)

const command: CaseRepair = (folder, { mutant }) => repairWith(folder, mutant.suite.asked)
const repair = values.oracle ? oracle : values.nothing ? nothing : command
const cases = values.case ? [Number(values.case)] : Array.from({ length: Number(values.cases) }, (_, i) => i)

const verdicts = await runCases({ seed: values.seed, cases, only, names: NAMES }, places, repair, (verdict) => {
  const line = JSON.stringify({ seed: values.seed, ...verdict })
  if (values.json) appendFileSync(values.json, `${line}\n`)
  console.log(line)
})
for (const line of table(verdicts)) console.log(line)

const isRight = verdicts.every(({ outcome, escaped, exact }) =>
  values.oracle ? outcome === 'proven' && exact && !escaped : values.nothing ? outcome === 'refused' : !escaped,
)
process.exit(isRight ? 0 : 1)
