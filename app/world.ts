import type { Sql } from 'postgres'
import { actor, anchors, auth, reader, ringer, runner } from '../lib/adapters/index.ts'
import { type Config, config } from '../lib/config.ts'
import { connect } from '../lib/store/database.ts'
import type { Actor, Anchors, Auth, Reader, Runner } from '../lib/world.ts'

/** What one server process holds: one pool, one ring, and the three zones over them. */
export interface Process {
  config: Config
  sql: Sql
  reader: Reader
  runner: Runner
  actor: Actor
  anchors: Anchors
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
  const sql = connect(c.databaseUrl)
  const ring = ringer(c)
  return {
    config: c,
    sql,
    reader: reader(c, sql, ring),
    runner: runner(c, process.cwd()),
    actor: actor(c, sql, ring),
    anchors: anchors(c),
    auth: auth(c, sql),
  }
}
