import { type Accounts, openAccounts } from '../../emulators/hosted/accounts.ts'
import { firstDeploy } from '../../emulators/hosted/firstDeploy.ts'
import { MEMBER } from '../../emulators/hosted/window.ts'
import { git } from '../../examples/history/git.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { connect } from '../../lib/store/database.ts'
import { linkSlack, owner } from '../../lib/store/people.ts'
import type { Parts } from '../parts.ts'
import type { PlatformAddress } from './platform.ts'
import { platformApi } from './platformApi.ts'
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
  },
  parts: Parts,
): Promise<Accounts> {
  const { platform, nightshift, site } = options
  const repository = await sampleRepository(options)
  const accounts = await openAccounts({ app: SAMPLE, repository, platform, nightshift, site })
  parts.add('the emulated accounts', accounts.close)
  return accounts
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
      settings: { ...accounts.project, app: SAMPLE },
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
