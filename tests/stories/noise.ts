import { setTimeout as sleep } from 'node:timers/promises'
import { makeNoise } from '../../examples/traffic/noise.ts'
import type { Random } from '../../examples/traffic/random.ts'
import { dsnOf } from '../../lib/actions/registerProject.ts'
import type { Night } from './night.ts'

/** Between two pieces of noise, milliseconds: three a second beside the ordinary traffic. */
const EVERY_MS = 330

/** Noise of every kind until it is stopped; `stop` says how much there was. */
export async function makeSomeNoise(night: Night, random: Random): Promise<{ stop(): Promise<number> }> {
  const [project] = await night.sql<
    [{ ingestNo: number; ingestKey: string }]
  >`select ingest_no, ingest_key from projects`
  const noise = {
    app: night.stack.sample!.production,
    dsn: dsnOf(night.stack.url, project),
    release: night.git('rev-parse', 'main'),
  }
  let made = 0
  let going = true
  const shouting = (async () => {
    while (going) {
      await makeNoise(noise, random)
      made += 1
      await sleep(EVERY_MS)
    }
  })()
  return {
    async stop() {
      going = false
      await shouting
      return made
    },
  }
}

/** Every issue that came of it, by severity; those above P3, and every branch, are failures. */
export async function troubledBy(night: Night) {
  const issues = await night.sql<
    { severity: string; title: string; seen: number; severityWhy: string; diagnosis: string | null }[]
  >`
    select i.severity, i.title, i.seen, i.severity_why,
      (select d.cause || ', ' || d.remedy || ': ' || d.why from diagnoses d where d.issue = i.id order by d.id desc limit 1) as diagnosis
    from issues i order by i.id`
  const told = issues.map(
    (one) => `${one.severity} ${one.title} (${one.seen}): ${one.severityWhy} ${one.diagnosis ?? ''}`,
  )
  const branches = night
    .git('for-each-ref', '--format=%(refname:short)', 'refs/heads/agent')
    .split('\n')
    .filter(Boolean)
  return { issues: told, grave: issues.filter((one) => one.severity < 'P3').map((one) => one.title), branches }
}
