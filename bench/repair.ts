import { appendFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Repair, repairWith } from './recipes/repair.ts'
import { median, upperBound } from './recipes/report.ts'
import { projectsIn } from './repairs/project.ts'
import { type Result, runProject } from './repairs/run.ts'

/**
 * The repair on small faulty projects of several languages, each judged by tests it did not see.
 *
 *   npm run bench:repair                                  all of them, recipes alone
 *   npm run bench:repair -- --only js/money               those whose name holds these letters
 *   npm run bench:repair -- --model anthropic --time 0    by a model alone
 *   npm run bench:repair -- --check                       the projects alone: faulty as they stand, whole when mended
 */
const { values } = parseArgs({
  options: {
    ...{ only: { type: 'string', default: '' }, model: { type: 'string' }, check: { type: 'boolean' } },
    ...{
      json: { type: 'string' },
      time: { type: 'string' },
      projects: { type: 'string', default: join(import.meta.dirname, 'repair') },
    },
  },
})
/** Nothing is tried, so only what is broken is told. */
const untried: Repair = async () => ({ outcome: 'refused', patched: {}, why: 'not tried', ms: 0, metadata: null })

const results: Result[] = []
for (const project of projectsIn(resolve(values.projects)).filter(({ name }) => name.includes(values.only))) {
  const one = await runProject(project, values.check ? untried : repairWith, [
    ...(values.model ? ['--model', values.model] : []),
    ...(values.time ? ['--time', values.time] : []),
  ])
  results.push(one)
  if (values.json) appendFileSync(values.json, `${JSON.stringify(one)}\n`)
  const end = `${one.outcome}${one.escaped ? ', ESCAPED' : ''}${one.exact ? ', exact' : ''}`
  const spent = `${one.attempts ?? '–'} attempts, ${one.tokens ?? '–'} tokens`
  console.log(`${one.name.padEnd(28)} ${end.padEnd(18)} ${String(one.seconds).padStart(7)} s  ${spent}  ${one.why}`)
  const stages = Object.entries(one.stages).map(([stage, seconds]) => `${stage} ${seconds} s`)
  if (stages.length > 0) console.log(`${''.padEnd(29)}${stages.join(', ')}`)
}

const count = (is: (one: Result) => boolean) => results.filter(is).length
const ended = (outcome: Result['outcome']) => count((one) => one.outcome === outcome)
const escaped = count((one) => one.escaped)
const bound = (upperBound(escaped, ended('proven')) * 100).toFixed(1)
const seconds = median(results.filter(({ outcome }) => outcome !== 'broken').map((one) => one.seconds))
console.log(
  `\n${results.length} projects: ${ended('proven')} proven, ${ended('refused')} refused, ${ended('error')} errors, ` +
    `${escaped} escaped (at most ${bound} % at 95 %), ${count((one) => one.exact)} exact, ${ended('broken')} broken; ` +
    `median ${seconds ?? '–'} s`,
)
process.exit(escaped + ended('broken') + ended('error') > 0 ? 1 : 0)
