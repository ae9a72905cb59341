import { createHash } from 'node:crypto'
import { perform } from '../../../lib/actions/perform.ts'
import type { Project } from '../../../lib/domain/project.ts'
import type { Release } from '../../../lib/domain/release.ts'
import type { Lease, Next } from '../../../lib/domain/work.ts'
import { Fault } from '../../../lib/errors.ts'
import { decideTell } from '../../../lib/policy/decision.ts'
import { deploymentsOf, progressOf } from '../../../lib/policy/proposal/progress.ts'
import { type EffectRow, effectsUnder } from '../../../lib/store/effects.ts'
import { escalatedIssues } from '../../../lib/store/notices.ts'
import { project as projectById } from '../../../lib/store/projects.ts'
import { releasesWithPulls } from '../../../lib/store/releases.ts'
import type { Review } from '../../../lib/world/review.ts'
import type { Actor } from '../../../lib/world.ts'
import { notBefore } from '../../trouble.ts'
import { again } from '../context.ts'
import { issuePage } from '../tell.ts'
import { LABELS } from './names.ts'

/** How soon a telling that did not end is looked at again. */
const AGAIN_MS = 10_000
const TIMEOUT_SECONDS = 60

interface Told {
  /** What is told, again and again, each time with other content. */
  series: string
  content: string
  send(): Promise<{ refused: string } | undefined>
  isThere(): Promise<boolean>
}

/**
 * releases → the code host: a comment edited in place, deployments, an issue where a person is needed. Work of its own,
 * made of how things stand and not of what happened: no release waits for it, and losing one telling loses nothing.
 */
export async function tellHost(world: Actor, lease: Lease): Promise<Next> {
  const project = await projectById(world.sql, lease.project)
  if (!project) throw new Fault('NOT_FOUND', lease.subject)
  const review = world.review(project)
  if (!review) return 'done'
  let inMs = 0
  const later = (error: unknown) => notBefore(AGAIN_MS, error, new Date())
  // One that cannot be told says nothing against the next.
  for (const told of await toldOf(world, review, project))
    inMs = Math.max(inMs, await tellAnew(world, lease, project, told).catch(later))
  return inMs > 0 ? again(inMs) : 'done'
}

async function toldOf(world: Actor, review: Review, project: Project): Promise<Told[]> {
  const releases = await releasesWithPulls(world.sql, project.id)
  const shown = releases.flatMap((release) => [...comments(review, release), ...deployments(review, release)])
  const issues = await escalatedIssues(world.sql, project.id)
  return [...shown, ...issues.map((issue) => escalation(review, project, issue))]
}

function comments(review: Review, release: Release): Told[] {
  const body = progressOf(release)
  const marker = `release:${release.id}`
  const link = issuePage(release.issue)
  return Object.values(release.facts.pulls ?? {}).map(({ number }) => ({
    series: `pull:${release.id}:${number}`,
    content: body,
    send: async () => {
      await review.comment(number, marker, body, link)
      return undefined
    },
    isThere: () => review.isCommented(number, marker, body, link),
  }))
}

const deployments = (review: Review, release: Release): Told[] =>
  deploymentsOf(release, issuePage(release.issue)).map((record) => ({
    series: `deployed:${release.id}:${record.environment}`,
    content: record.state,
    send: () => review.showDeployed(record),
    isThere: () => review.isShownDeployed(record),
  }))

function escalation(review: Review, project: Project, about: { issue: number; severity: string; body: string }): Told {
  const marker = `project:${project.id}:issue:${about.issue}`
  const title = `Nightshift: issue ${about.issue} needs a person`
  const body = `Severity ${about.severity}. ${about.body}`
  const labels = [...LABELS, about.severity.toLowerCase()]
  return {
    series: `escalated:${about.issue}`,
    // Once an issue of ours, whatever is said later.
    content: marker,
    send: async () => {
      await review.escalate({ marker, title, body, labels, link: issuePage(about.issue) })
      return undefined
    },
    isThere: async () => (await review.escalated(marker)) !== null,
  }
}

/** Milliseconds after which to look again; 0 when this is told, or is not to be. */
async function tellAnew(world: Actor, lease: Lease, project: Project, told: Told): Promise<number> {
  const aim = createHash('sha256').update(told.content).digest('hex').slice(0, 16)
  const before = await effectsUnder(world.sql, project.id, `tell:${told.series}:`)
  const last = before.at(-1)
  if (last?.aim === aim && last.state === 'confirmed') return 0
  const number = !last ? 1 : last.aim === aim ? numberOf(last) : numberOf(last) + 1
  const request = {
    ...{ key: `tell:${told.series}:${number}`, project: project.id, subject: lease.subject, kind: 'tell' as const },
    ...{ target: 'pull' as const, aim, tree: null, fix: null, timeoutSeconds: TIMEOUT_SECONDS },
    decision: decideTell(project, world.clock.now()),
  }
  const done = await perform(world, lease, request, {
    async send(ticket) {
      ticket.still()
      return told.send()
    },
    ask: async () => ((await told.isThere()) ? { aim } : null),
  })
  if (done.state === 'refused') throw new Fault('LEASE_LOST', `${lease.subject}: ${done.reason}`)
  return done.state === 'waiting' ? Math.max(done.inMs, 1000) : 0
}

const numberOf = ({ key }: EffectRow): number => Number(key.split('#')[0]!.split(':').at(-1))
