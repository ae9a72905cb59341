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
  const { config, sql, reader, runner, anchors, observer } = world()
  const problem = await roleProblem(sql)
  if (problem) throw new Fault('DATABASE_ROLE', problem)
  observer.say('info', worldLine(config))
  for (const line of config.sql.advice) observer.say('warn', line)
  if (config.halted) observer.say('warn', 'The kill switch is on: nothing leaves this process but notices.')
  for (const line of await holdAnchors({ sql, anchors })) observer.say('error', line)
  // A machine of Vercel's is paid for, and a function starts often: there the first run tests it.
  if (config.sandbox.kind !== 'vercel') void runner.sandbox.selfTest().catch((error) => observer.failed(error))
  for (const work of await dueSoon(sql)) reader.ring(work.agent, work.inMs)
  if (config.scheduler) startScheduler(config, AGENTS)
}
