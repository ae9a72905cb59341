import type { Sql } from 'postgres'
import { actor, anchors, auth, observer, reader, ringer, runner } from '../lib/adapters/index.ts'
import { type Config, config } from '../lib/config.ts'
import { connect } from '../lib/store/database.ts'
import { recordPart } from '../lib/store/health.ts'
import type { Observer } from '../lib/world/observer.ts'
import type { Actor, Anchors, Auth, Reader, Runner } from '../lib/world.ts'

/** What one server process holds: one pool, one ring, and the three zones over them. */
export interface Process {
  config: Config
  sql: Sql
  reader: Reader
  runner: Runner
  actor: Actor
  anchors: Anchors
  observer: Observer
  auth: Auth
}

// Next loads instrumentation and routes as separate bundles of one process; the pool must still be one.
const shared = globalThis as unknown as { nightshift?: Process }

export function world(): Process {
  shared.nightshift ??= open()
  return shared.nightshift
}

function open(): Process {
  const c = config()
  const sql = connect(c.sql.url, c.sql.max, c.sql)
  const ring = ringer(c)
  const watching = observer(c)
  return {
    config: c,
    sql,
    reader: reader(c, sql, ring),
    runner: runner(c, process.cwd(), async (test) => {
      const failed = test.probes.filter((probe) => !probe.contained).length
      if (test.ok) watching.say('info', `sandbox: ${test.boundary}, ${test.probes.length} probes contained`)
      else watching.say('error', `sandbox: ${test.why} ${test.remedy} (${failed} probes)`)
      await recordPart(sql, 'sandbox', test.ok ? null : `${test.why} ${test.remedy}`)
    }),
    actor: actor(c, sql, ring),
    anchors: anchors(c),
    observer: watching,
    auth: auth(c, sql),
  }
}
