import { verifyAudit } from '../lib/actions/verifyAudit.ts'
import { countedOutside, killAgainAndAgain, ONE_OF_EACH } from '../tests/stories/kills.ts'
import { startNight } from '../tests/stories/night.ts'

/**
 * Thirty seeded `kill -9` of Nightshift over three loops, started again each time; what came of it is counted in the git
 * repository and in the platform's log. Usage: node bench/kills.ts [seed] [loops] [kills a loop]
 */
const [seed = 1, loops = 3, kills = 10] = process.argv.slice(2).map(Number)
let bad = 0
for (let loop = 0; loop < loops; loop++) {
  const night = await startNight({ settings: { LEASE_SECONDS: '4', SCHEDULER_SECONDS: '1' } })
  const began = performance.now()
  try {
    const done = await killAgainAndAgain(night, kills, seed + loop)
    const told = await night.ended(10 * 60_000)
    const counted = await countedOutside(night, told)
    const audit = (await verifyAudit(night.sql, told.issue.project)).problems[0] ?? null
    const right =
      told.release?.state === 'cured' && audit === null && JSON.stringify(counted) === JSON.stringify(ONE_OF_EACH)
    if (!right) bad += 1
    const seconds = Math.round((performance.now() - began) / 1000)
    console.log(
      JSON.stringify({
        seed: seed + loop,
        kills: done.length,
        during: done.map((kill) => kill.during),
        seconds,
        end: told.release?.state,
        counted,
        audit,
        right,
      }),
    )
  } finally {
    await night.end()
  }
}
console.log(`${loops - bad} of ${loops} loops ended right`)
process.exit(bad === 0 ? 0 : 1)
