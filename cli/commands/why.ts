import type { Why } from '../../lib/actions/why.ts'
import type { Watch } from '../../lib/domain/release.ts'
import { type Command, parsed, refused, say, Usage } from '../command.ts'
import { isRefusal, remote } from '../remote.ts'
import { visible } from './status.ts'

export const why: Command = {
  does: 'why a release shipped, and what came of it, from the audit',
  usage: 'why <release>',
  async run(argv) {
    const { values, words } = parsed(argv, {}, { least: 1, most: 1 })
    if (!/^[1-9]\d{0,8}$/.test(words[0]!)) throw new Usage(`${words[0]} is no release’s number.`)
    const far = await remote(values.url)
    const answer = await far.get(`why/${words[0]}`)
    if (isRefusal(answer)) return refused(values.json, answer)
    say(values.json, answer, inWords(answer as unknown as Why).map(visible))
    return 0
  },
}

function inWords(told: Why): string[] {
  const { release, issue, diagnosis, fix, approvals, timeline } = told
  const { facts } = release
  return [
    `Release ${release.id} of issue ${issue.id}: ${release.state}${facts.cure ? `. ${facts.cure.sentence}` : ''}`,
    `  ${issue.severity}: ${issue.severityWhy}${issue.users === null ? ' Users unknown.' : ` ${issue.users} users.`}`,
    ...(diagnosis ? [`  Why it happened: ${diagnosis.why} (sure to ${Math.round(diagnosis.confidence * 100)} %)`] : []),
    ...(fix ? fixInWords(fix) : []),
    ...approvals.map(approvalInWords),
    ...(facts.soak ? [`  Soak: ${watchInWords(facts.soak)}`] : []),
    ...(facts.watch ? [`  Watch: ${watchInWords(facts.watch)}`] : []),
    ...(facts.back ? [`  Taken back: ${facts.back.why}`] : []),
    ...(facts.waiting ? [`  Held: ${facts.waiting}`] : []),
    '',
    ...timeline.flatMap(lineInWords),
  ]
}

function fixInWords({ id, tree, base, risk, proof }: NonNullable<Why['fix']>): string[] {
  const runs = proof.runs ?? []
  const held = runs.filter((run) => run.asExpected).length
  return [
    `  Fix ${id}: tree ${tree.slice(0, 12)} on base ${base.slice(0, 12)}, ${risk.low ? 'low risk' : `not low risk: ${risk.reasons.join(' ')}`}`,
    `  Proof: ${proof.tier}, ${held} of ${runs.length} runs as expected, tree gate ${proof.gate}`,
  ]
}

const approvalInWords = (one: Why['approvals'][number]): string =>
  `  Approved by ${one.by} up to ${one.target} at ${String(one.at)} until ${String(one.expiresAt)}` +
  (one.revokedWhy ? `, void: ${one.revokedWhy}` : one.usedBy ? ', used' : ', not used')

const watchInWords = ({
  probes,
  before,
  after,
  verdict,
}: Watch & { verdict?: { answer: string; why: string } }): string =>
  `${probes.sent} probes, ${probes.failed} failed; ${after.failed} of ${after.requests} requests failed, ${before.failed} of ${before.requests} before` +
  (verdict ? `; ${verdict.answer}: ${verdict.why}` : '')

function lineInWords({ seq, at, actor, what, body, decision }: Why['timeline'][number]): string[] {
  const { kind, target, reason, why: because, key } = body
  const about =
    [kind, target].filter(Boolean).join(' to ') || (typeof key === 'string' ? key.split(':').slice(1).join(' ') : '')
  const said = [what, about, reason ?? because].filter(Boolean).join(': ')
  const decided = decision
    ? [
        `         ${decision.answer}: ${decision.reasons.join(' ')} (policy ${decision.policyVersion}, ${decision.from} to ${decision.until})`,
      ]
    : []
  const approved = body.approval ? [`         under approval ${String(body.approval)}`] : []
  return [`${String(seq).padStart(5)}  ${at}  ${actor}  ${said}`, ...decided, ...approved]
}
