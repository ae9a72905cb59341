import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { makeHome } from '../../../cli/home.ts'
import { newParts } from '../../../cli/parts.ts'
import { startPostgres } from '../../../cli/postgres.ts'
import { loadSecrets } from '../../../cli/secrets.ts'
import { ensureOwner, migrateDatabase } from '../../../cli/stack/database.ts'
import { keepAnchors } from '../../../lib/actions/keepAnchors.ts'
import { fileAnchors } from '../../../lib/adapters/anchors.file.ts'
import { connect } from '../../../lib/store/database.ts'
import { saveTraffic } from '../../../lib/store/traffic.ts'
import { FIX, provenFix, shipping } from '../../agents/release.ts'
import { livingBy, setBack } from './clock.ts'

/**
 * Thirty-two days of a project in a state folder, lived by the clock of a file: PostgreSQL and this program with it.
 *
 *   past.ts <state folder> <file> <cures>
 *
 * Each cure is the releaser's own work, through the gate: staging, soak, production, watch. Nothing is written into the
 * audit but by the functions that always write it.
 */
const [home = '', file = '', cures = '12'] = process.argv.slice(2)
const DAYS = 32
/** All of them in the thirty days that count. */
const CURED_FROM = 29.9
const checkout = join(import.meta.dirname, '../../..')

const parts = newParts((name, error) => console.error(name, error))
await makeHome(home)
const secrets = await loadSecrets(home)
await setBack(file, DAYS)
const postgres = await startPostgres({ home, env: livingBy(file) })
parts.add('PostgreSQL', postgres.stop)
try {
  const database = await migrateDatabase(checkout, postgres, secrets)
  await ensureOwner(database, secrets)
  const [sql, admin] = [connect(database.appUrl), connect(database.adminUrl, 2)]
  const s = await shipping({ sql, admin }, {}, 2, { slug: 'clinic' })
  s.host.answers['/launch'] = 404
  for (let n = 0; n < Number(cures); n++) {
    await setBack(file, CURED_FROM - (n * (CURED_FROM - 2)) / Number(cures))
    s.onTime()
    await cure(n)
  }
  await setBack(file, 0)
  await Promise.all([sql.end(), admin.end()])
  s.close()

  async function cure(n: number): Promise<void> {
    const base = s.origin.git('rev-parse', 'main')
    const fingerprint = `f${n + 1}`
    // The first one is there already.
    const id = n === 0 ? FIX : randomBytes(6).toString('hex')
    if (n > 0) await provenFix(sql, s.actor, s.project, base, { id, path: `src/fault${n}.ts`, fingerprint, patch: id })
    await traffic(base, 1000, 100)
    await seen(base, fingerprint)
    const { facts } = await s.untilOf(id, 'watching')
    await traffic(facts.mainSha!, 400, 0)
    const { state } = await s.untilOf(id, 'cured', 'unexposed', 'relapsed', 'rolled-back', 'held')
    if (state !== 'cured') throw new Error(`fix ${id} ended ${state}`)
    await keepAnchors({ sql, anchors: fileAnchors(home) })
  }

  function traffic(sha: string, requests: number, failed: number): Promise<void> {
    const latency = [requests, ...Array<number>(10).fill(0)]
    const row = {
      environment: 'production' as const,
      sha,
      route: 'POST /launch',
      minute: minute(),
      requests,
      failed,
      latency,
    }
    return saveTraffic(sql, s.project, [row])
  }

  async function seen(sha: string, fingerprint: string): Promise<void> {
    await sql`insert into counts (project, fingerprint, environment, sha, minute, n)
              values (${s.project}, ${fingerprint}, 'production', ${sha}, ${minute()}, 100)`
  }
} finally {
  await parts.stop()
}

function minute(): string {
  return new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
}
