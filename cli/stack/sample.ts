import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildClinic } from '../../examples/history/build.ts'
import { git } from '../../examples/history/git.ts'
import { dsnOf, registerProject } from '../../lib/actions/registerProject.ts'
import type { Environment } from '../../lib/domain/event.ts'
import { type Level, Policy } from '../../lib/domain/project.ts'
import { connect } from '../../lib/store/database.ts'
import type { PlatformAddress } from './platform.ts'
import { platformApi } from './platformApi.ts'

export const SAMPLE = 'clinic'
/** Looked at in a browser, so near the control room's 3000; any other where they are taken. */
export const PREFERRED_PORTS: Record<Environment, number> = { production: 3001, staging: 3002 }

/** The sample is a show: any hour, and windows of seconds instead of 10 and 30 minutes, with as many probes. */
export const SAMPLE_POLICY = Policy.parse({
  hours: { zone: 'Europe/London', from: 0, to: 24, days: [1, 2, 3, 4, 5, 6, 7] },
  soakSeconds: 20,
  watchSeconds: 30,
  probes: 60,
})

export interface SampleOptions {
  home: string
  databaseUrl: string
  platform: PlatformAddress
  /** Where events are sent to: the control room's port. */
  port: number
  ports: Record<Environment, number>
  policy?: Policy
  /** 2 unless said otherwise. */
  level?: Level
  /** Where accounts are emulated: the app has a database whose logs are read. It has none by itself, and logs are late. */
  database?: boolean
  /** Words replaced throughout the sample and its history. */
  words?: Record<string, string>
}

export interface Sample {
  project: number
  /** Path of the bare repository. */
  repository: string
  production: string
  staging: string
}

/** The sample app as a team would have it before Nightshift came: a repository, a project, and a running `main`. */
export async function setUpSample(options: SampleOptions): Promise<Sample> {
  const repository = await sampleRepository(options)
  const branches = { production: 'main', staging: 'staging' }
  const sql = connect(options.databaseUrl, 1)
  try {
    const registered = await registerProject(sql, {
      slug: SAMPLE,
      name: 'Clinic',
      level: options.level ?? 2,
      policy: options.policy ?? SAMPLE_POLICY,
      settings: { repository, branches, app: SAMPLE },
    })
    const dsn = dsnOf(`http://127.0.0.1:${options.port}`, registered)
    await deployBoth(options, repository, dsn)
    return {
      project: registered.id,
      repository,
      production: `http://127.0.0.1:${options.ports.production}`,
      staging: `http://127.0.0.1:${options.ports.staging}`,
    }
  } finally {
    await sql.end()
  }
}

/** Built once: from then on it is Nightshift's patient, and its commits are kept. */
export async function sampleRepository({
  home,
  words,
}: {
  home: string
  words?: Record<string, string> | undefined
}): Promise<string> {
  const repository = join(home, 'repositories', `${SAMPLE}.git`)
  if (existsSync(repository)) return repository
  const fresh = `${repository}.new`
  await rm(fresh, { recursive: true, force: true })
  await buildClinic({ into: fresh, rename: words, now: new Date() })
  await rename(fresh, repository)
  return repository
}

/** What serves is left alone, a fix shipped last night included, unless its settings changed: then it runs anew. */
async function deployBoth(options: SampleOptions, repository: string, dsn: string): Promise<void> {
  const api = platformApi(options.platform, SAMPLE)
  const envOf = (environment: Environment) => ({ SENTRY_DSN: dsn, CLINIC_ENV: environment })
  const target = (environment: Environment) => ({ port: options.ports[environment], env: envOf(environment) })
  await api.put(repository, { production: target('production'), staging: target('staging') })
  const record = join(options.home, 'repositories', `${SAMPLE}.settings`)
  const settings = createHash('sha256').update(dsn).digest('hex').slice(0, 12)
  const changed = (await readFile(record, 'utf8').catch(() => settings)) !== settings
  const head = (branch: string) => git(repository, ['rev-parse', `refs/heads/${branch}`])
  for (const environment of ['staging', 'production'] as const) {
    const serving = await api.serving(environment)
    if (serving && !changed) continue
    const sha = serving?.sha ?? head(environment === 'production' ? 'main' : 'staging')
    // A key of its own each time: the same one would answer for ever with a first build that failed.
    const deployment = await api.deploy(sha, environment, `start-${environment}-${Date.now().toString(36)}`)
    await api.promote(environment, deployment, serving?.deployment ?? null)
  }
  await writeFile(record, settings)
}
