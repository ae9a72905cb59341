import type { Check, Facts, Ready } from '../domain/ready.ts'
import { AGENTS } from '../domain/work.ts'

/** The slowest clock anybody drives us by comes every quarter of an hour. */
const LATE_MS = 20 * 60_000

const WELL: Check = { ok: true, why: null }
const ill = (why: string): Check => ({ ok: false, why })
const unless = (why: string | null): Check => (why === null ? WELL : ill(why))

/** How an installation is. `facts` null: the database did not answer. */
export function readyOf(facts: Facts | null): Ready {
  if (facts === null) {
    const unseen = ill('the database did not answer')
    const others = { sandbox: unseen, agents: unseen, outbox: unseen, work: unseen, providers: unseen }
    return { status: 'down', checks: { database: unseen, migrations: unseen, ...others } }
  }
  const checks = {
    database: WELL,
    migrations: migrationsOf(facts),
    sandbox: sandboxOf(facts),
    agents: agentsOf(facts),
    outbox: unless(outboxWords(facts)),
    work: unless(facts.stuck > 0 ? `${facts.stuck} ${pieces(facts.stuck)} of work failed three times` : null),
    providers: providersOf(facts),
  }
  const well = Object.values(checks).every((check) => check.ok)
  return { status: checks.migrations.ok ? (well ? 'ok' : 'degraded') : 'down', checks }
}

const pieces = (count: number) => (count === 1 ? 'piece' : 'pieces')

function migrationsOf({ migrations }: Facts): Check {
  // Where the files are not beside the program, their absence says nothing about the database.
  if (!migrations || migrations.missing.length === 0) return WELL
  return ill(`not applied: ${migrations.missing.join(', ')}`)
}

function sandboxOf({ parts }: Facts): Check {
  const tested = parts.find(({ part }) => part === 'sandbox')
  return tested ? unless(tested.why) : ill('it has not been tested yet')
}

function agentsOf({ ticks }: Facts): Check {
  const late = AGENTS.flatMap((agent) => {
    const last = ticks.find((tick) => tick.agent === agent)
    if (!last) return [`the ${agent} has never looked`]
    return last.ageMs > LATE_MS ? [`the ${agent} looked last ${Math.floor(last.ageMs / 60_000)} minutes ago`] : []
  })
  return unless(late.length > 0 ? `${late.join('; ')}: does a clock call /api/cron?` : null)
}

function outboxWords({ unknown, undelivered }: Facts): string | null {
  const said = [
    ...(unknown > 0 ? [`${unknown} calls to the outside whose end nobody knows`] : []),
    ...(undelivered > 0 ? [`${undelivered} notices that no channel took`] : []),
  ]
  return said.length > 0 ? said.join('; ') : null
}

function providersOf({ sources, parts }: Facts): Check {
  const said = [
    ...sources.map(({ kind, state }) => `${kind}: ${state}`),
    ...parts.flatMap(({ part, why }) => (part !== 'sandbox' && why !== null ? [`${part}: ${why}`] : [])),
  ]
  return unless(said.length > 0 ? said.join('; ') : null)
}
