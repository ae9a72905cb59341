import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Pooler, startPooler } from '../../cli/stack/pooler.ts'
import type { SqlChoice } from '../../lib/domain/sqlChoice.ts'
import { connect } from '../../lib/store/database.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

/** A pooler that wants TLS and shows a certificate of a root of its own, as Supabase's does. */
let db: FreshDatabase
let pooler: Pooler
let other: Pooler
let folder: string
const pem: Record<string, string> = {}

const openssl = (...argv: string[]) => execFileSync('openssl', argv, { cwd: folder, stdio: 'ignore' })
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ns-tls-'))
  for (const root of ['ours', 'theirs'])
    openssl(
      'req',
      '-x509',
      ...KEY,
      '-days',
      '2',
      '-subj',
      `/CN=${root}`,
      '-keyout',
      `${root}.key`,
      '-out',
      `${root}.pem`,
    )
  for (const name of ['localhost', 'elsewhere']) {
    await writeFile(join(folder, 'names'), `subjectAltName=DNS:${name}`)
    openssl('req', ...KEY, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`)
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ours.pem', '-CAkey', 'ours.key', '-CAcreateserial'],
      ...['-days', '2', '-extfile', 'names', '-out', `${name}.pem`],
    )
  }
  for (const file of ['ours.pem', 'theirs.pem', 'localhost.pem', 'localhost.key', 'elsewhere.pem', 'elsewhere.key'])
    pem[file] = await readFile(join(folder, file), 'utf8')
  db = await freshDatabase()
  const showing = (name: string) =>
    startPooler(db.url, { tls: { key: pem[`${name}.key`]!, cert: pem[`${name}.pem`]! } })
  pooler = await showing('localhost')
  other = await showing('elsewhere')
})
afterAll(async () => {
  await Promise.all([pooler.stop(), other.stop()])
  await db.drop()
  await rm(folder, { recursive: true, force: true })
})

async function asks(tls: SqlChoice['tls'], at = pooler.url): Promise<string> {
  const url = Object.assign(new URL(at), { hostname: 'localhost' })
  const sql = connect(url.href, 1, { idleSeconds: 5, tls })
  try {
    const [row] = await sql<{ who: string }[]>`select current_user as who`
    return row!.who
  } catch (error) {
    return (error as { code?: string; message: string }).code ?? (error as Error).message
  } finally {
    await sql.end({ timeout: 1 })
  }
}

test('encrypted, whoever answers; or only whom the certificate vouches for, by its name', async () => {
  expect(await asks('require')).toBe('nightshift_app')
  expect(await asks({ ca: pem['ours.pem']! })).toBe('nightshift_app')
  expect(await asks({ ca: pem['theirs.pem']! })).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED|unable to verify|self.signed/i)
  expect(await asks('require', other.url)).toBe('nightshift_app')
  expect(await asks({ ca: pem['ours.pem']! }, other.url)).toMatch(/ALTNAME|altnames/)
})

test('without TLS nobody is let in, and where TLS is wanted nobody is spoken to without', async () => {
  expect(await asks(false)).not.toBe('nightshift_app')
  // The server itself, which offers none.
  expect(await asks('require', db.url)).not.toBe('nightshift_app')
})
