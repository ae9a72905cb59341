import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { randomFrom } from '../examples/traffic/random.ts'
import { startNight } from '../tests/stories/night.ts'
import { makeSomeNoise, troubledBy } from '../tests/stories/noise.ts'

/**
 * Ordinary traffic with everything that is nobody's fault, on the real clock: nothing of it may become an issue above P3
 * or a branch.
 *
 *   npm run story:noise -- --minutes 60 --seed 7
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: '7' } },
})
const minutes = Number(values.minutes)
const night = await startNight({ sample: { traffic: true, faults: 'none', perSecond: 12 } })
try {
  const noise = await makeSomeNoise(night, randomFrom(Number(values.seed)))
  const until = performance.now() + minutes * 60_000
  while (performance.now() < until) await sleep(1000)
  const made = await noise.stop()
  await sleep(10_000)
  const found = await troubledBy(night)
  const [{ requests, failed }] = await night.sql<[{ requests: number; failed: number }]>`
    select coalesce(sum(requests), 0)::int as requests, coalesce(sum(failed), 0)::int as failed from traffic where environment = 'production'`
  console.log(JSON.stringify({ minutes, seed: Number(values.seed), made, requests, failed, ...found }, null, 1))
  process.exitCode = found.grave.length + found.branches.length === 0 ? 0 : 1
} finally {
  await night.end()
}
