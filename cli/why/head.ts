import type { Moment, Why } from '../../lib/actions/why.ts'
import { type Observation, type ReleaseFacts, undoneInWords, type Watch } from '../../lib/domain/release.ts'

/** What a release is, what it rests on, and how it went: the part before the timeline. */
export function headOf({ project, release, issue, diagnosis, fix, approvals, timeline }: Why): string[] {
  const { facts } = release
  return [
    `Release ${release.id} of issue ${issue.id} in ${project}: ${release.state}`,
    ...shippedInWords(timeline),
    `  Issue: ${issue.title}${issue.route ? ` (${issue.route})` : ''}`,
    `  ${issue.severity}: ${issue.severityWhy} Seen ${issue.seen} times, ${issue.users ?? 'an unknown number of'} users.`,
    ...(diagnosis ? [`  Cause: ${diagnosis.why} (sure to ${Math.round(diagnosis.confidence * 100)} %)`] : []),
    ...(fix ? fixInWords(fix) : []),
    ...(facts.gate
      ? [`  Tree gate: ${facts.gate.answer}, policy ${facts.gate.policyVersion}. ${facts.gate.why.join(' ')}`]
      : []),
    ...approvals.map(approvalInWords),
    ...placesOf(facts),
    ...watched('Soak on staging', facts.stagingSmoke, facts.soak),
    ...watched('Watch in production', facts.productionSmoke, facts.watch),
    ...(facts.cure ? [`  Cure: ${facts.cure.answer}, ${facts.cure.sentence}`] : []),
    ...(facts.back ? [`  Taken back (${facts.back.kind}) from ${facts.back.from}: ${facts.back.why}`] : []),
    ...(facts.back ? undoneInWords(facts.back).map((line) => `    ${line}`) : []),
    ...(facts.refused ? [`  Refused: ${facts.refused.kind} to ${facts.refused.target}, ${facts.refused.reason}`] : []),
    ...(facts.waiting ? [`  Held: ${facts.waiting}`] : []),
  ].map((line) => line.trimEnd())
}

/** The last time it was let through to production, and what was read back of it: allowed is not shipped. */
function shippedInWords(timeline: Moment[]): string[] {
  const allowed = timeline.findLast(
    ({ what, body }) => what === 'effect.intent' && body.kind === 'promote' && body.target === 'production',
  )
  if (!allowed?.decision) return ['  It did not reach production.']
  const outcome = timeline.findLast(({ what, body }) => OUTCOMES.includes(what) && body.key === allowed.body.key)
  const end =
    outcome === undefined
      ? 'its end is not known'
      : `${outcome.what === OUTCOMES[0] ? 'read back' : 'failed'} at ${outcome.at}`
  const { answer, reasons } = allowed.decision
  return [`  To production at ${allowed.at}, ${end}`, `    ${answer}: ${reasons.join(' ')}`]
}

const OUTCOMES = ['effect.confirmed', 'effect.failed']

function fixInWords({ id, tree, base, risk, proof, summary }: NonNullable<Why['fix']>): string[] {
  const runs = proof.runs ?? []
  const held = runs.filter((run) => run.asExpected).length
  const { stable = 0, lost = [], broken = [] } = proof.suite ?? {}
  return [
    `  Fix ${id}: ${summary}`,
    `    tree ${tree} on base ${base}; ${risk.low ? 'low risk' : `not low risk: ${risk.reasons.join(' ')}`} (${risk.files} files, ${risk.lines} lines)`,
    `    proof: ${proof.tier}, ${held} of ${runs.length} runs as expected, ${stable} stable tests, ${lost.length} lost, ${broken.length} broken before`,
  ]
}

const approvalInWords = (one: Why['approvals'][number]): string =>
  `  Approved by ${one.by} up to ${one.target} at ${String(one.at)} until ${String(one.expiresAt)}, policy ${one.policyVersion}` +
  (one.revokedWhy ? `, void: ${one.revokedWhy}` : one.usedBy ? ', used' : ', not used')

/** Commits and deployments, in the order they were made. */
function placesOf(facts: ReleaseFacts): string[] {
  const { branchSha, stagingSha, stagingDeployment, mainSha, productionDeployment, previous } = facts
  const places: [string, string | undefined][] = [
    ['branch', branchSha],
    ['staging', stagingSha && `${stagingSha}${stagingDeployment ? `, deployment ${stagingDeployment}` : ''}`],
    ['production', mainSha && `${mainSha}${productionDeployment ? `, deployment ${productionDeployment}` : ''}`],
    ['production before', previous && `${previous.sha}, deployment ${previous.deployment}`],
  ]
  return places.flatMap(([name, value]) => (value ? [`  On ${name}: ${value}`] : []))
}

type Judged = Watch & { verdict?: { answer: string; why: string } }

function watched(name: string, smoke: { passed: number; failed: number } | undefined, watch?: Judged): string[] {
  const lines = smoke ? [`  ${name}: smoke tests ${smoke.passed} passed, ${smoke.failed} failed`] : []
  if (!watch) return lines
  const { since, probes, before, after, newErrors, healthFailures, verdict } = watch
  return [
    ...lines,
    `  ${name} since ${since}: ${probes.sent} probes, ${probes.failed} failed, p50 ${probes.p50} ms, p95 ${probes.p95} ms`,
    `    ${trafficOf(after)} after; ${trafficOf(before)} before; new errors ${newErrors.length}, failed health checks in a row ${healthFailures}`,
    ...(verdict ? [`    ${verdict.answer}: ${verdict.why}`] : []),
  ]
}

const trafficOf = ({ requests, failed, p95 }: Observation): string =>
  `${failed} of ${requests} requests failed${p95 === null ? '' : `, p95 ${Math.round(p95)} ms`}`
