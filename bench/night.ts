import { SAMPLE_POLICY } from '../cli/stack/sample.ts'
import { startNight } from '../tests/stories/night.ts'

/**
 * One night of the sample app with the windows of `bin/start` (soak 20 s, watch 30 s): seconds from the first failing
 * request's event to each stage, from the audit's own times. Usage: node bench/night.ts [nights]
 */
const nights = Number(process.argv[2] ?? 1)
const STAGES = [
  'issue.opened',
  'issue.diagnosed',
  'fix.proven',
  'release.staging',
  'release.soaking',
  'release.promoting',
  'release.watching',
  'release.cured',
]

for (let n = 0; n < nights; n++) {
  const night = await startNight({ sample: { policy: SAMPLE_POLICY, traffic: true } })
  try {
    const told = await night.ended(10 * 60_000)
    const [first] = await night.sql<{ at: Date }[]>`select min(received_at) as at from events`
    const rows = await night.sql<{ what: string; at: Date }[]>`select what, min(at) as at from audit group by what`
    const since = (what: string) => {
      const row = rows.find((one) => one.what === what)
      return row && first ? Math.round((row.at.getTime() - first.at.getTime()) / 100) / 10 : null
    }
    const fix = told.fixes.find((one) => one.state === 'proven')
    console.log(
      JSON.stringify({
        end: told.release?.state,
        sentence: told.release?.facts.cure?.sentence,
        secondsSinceFirst500: Object.fromEntries(STAGES.map((stage) => [stage, since(stage)])),
        proofSeconds: fix?.state === 'proven' ? fix.proof.ms / 1000 : null,
        probes: { soak: told.release?.facts.soak?.probes.sent, watch: told.release?.facts.watch?.probes.sent },
        failedRequests: { before: told.release?.facts.watch?.before, after: told.release?.facts.watch?.after },
      }),
    )
  } finally {
    await night.end()
  }
}
process.exit(0)
