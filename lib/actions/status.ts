import type { Sql } from 'postgres'
import type { Project } from '../domain/project.ts'
import type { Release } from '../domain/release.ts'
import type { SourceReading } from '../domain/source.ts'
import { askedTarget } from '../policy/asks.ts'
import { openFix } from '../policy/openFix.ts'
import { stageOf } from '../policy/stage.ts'
import { auditHead } from '../store/audit.ts'
import { inFlight, promotedToday } from '../store/effects.ts'
import { countOpen } from '../store/issues.ts'
import { sourcesOf } from '../store/sources.ts'
import { board, type Strand } from '../store/story.ts'
import { readUntil } from '../store/traffic.ts'
import type { Actor } from '../world.ts'
import { type InFlight, shown } from './pause.ts'

/** One issue that moves or waits, with what a person needs to decide about it. */
export interface StatusLine {
  issue: number
  severity: string
  /** Untrusted. */
  title: string
  stage: string
  sentence: string
  waitingForYou: boolean
  release: { id: number; state: Release['state'] } | null
  /** How far a yes is asked for; null where none is. */
  asksFor: 'staging' | 'production' | null
  /** What an approval would be bound to; null where there is nothing proven. */
  fix: { id: string; tree: string; base: string } | null
}

/** A source that is asked, how far it was read and how it is; `why` is untrusted where it quotes an answer. */
export interface SourceLine extends Pick<SourceReading, 'kind' | 'state' | 'why' | 'lagMs'> {
  /** Everything it had received until then is here. */
  readUntil: string | null
  /** A gap is being filled up. */
  filling: boolean
  asksAgain: string
}

export interface Status {
  project: string
  name: string
  level: number
  policyVersion: number
  paused: { since: string; by: string; why: string } | null
  killSwitch: boolean
  inFlight: InFlight[]
  promotions: { today: number; cap: number }
  lastLook: string | null
  sources: SourceLine[]
  audit: { seq: number; hash: string }
  /** The newest fifty. */
  issues: StatusLine[]
  openIssues: number
}

/** What Nightshift does now, and what waits for a person. */
export async function statusOf(
  { sql, clock, halted }: Pick<Actor, 'clock' | 'halted'> & { sql: Sql },
  project: Project,
): Promise<Status> {
  const strands = (await board(sql, project.id)).filter(
    ({ issue, release }) => issue.state === 'open' || moving(release),
  )
  return {
    project: project.slug,
    name: project.name,
    level: project.level,
    policyVersion: project.policyVersion,
    paused: project.pausedAt && {
      since: project.pausedAt.toISOString(),
      by: project.pausedBy ?? '',
      why: project.pausedWhy ?? '',
    },
    killSwitch: halted,
    inFlight: (await inFlight(sql, project.id)).map(shown),
    promotions: { today: await promotedToday(sql, project.id), cap: project.capPerDay },
    lastLook: (await readUntil(sql, project.id, 'traffic'))?.toISOString() ?? null,
    sources: (await sourcesOf(sql, project.id)).map(sourceLine),
    audit: (await auditHead(sql, project.id)) ?? { seq: 0, hash: '' },
    issues: strands.map((strand) => lineOf(strand, project, clock.now())),
    openIssues: await countOpen(sql, project.id),
  }
}

const sourceLine = ({ kind, state, why, lagMs, readUntil, more, dueAt }: SourceReading): SourceLine => ({
  ...{ kind, state, why, lagMs, filling: more },
  ...{ readUntil: readUntil?.toISOString() ?? null, asksAgain: dueAt.toISOString() },
})

const moving = (release: Release | null): boolean =>
  release !== null && !['cured', 'relapsed', 'rolled-back', 'overtaken', 'unexposed'].includes(release.state)

function lineOf(strand: Strand, project: Project, now: Date): StatusLine {
  const { issue, fixes, release, releases } = strand
  const { stage, sentence, waitingForYou } = stageOf({ ...strand, project, now })
  const fix = openFix(fixes, releases)
  return {
    issue: issue.id,
    severity: issue.severity,
    title: issue.title,
    stage,
    sentence,
    waitingForYou,
    release: release && { id: release.id, state: release.state },
    asksFor: stage === 'waiting-for-you' && fix ? askedTarget(fix, release) : null,
    fix: fix?.state === 'proven' ? { id: fix.id, tree: fix.tree, base: fix.base } : null,
  }
}
