import type { Sha } from '../../lib/domain/tree.ts'
import { askAgainAt } from '../../lib/policy/askAgain.ts'
import { cureOf } from '../../lib/policy/cure.ts'
import { seenOn } from '../../lib/store/counts.ts'
import { commitsServed, observe } from '../../lib/store/traffic.ts'
import type { Context, Outcome } from './context.ts'

/**
 * Did the error stop, given how often it should have come? Only *cured* counts as fixed. What shipped on top of it since
 * counts for it too, and what production ran before it from when the error was first seen.
 */
export async function cure(c: Context): Promise<Outcome> {
  const { sql, clock } = c.world
  const { facts } = c.release
  const { project, issue } = c
  const { before, since } = await sides(c, facts.mainSha!)
  const answer = cureOf({
    failuresBefore: await seenOn(sql, project.id, issue.fingerprint, 'production', before),
    requestsBefore: (await observe(sql, project.id, 'production', before, issue.route)).requests,
    requestsSince: (await observe(sql, project.id, 'production', since, issue.route)).requests,
    seenSince: await seenOn(sql, project.id, issue.fingerprint, 'production', since),
  })
  const shipped = new Date(facts.entered?.watching ?? c.release.createdAt)
  const next = answer.answer === 'unexposed' ? askAgainAt(shipped, clock.now(), answer.exposure.expected) : null
  const askAt = next?.toISOString() ?? null
  return { move: answer.answer, facts: { ...facts, cure: answer, askAt } }
}

/** The commits production ran since the error was first seen, without and with this fix. */
async function sides(
  { world, project, issue, release }: Context,
  fixed: Sha,
): Promise<{ before: Sha[]; since: Sha[] }> {
  const code = world.code(project)
  const [before, since] = [new Set([release.facts.previous!.sha]), new Set([fixed])]
  for (const sha of await commitsServed(world.sql, project.id, 'production', issue.firstSeen)) {
    if (since.has(sha) || before.has(sha)) continue
    const has = await code.isAncestor(fixed, sha).catch(() => false)
    ;(has ? since : before).add(sha)
  }
  return { before: [...before], since: [...since] }
}
