import { connect } from '../../lib/store/database.ts'
import type { Clock } from '../../lib/world.ts'
import type { WorkerTask } from './worker.ts'

/** Time and users, which go on whatever happens to a worker: seen and moved past it, on a connection of their own. */
export interface TestClock extends Clock {
  /** Something happens now: from here on it is counted how long nothing moves. */
  trouble(): void
  over(): Promise<boolean>
  beforeTick(): Promise<void>
  afterTick(): Promise<void>
  state(): Promise<string>
  figures(): { leases: number; ticksStuck: number }
}

const STEP_MS = 1100
const ENDS = ['cured', 'unexposed', 'rolled-back', 'held', 'relapsed']

export function openClock(task: Pick<WorkerTask, 'adminUrl' | 'watch' | 'point'>): TestClock {
  const admin = connect(task.adminUrl, 1)
  let ahead = 0
  // A worker that takes over from a dead one begins when the dead one's lease has passed.
  let leases = 0
  let stuck = 0
  let ticksStuck = 0
  let seen = ''
  const release = async () =>
    (
      await admin<{ state: string; main: string | null; soaking: boolean }[]>`
      select state, facts->>'mainSha' as main, state in ('soaking', 'watching') as soaking from releases`
    )[0]

  const moved = async (): Promise<string> => {
    const [row] = await admin<{ at: string }[]>`
      select (select coalesce(max(audit_seq), 0) from projects) || ' ' || coalesce((select state || facts::text from releases), '')
        || coalesce((select string_agg(key || state, ',' order by key) from effects), '') as at`
    return row?.at ?? ''
  }

  /** Nobody holds the work any more, and no call's end is waited for any longer. */
  async function leasePasses(): Promise<void> {
    leases += 1
    await admin`update work set lease_until = clock_timestamp() - interval '1 second'`
    await admin`update effects set deadline = clock_timestamp() where state = 'sending'`
  }

  return {
    now: () => new Date(Date.now() + ahead),
    trouble: () => {
      stuck = 0
    },
    async over() {
      const now = await release()
      return ENDS.includes(now?.state ?? '') && (await admin`select 1 from work where agent = 'releaser'`).length === 0
    },
    async beforeTick() {
      const held = await admin`select 1 from work where agent = 'releaser' and lease_until > clock_timestamp()`
      const open = await admin`select 1 from effects where state = 'sending'`
      if (held.length > 0 || open.length > 0) await leasePasses()
      await admin`update work set due_at = clock_timestamp() where agent = 'releaser'`
      await admin`update sources set last_seen_at = ${new Date(Date.now() + ahead)} where kind = 'traffic'`
      const now = await release()
      if (now?.state === 'watching' && now.main) await users(now.main)
      seen = await moved()
    },
    async afterTick() {
      const now = await release()
      if (now?.soaking) ahead = Math.min(ahead + STEP_MS, 50_000)
      stuck = (await moved()) === seen ? stuck + 1 : 0
      ticksStuck = Math.max(ticksStuck, stuck)
    },
    state: async () => (await release())?.state ?? 'none',
    figures: () => ({ leases, ticksStuck }),
  }

  /** What users met on the new commit, as the watcher would have counted it. */
  async function users(main: string): Promise<void> {
    const failed = task.watch === 'well' ? 0 : 80
    const latency = [400, ...Array(10).fill(0)]
    await admin`
      insert into traffic (project, environment, sha, route, minute, requests, failed, latency)
      select id, 'production', ${main}, 'POST /launch', date_trunc('minute', now()), 400, ${failed}, ${latency} from projects
      on conflict do nothing`
  }
}
