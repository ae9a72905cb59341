import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { newParts } from '../../cli/parts.ts'
import { type Stack, type StackOptions, startStack } from '../../cli/stack.ts'
import { Policy } from '../../lib/domain/project.ts'
import { connect } from '../../lib/store/database.ts'
import { type Story, story } from '../../lib/store/story.ts'

/** A whole Nightshift in a folder of its own, removed at the end, with the sample app and people using it, watched from outside. */
export interface Night {
  stack: Stack
  home: string
  sql: Sql
  /** Waits until the first issue's release has ended; throws with the story so far when it does not. */
  ended(withinMs: number): Promise<Story>
  /** Waits until nothing is under way or about to be told; throws when that takes longer. */
  quiet(withinMs: number): Promise<void>
  /** Git as an outsider sees the sample's repository. */
  git(...args: string[]): string
  /** The platform's own append-only log. */
  log(): Promise<{ seq: number; at: string; what: string; [fact: string]: unknown }[]>
  end(): Promise<void>
}

/** Shorter than the sample's windows, with as many probes: stories wait for events, not for clocks. */
const POLICY = Policy.parse({
  hours: { zone: 'Europe/London', from: 0, to: 24, days: [1, 2, 3, 4, 5, 6, 7] },
  soakSeconds: 8,
  watchSeconds: 20,
  probes: 60,
})

const ENDS = ['cured', 'unexposed', 'relapsed', 'rolled-back', 'held']

export async function startNight(options: Partial<StackOptions> = {}): Promise<Night> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'ns-night-')))
  const checkout = join(import.meta.dirname, '../..')
  const parts = newParts((name, error) => console.error(`${name} could not be stopped: ${String(error)}`))
  const end = async () => {
    await parts.stop()
    await rm(home, { recursive: true, force: true })
  }
  try {
    const sample = options.sample === null ? null : { policy: POLICY, traffic: true, ...options.sample }
    const step = <T>(_: string, work: () => Promise<T>) => work()
    const stack = await startStack({ checkout, home, port: 0, parts, step, say: () => undefined, ...options, sample })
    const sql = connect(stack.database.appUrl, 2)
    const night = nightOf(stack, home, sql)
    return { ...night, end: () => sql.end().then(end) }
  } catch (error) {
    await end()
    throw error
  }
}

function nightOf(stack: Stack, home: string, sql: Sql): Omit<Night, 'end'> {
  return {
    stack,
    home,
    sql,
    git: (...args) =>
      execFileSync('git', ['-c', 'safe.directory=*', '--git-dir', stack.sample!.repository, ...args])
        .toString()
        .trim(),
    async log() {
      const headers = { authorization: `Bearer ${stack.platform.token}` }
      const answer = await fetch(`${stack.platform.url}/apps/clinic/log?after=0`, { headers })
      return ((await answer.json()) as { log: [] }).log
    },
    async quiet(withinMs) {
      const busy = () => sql<{ what: string }[]>`
        select key as what from effects where state = 'sending'
        union all select subject from work where subject ~ '^(notices|release|pulls):' and due_at < now() + interval '1 minute'`
      for (let waited = 0; waited < withinMs; waited += 500) {
        if ((await busy()).length === 0) return
        await sleep(500)
      }
      throw new Error(`It did not become quiet: ${JSON.stringify(await busy())}`)
    },
    async ended(withinMs) {
      const until = performance.now() + withinMs
      let seen: Story | null = null
      while (performance.now() < until) {
        seen = await story(sql, 1).catch(() => null)
        if (seen?.release && ENDS.includes(seen.release.state)) return seen
        await sleep(500)
      }
      const work = await sql`select subject, agent, tries, trouble from work`
      throw new Error(`It did not end in time: ${JSON.stringify({ work, ...told(seen) }, null, 1)}`)
    },
  }
}

const told = (seen: Story | null) => ({
  issue: seen?.issue,
  why: seen?.diagnosis?.why,
  fixes: seen?.fixes.map((fix) => [fix.state, fix.state === 'refused' ? fix.why : '']),
  release: seen?.release,
})
