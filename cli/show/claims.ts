import type { Shown } from '../../lib/actions/issueStory.ts'
import type { Step } from '../../lib/domain/evidence.ts'
import { detailsOf, type Fix, headlineOf } from '../../lib/domain/fix.ts'
import { cameBack, commitMark, mark, runMarks, standing } from './marks.ts'

/** An issue from top to bottom: what users felt, why, the fix and its proof, its way, and whether it helped. */
export function claimsOf(told: Shown): string[] {
  const { issue, project, stage, earlier } = told
  return [
    `Issue ${issue.id} in ${project}: ${stage.sentence}`,
    `  ${issue.title}${issue.route ? ` (${issue.route})` : ''}`,
    ...earlier.map(
      ({ id, closedAs, closedAt }) => `  It came back: issue ${id} was ${closedAs} on ${String(closedAt)}`,
    ),
    `  ${issue.severity}: ${issue.severityWhy} Seen ${issue.seen} times, ${issue.users ?? 'an unknown number of'} users, first ${String(issue.firstSeen)}, last ${String(issue.lastSeen)}`,
    ...whyOf(told),
    ...fixOf(told),
    ...cameBack(told.fixes).flatMap(backOf),
    ...wayOf(told),
  ].map((line) => line.trimEnd())
}

function whyOf({ diagnosis, witnesses }: Shown): string[] {
  if (!diagnosis) return ['  Not diagnosed yet.']
  const { crash, frames, suspect, suspectIsNew, base, serving = base, previous } = diagnosis.facts
  const at = frames.findIndex((frame) => frame.path === crash?.path && frame.line === crash?.line)
  const events = witnesses.map((_, i) => mark('event', i + 1)).join(' ')
  return [
    `  Why: ${diagnosis.why} (sure to ${Math.round(diagnosis.confidence * 100)} %) ${at >= 0 ? mark('frame', at + 1) : ''}`,
    `    Seen on what production ran ${commitMark(serving)} ${events}`,
    ...(serving === base ? [] : [`    Repaired on ${commitMark(base)}, on its way to production then`]),
    ...(suspect
      ? [`    The line is blamed on ${commitMark(suspect.sha)}${suspectIsNew ? ', new in what production runs' : ''}`]
      : []),
    ...(previous ? [`    Before it production ran ${commitMark(previous)}`] : []),
  ]
}

function fixOf({ fixes }: Shown): string[] {
  const fix = standing(fixes)
  if (!fix) return ['  No fix stands.']
  const { proof } = fix
  return [
    `  Fix ${fix.id}, attempt ${fix.attempt} of 3: ${fix.summary}`,
    `    ${proof.tier}. Without the fix it fails: ${runMarks(proof.runs, 'A')}`,
    `    With it ${fix.fixture.expect.status} is answered: ${runMarks(proof.runs, 'B')}`,
    `    The project’s own tests: ${proof.suite.stable} stable, ${proof.suite.lost.length} lost [suite]`,
  ]
}

function backOf(fix: Fix): string[] {
  const what = `  Attempt ${fix.attempt} was`
  if (fix.state !== 'refused')
    return [`${what} taken back: ${fix.withdrawnWhy ?? 'no reason was recorded'} ${mark('attempt', fix.attempt)}`]
  const kept = fix.proof || fix.diff?.length ? mark('attempt', fix.attempt) : ''
  return [`${what} refused: ${headlineOf(fix.why)} ${kept}`, ...detailsOf(fix.why).map((line) => `    ${line}`)]
}

function wayOf({ release, steps, audit }: Shown): string[] {
  if (!release) return ['  Nothing is on its way to production.']
  const { cure, back } = release.facts
  const row = audit.findLast(({ what, body }) => what === `release.${release.state}` && body.release === release.id)
  const ended = row ? mark('audit', row.seq) : ''
  return [
    `  Release ${release.id}: ${release.state} ${cure ? '' : ended}`,
    ...steps.map(stepInWords),
    ...(back ? [`  Taken back: ${back.why}`] : []),
    ...(cure
      ? [
          `  Cure: ${cure.sentence} ${ended}`,
          `    ${cure.exposure.failuresBefore} failures in ${cure.exposure.requestsBefore} requests before, ${cure.exposure.requestsSince} requests since: ${cure.exposure.expected.toFixed(1)} expected, ${cure.exposure.seenSince} seen`,
        ]
      : []),
  ]
}

const stepInWords = ({ kind, target, state, at, intent, outcome }: Step): string =>
  `    ${kind} to ${target}, ${state}, ${String(at)} ${[intent, outcome].flatMap((row) => (row ? [mark('audit', row.seq)] : [])).join(' ')}`
