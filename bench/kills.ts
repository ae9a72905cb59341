import { isDeepStrictEqual, parseArgs } from 'node:util'
import { verifyAudit } from '../lib/actions/verifyAudit.ts'
import { countedAtAccounts, ONE_AT_EACH } from '../tests/stories/accounts.ts'
import { countedOutside, killAgainAndAgain, ONE_OF_EACH } from '../tests/stories/kills.ts'
import { startNight } from '../tests/stories/night.ts'

/**
 * Thirty seeded `kill -9` of Nightshift over three loops, started again each time; what came of it is counted in the git
 * repository and in the platform's log; with `--emulated` at the services of a hosted installation.
 *
 *   npm run story:kills -- [seed] [loops] [kills a loop] [--emulated]
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { emulated: { type: 'boolean' } } })
const { emulated = false } = values
const [seed = 1, loops = 3, kills = 10] = positionals.map(Number)
let bad = 0
for (let loop = 0; loop < loops; loop++) {
  const night = await startNight({ emulated, settings: { LEASE_SECONDS: '4', SCHEDULER_SECONDS: '1' } })
  const began = performance.now()
  try {
    const done = await killAgainAndAgain(night, kills, seed + loop)
    const told = await night.ended(10 * 60_000)
    // The tracker and the channels are told after the end.
    await night.quiet(60_000)
    const { accounts } = night.stack
    const counted = accounts ? countedAtAccounts(accounts, night, told) : await countedOutside(night, told)
    const expected = accounts ? ONE_AT_EACH : ONE_OF_EACH
    const audit = (await verifyAudit(night.sql, told.issue.project)).problems[0] ?? null
    const right = told.release?.state === 'cured' && audit === null && isDeepStrictEqual(counted, expected)
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
