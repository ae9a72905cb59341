import { holdAnchors } from '../lib/actions/holdAnchors.ts'
import { worldLine } from '../lib/adapters/index.ts'
import { AGENTS } from '../lib/domain/work.ts'
import { Fault } from '../lib/errors.ts'
import { roleProblem } from '../lib/store/database.ts'
import { dueSoon } from '../lib/store/work.ts'
import { startScheduler } from './scheduler.ts'
import { world } from './world.ts'

/** Refuses to start with a login that could rewrite the audit; then rings for whatever a stopped process left. */
export async function boot(): Promise<void> {
  const { config, sql, reader, runner, anchors } = world()
  const problem = await roleProblem(sql)
  if (problem) throw new Fault('DATABASE_ROLE', problem)
  console.log(worldLine(config))
  for (const line of config.sql.advice) console.log(`advice: ${line}`)
  if (config.halted) console.log('The kill switch is on: nothing leaves this process but notices.')
  for (const line of await holdAnchors({ sql, anchors })) console.error(line)
  void runner.sandbox.selfTest().then((test) => {
    const failed = test.probes.filter((probe) => !probe.contained).length
    console.log(
      test.ok
        ? `sandbox: ${test.boundary}, ${test.probes.length} probes contained`
        : `sandbox: ${test.why} ${test.remedy} (${failed} probes)`,
    )
  })
  for (const work of await dueSoon(sql)) reader.ring(work.agent, work.inMs)
  if (config.scheduler) startScheduler(config, AGENTS)
}
