import { type Examined, examined } from '@/lib/actions/doctor.ts'
import { findings } from '@/lib/adapters/index.ts'
import type { Project } from '@/lib/domain/project.ts'
import type { Caller } from '@/lib/store/heard.ts'
import { projects } from '@/lib/store/projects.ts'
import { type Process, world } from './world.ts'

/** For how long an answer is good: whoever reloads does not make us call everybody again. */
const GOOD_MS = 15_000
const MOST = 100

// Next loads pages and routes as separate bundles of one process.
const shared = globalThis as unknown as { nightshiftExamined?: Map<string, { at: number; answer: Promise<Examined> }> }

/** What the doctor finds, of the installation and of these projects. */
export function examination(slugs: string[]): Promise<Examined> {
  shared.nightshiftExamined ??= new Map()
  const key = [...slugs].sort().join(' ')
  const known = shared.nightshiftExamined.get(key)
  if (known && performance.now() - known.at < GOOD_MS) return known.answer
  // Names of projects nobody has are asked for as well.
  if (shared.nightshiftExamined.size > MOST) shared.nightshiftExamined.clear()
  const answer = look(world(), slugs)
  shared.nightshiftExamined.set(key, { at: performance.now(), answer })
  answer.catch(() => shared.nightshiftExamined?.delete(key))
  return answer
}

async function look({ config, sql, reader, runner, actor }: Process, slugs: string[]): Promise<Examined> {
  const chosen: Project[] = (await projects(sql)).filter(({ slug }) => slugs.includes(slug))
  const { code, deploy, sentry, notify, halted, model } = config
  const vercel = deploy.kind === 'vercel' ? deploy : null
  const callers: [string, Caller, boolean][] = [
    ['GitHub’s webhooks', 'webhook:github', code.kind === 'github' && code.webhookSecret !== null],
    ['Vercel’s webhooks', 'webhook:vercel', (vercel?.webhookSecret ?? null) !== null],
    ['Vercel’s drain', 'drain:vercel', (vercel?.drainSecret ?? null) !== null],
    ['Sentry’s webhooks', 'webhook:sentry', sentry !== null],
    ['Slack’s buttons', 'slack', notify.slack !== null],
  ]
  return examined(
    { sql, clock: actor.clock },
    {
      ...{ projects: chosen, halted, drains: (vercel?.drainSecret ?? null) !== null, model: model?.kind === 'live' },
      callers: callers.flatMap(([name, caller, open]) => (open ? [[name, caller] as [string, Caller]] : [])),
      outside: () => findings(config, { reader, runner }, chosen),
    },
  )
}
