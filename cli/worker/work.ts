import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runAgent } from '../../agents/run.ts'
import { holdAnchors } from '../../lib/actions/holdAnchors.ts'
import { keepAnchors } from '../../lib/actions/keepAnchors.ts'
import { actor, anchors, observer, reader, runner, worldLine } from '../../lib/adapters/index.ts'
import type { Config } from '../../lib/config.ts'
import { AGENTS, type Agent } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { connect, roleProblem } from '../../lib/store/database.ts'
import { recordPart } from '../../lib/store/health.ts'
import { heard } from '../../lib/store/heard.ts'
import { makeHome } from '../home.ts'
import { type Drive, drive } from './drive.ts'

/** A look ends by then, so that a signal is not waited for long. */
const LOOK_MS = 55_000

export const aliveFile = (home: string): string => join(home, 'worker.alive')

/** A process that drives the agents without a server. Any number of them stand on one database: a lease is one's alone. */
export async function startWorker(config: Config, programs: string): Promise<Drive> {
  const { home, leaseSeconds } = config
  await makeHome(home)
  const sql = connect(config.sql.url, config.sql.max, config.sql)
  const watching = observer(config)
  const problem = await roleProblem(sql)
  if (problem) {
    await sql.end({ timeout: 1 })
    throw new Fault('DATABASE_ROLE', problem)
  }
  const kept = anchors(config)
  for (const line of await holdAnchors({ sql, anchors: kept })) watching.say('error', line)
  watching.say('info', worldLine(config))

  let driving: Drive | null = null
  const ring: Drive['ring'] = (agent, inMs) => driving?.ring(agent, inMs)
  const zones = {
    reader: reader(config, sql, ring),
    runner: runner(config, programs, (test) =>
      recordPart(sql, 'sandbox', test.ok ? null : `${test.why} ${test.remedy}`),
    ),
    actor: actor(config, sql, ring),
  }
  await zones.runner.sandbox.selfTest()
  const look = async (agent: Agent) => {
    try {
      // As a clock's door does: the doctor tells by it whether anything drives the agents.
      await heard(sql, `agent:${agent}`)
      await runAgent(agent, zones, { leaseSeconds, deadlineMs: LOOK_MS, observer: watching })
      await keepAnchors({ sql, anchors: kept })
      await touch(aliveFile(home))
    } catch (error) {
      // The database is away, or was: the next look finds out.
      watching.failed(error, { agent })
    }
  }
  driving = drive(AGENTS, look, config.schedulerMs)
  const { stop } = driving
  return {
    ring,
    async stop() {
      await stop()
      await watching.flush()
      await sql.end({ timeout: 5 })
    },
  }
}

async function touch(file: string): Promise<void> {
  const now = new Date()
  await utimes(file, now, now).catch(() => writeFile(file, '', { mode: 0o600 }))
}
