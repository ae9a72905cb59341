import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Traffic } from '../../../cli/stack/traffic.ts'
import { wordsFor } from '../../../examples/history/words.ts'
import { FAULTS, type Fault } from '../../../examples/traffic/faults.ts'
import { verifyAudit } from '../../../lib/actions/verifyAudit.ts'
import { type Level, Policy } from '../../../lib/domain/project.ts'
import { makePast } from '../earned/earned.ts'
import { decide, raiseToThree } from '../earned/raise.ts'
import { type Night, startNight } from '../night.ts'
import { endsAt, gitOf, type Seen, seen } from './ends.ts'

/** Any hour, and windows of seconds; as many probes as ever. */
const POLICY = Policy.parse({
  hours: { zone: 'Europe/London', from: 0, to: 24, days: [1, 2, 3, 4, 5, 6, 7] },
  soakSeconds: 6,
  watchSeconds: 20,
  probes: 60,
})
/** Two more than level 3 takes. */
const CURES = 12
/** Seldom enough that looking does not take the machine from what is looked at. */
const LOOK_MS = 3000

export interface End {
  fault: Fault
  /** Null when it ended as it should. */
  wrong: string | null
  /** Seconds from the first event to the right end. */
  seconds: number | null
  /** What people read of it at the end. */
  sentence: string
}

export interface FaultsRun {
  seed: number
  ends: End[]
  /** What is wrong with the night as a whole. */
  troubles: string[]
  seconds: number
}

/**
 * All the faults at once, under traffic, in one Nightshift, at level 2 unless said otherwise (level 3 is emulated always); `seed` renames routes, files and variables (0 keeps
 * them). A person approves what waits for one, and does nothing else.
 */
export async function runFaults(
  seed: number,
  withinMs: number,
  faults: readonly Fault[] = FAULTS,
  where: { emulated?: boolean; level?: Level } = {},
): Promise<FaultsRun> {
  const { emulated = false, level = 2 } = where
  const words = wordsFor(seed)
  const began = performance.now()
  const sample = { faults: faults.join(','), perSecond: 10, words: seed === 0 ? undefined : words }
  const night = level === 3 ? await atThree(sample) : await atOnce({ emulated, level, sample })
  const ends = endsAt(level)
  try {
    const last = new Map<Fault, Seen | null>()
    const ended = new Map<Fault, number>()
    while (performance.now() - began < withinMs && ended.size < faults.length) {
      const outside = gitOf(night)
      for (const fault of faults) {
        const now = await seen(night, fault, words, outside)
        last.set(fault, now)
        if (now && ends[fault].wrong(now) === null) {
          if (!ended.has(fault)) ended.set(fault, Date.now() - now.told.issue.firstSeen.getTime())
        } else ended.delete(fault)
      }
      await approveWhatWaits(night, [...last.values()])
      await sleep(LOOK_MS)
    }
    const told = faults.map((fault) => {
      const now = last.get(fault) ?? null
      return endOf(fault, now, now ? ends[fault].wrong(now) : 'there is no issue', ended.get(fault))
    })
    const troubles = await troublesOf(night, level)
    return { seed, ends: told, troubles, seconds: Math.round((performance.now() - began) / 1000) }
  } finally {
    await night.end()
  }
}

type Sample = Pick<Traffic, 'faults' | 'perSecond' | 'words'>

const atOnce = ({ emulated, level, sample }: { emulated: boolean; level: Level; sample: Sample }): Promise<Night> =>
  startNight({
    emulated,
    sample: { level, policy: POLICY, traffic: true, ...sample },
    settings: { LEASE_SECONDS: '20' },
  })

/** On a state folder with thirty days at level 2 and what was cured in them; level 3 is had from that record alone. */
async function atThree(sample: Sample): Promise<Night> {
  const home = await mkdtemp(join(tmpdir(), 'ns-earned-'))
  await makePast(home, CURES)
  // A password is asked for, and accounts prove themselves by a mailbox.
  const settings = { LEASE_SECONDS: '20', AUTH: 'owner' }
  const night = await startNight({ home, emulated: true, sample: { traffic: false, ...sample }, settings })
  try {
    await raiseToThree(night, night.stack.accounts!, POLICY)
    night.stack.startTraffic()
    return night
  } catch (error) {
    await night.end()
    throw error
  }
}

function endOf(fault: Fault, now: Seen | null, wrong: string | null, ms: number | undefined): End {
  const { told } = now ?? {}
  const fixes = told?.fixes.map((fix) => (fix.state === 'refused' ? fix.why : fix.state)).join('; ') ?? ''
  const release = told?.release ? `${told.release.state} ${told.release.facts.waiting ?? ''}` : ''
  const sentence = [told?.diagnosis?.why, fixes, release].filter(Boolean).join(' | ')
  return { fault, wrong, seconds: ms === undefined ? null : Math.round(ms / 1000), sentence }
}

/** As the owner does with `nightshift approve`, once for each tree that was shown. */
async function approveWhatWaits(night: Night, all: (Seen | null)[]): Promise<void> {
  for (const one of all) {
    const fix = one?.told.fixes.find(({ id }) => id === one.told.release?.fix)
    if (!one?.told.release?.facts.refused?.asks || fix?.state !== 'proven') continue
    const [project] = await night.sql<{ v: number }[]>`select policy_version as v from projects`
    const body = { fix: fix.id, tree: fix.tree, target: 'production', policyVersion: project!.v }
    // What was overtaken meanwhile is refused, and asked for again in the next look.
    await decide(night, 'approve', body).catch(() => undefined)
  }
}

/** Nothing but the faults has an issue, and the audit holds. */
async function troublesOf(night: Night, level: Level): Promise<string[]> {
  const [project] = await night.sql<{ id: number }[]>`select id from projects`
  const { problems } = await verifyAudit(night.sql, project!.id)
  const stuck = await night.sql<{ subject: string; trouble: string }[]>`
    select subject, trouble from work where trouble is not null`
  // At level 1 everything asks; at 2 a P2 that is low risk asks nobody; at 3 nobody is asked at all.
  const asked = await night.sql<{ route: string; severity: string }[]>`
    select distinct i.route, i.severity from approvals a join fixes f on f.id = a.fix join issues i on i.id = f.issue
    where ${level} = 3 or i.severity <> 'P1'`
  return [
    ...problems.map((problem) => `audit: ${JSON.stringify(problem)}`),
    ...(level === 1 ? [] : asked).map(({ route, severity }) => `${route}, a ${severity}, waited for an approval`),
    ...stuck.map(({ subject, trouble }) => `${subject}: ${trouble}`),
  ]
}
