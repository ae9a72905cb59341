import type { ISql } from 'postgres'
import type { AuditRow } from '../domain/audit.ts'
import type { Diagnosis } from '../domain/diagnosis.ts'
import type { Earlier } from '../domain/evidence.ts'
import type { Fix } from '../domain/fix.ts'
import type { Issue } from '../domain/issue.ts'
import type { Release } from '../domain/release.ts'
import { echoesSince } from './counts.ts'
import { newestDiagnosis } from './diagnoses.ts'
import { type EffectRow, effectsOf } from './effects.ts'
import { fixesOf } from './fixes.ts'
import { earlierOf, issue as issueById, issuesOf, issuesSince } from './issues.ts'
import { releasesOf } from './releases.ts'

/** An issue with everything that came of it: what the board draws and the page tells. */
export interface Strand {
  issue: Issue
  diagnosis: Diagnosis | null
  fixes: Fix[]
  /** The newest. */
  release: Release | null
  /** Oldest first. */
  releases: Release[]
}

export interface Story extends Strand {
  effects: EffectRow[]
  audit: (AuditRow & { hash: string })[]
  /** Closed issues of the same fingerprint, newest first. */
  earlier: Earlier[]
  /** Failures per minute on production, oldest first, for the small picture of what users felt. */
  minutes: { minute: Date; n: number }[]
}

async function strandOf(sql: ISql, issue: Issue): Promise<Strand> {
  const [diagnosis, fixes, releases] = await Promise.all([
    newestDiagnosis(sql, issue.id),
    fixesOf(sql, issue.id),
    releasesOf(sql, issue.id),
  ])
  return { issue, diagnosis, fixes, release: releases.at(-1) ?? null, releases }
}

/** Newest first; at most fifty. */
export async function board(sql: ISql, project: number): Promise<Strand[]> {
  const issues = await issuesOf(sql, project, 50)
  return Promise.all(issues.map((issue) => strandOf(sql, issue)))
}

/** What is open, most lately seen first, and what ended since or was heard of again. */
export async function strandsSince(
  sql: ISql,
  project: number,
  since: Date,
  limit = 200,
): Promise<{ strands: Strand[]; echoes: Map<number, number> }> {
  const echoes = await echoesSince(sql, project, since)
  const issues = await issuesSince(sql, project, since, [...echoes.keys()], limit)
  return { strands: await Promise.all(issues.map((issue) => strandOf(sql, issue))), echoes }
}

export async function story(sql: ISql, id: number): Promise<Story | null> {
  const issue = await issueById(sql, id)
  if (!issue) return null
  const strand = await strandOf(sql, issue)
  const fixes = strand.fixes.map((fix) => fix.id)
  const effects = (await Promise.all(fixes.map((fix) => effectsOf(sql, issue.project, fix)))).flat()
  const audit = await sql<Story['audit']>`
    select seq, at, actor, what, body, encode(hash, 'hex') as hash from audit
    where project = ${issue.project} and (body->>'issue' = ${String(id)} or body->>'fix' = any(${fixes})
      or split_part(body->>'key', ':', 1) = any(${fixes}) or body->>'release' = ${String(strand.release?.id ?? '')})
    order by seq limit 300`
  const minutes = await sql<{ minute: Date; n: number }[]>`
    select minute, sum(n)::int as n from counts
    where project = ${issue.project} and fingerprint = ${issue.fingerprint} and environment = 'production'
    group by minute order by minute desc limit 500`
  const earlier = await earlierOf(sql, issue)
  return { ...strand, effects, earlier, audit: [...audit], minutes: [...minutes].reverse() }
}
