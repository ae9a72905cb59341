import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { selfSigned } from '../../emulators/git/certificate.ts'
import { type Accounts, openAccounts } from '../../emulators/hosted/accounts.ts'
import { firstDeploy } from '../../emulators/hosted/firstDeploy.ts'
import { MEMBER } from '../../emulators/hosted/window.ts'
import { openRegistry } from '../../emulators/registry.ts'
import { git } from '../../examples/history/git.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { connect } from '../../lib/store/database.ts'
import { linkSlack, owner } from '../../lib/store/people.ts'
import { isThere } from '../env.ts'
import type { Parts } from '../parts.ts'
import type { Database } from './database.ts'
import type { PlatformAddress } from './platform.ts'
import { platformApi } from './platformApi.ts'
import { startPooler } from './pooler.ts'
import { SAMPLE, SAMPLE_POLICY, type Sample, type SampleOptions, sampleRepository } from './sample.ts'

export type { Accounts } from '../../emulators/hosted/accounts.ts'

/** The accounts a hosted installation has, emulated, with the sample's repository behind the code host. */
export async function startAccounts(
  options: {
    home: string
    words?: Record<string, string> | undefined
    platform: PlatformAddress
    nightshift: string
    site: string
    /** Folder with bin/node and npm. */
    toolchain: string
  },
  parts: Parts,
): Promise<Accounts> {
  const { home, platform, nightshift, site, toolchain } = options
  const repository = await sampleRepository(options)
  const tools = { node: join(toolchain, 'bin/node'), npm: join(toolchain, 'lib/node_modules/npm') }
  // A machine of another's is made of namespaces that take root.
  const machines = process.getuid?.() === 0 ? { folder: join(home, 'machines'), ...tools } : null
  const accounts = await openAccounts({ app: SAMPLE, repository, platform, nightshift, site, machines })
  parts.add('the emulated accounts', accounts.close)
  return accounts
}

/** What the server of a hosted installation is told: the preset, its accounts, and what this machine has not. */
export async function hostedSettings(
  { accounts, database, registry }: { accounts: Accounts; database: Database; registry: Record<string, string> },
  parts: Parts,
  say: (line: string) => void,
): Promise<Record<string, string>> {
  if (!accounts.machines) say('Machines of Vercel are emulated for root alone: untrusted code runs in bubblewrap.')
  return {
    ...{ WORLD: 'hosted', SCHEDULER: 'off', ...accounts.settings },
    ...(accounts.machines ? await publicRegistry(registry, parts) : { SANDBOX: 'bubblewrap', ...registry }),
    ...(await pooled(database, parts, say)),
  }
}

/** Where machines install from: not this one's own settings, which do not apply on machines of another's. */
async function publicRegistry(
  { NPM_REGISTRY: url = 'https://registry.npmjs.org/', NPM_CAFILE: cafile }: Record<string, string>,
  parts: Parts,
): Promise<Record<string, string>> {
  const mirror = await openRegistry({ url, cafile })
  parts.add('the registry', mirror.close)
  return { NPM_REGISTRY: mirror.url }
}

/** As Supabase is reached: through a pooler in transaction mode, with TLS. */
async function pooled(database: Database, parts: Parts, say: (line: string) => void): Promise<Record<string, string>> {
  const direct = { SQL: 'postgres' }
  if (!(await isThere('pgbouncer'))) {
    say('There is no pgbouncer here (Debian: apt-get install -y pgbouncer): the database is reached without a pooler.')
    return direct
  }
  const tls = selfSigned()
  const pooler = await startPooler(database.appUrl, { size: 10, tls })
  parts.add('the pooler', pooler.stop)
  return { DATABASE_URL: pooler.url, DATABASE_CA: tls.cert }
}

/** The clocks of the deploy host. `seconds` stands for the minutes that `vercel.json` says. */
export async function startClocks(
  checkout: string,
  accounts: Accounts,
  secret: string,
  seconds: number,
): Promise<void> {
  const { crons } = JSON.parse(await readFile(join(checkout, 'vercel.json'), 'utf8')) as { crons: { path: string }[] }
  const paths = crons.map(({ path }) => path)
  accounts.clocks.start(paths, secret, seconds * 1000)
}

/** The sample as a team with these accounts would have it: its errors go to Sentry, its traffic through Vercel. */
export async function setUpHosted(options: SampleOptions, accounts: Accounts): Promise<Sample> {
  const repository = await sampleRepository(options)
  const dsn = accounts.ingest.dsn(SAMPLE)
  const target = (environment: 'production' | 'staging') => ({
    port: options.ports[environment],
    env: { SENTRY_DSN: dsn, CLINIC_ENV: environment },
  })
  const api = platformApi(options.platform, SAMPLE)
  await api.put(repository, { production: target('production'), staging: target('staging') })
  for (const [where, ref] of [['staging', 'staging'] as const, ['production', 'main'] as const])
    await firstDeploy(accounts.vercel, where, { ref, sha: git(repository, ['rev-parse', `refs/heads/${ref}`]) })
  await accounts.connect()
  const sql = connect(options.databaseUrl, 1)
  try {
    const { id } = await registerProject(sql, {
      ...{ slug: SAMPLE, name: 'Clinic', level: options.level ?? 2, policy: options.policy ?? SAMPLE_POLICY },
      settings: {
        ...{ ...accounts.project, app: SAMPLE },
        ...(options.database ? { supabase: { ref: accounts.supabase.project.ref } } : {}),
      },
    })
    // Whoever presses a button of the page is the owner.
    const me = (await owner(sql))!
    await linkSlack(sql, { person: me.id, name: me.name, role: 'owner', via: 'cli' }, me.id, MEMBER)
    const { production, staging } = accounts.vercel.domains
    return { project: id, repository, production: `http://${production}`, staging: `http://${staging}` }
  } finally {
    await sql.end()
  }
}
