import { cureOf } from '../../lib/policy/cure.ts'
import { seenOn } from '../../lib/store/counts.ts'
import { observe } from '../../lib/store/traffic.ts'
import type { Context, Outcome } from './context.ts'

/** Did the error stop, given how often it should have come? Only *cured* counts as fixed. */
export async function cure(c: Context): Promise<Outcome> {
  const { sql } = c.world
  const { facts } = c.release
  const { project, issue } = c
  const before = [facts.previous!.sha]
  const since = [facts.mainSha!]
  const answer = cureOf({
    failuresBefore: await seenOn(sql, project.id, issue.fingerprint, 'production', before),
    requestsBefore: (await observe(sql, project.id, 'production', before, issue.route)).requests,
    requestsSince: (await observe(sql, project.id, 'production', since, issue.route)).requests,
    seenSince: await seenOn(sql, project.id, issue.fingerprint, 'production', since),
  })
  return { move: answer.answer, facts: { ...facts, cure: answer } }
}
