import type { Shown } from '../../lib/actions/issueStory.ts'
import type { DiagnosisFacts } from '../../lib/domain/diagnosis.ts'
import type { Witness } from '../../lib/domain/evidence.ts'
import type { FileDiff, Fix, ProofRun, SuiteResult } from '../../lib/domain/fix.ts'
import { cameBack, commitMark, mark, runMark, standing } from './marks.ts'

/** Everything the marks stand for, in the order of the story. */
export function sourcesOf({ witnesses, diagnosis, fixes, audit }: Shown): string[] {
  const fix = standing(fixes)
  return [
    'What it rests on',
    ...witnesses.flatMap(eventInWords),
    ...(diagnosis ? [...framesOf(diagnosis.facts), ...commitsOf(diagnosis.facts)] : []),
    ...(fix ? [...runsOf(fix.proof.runs, null), ...suiteOf(fix.proof.suite), ...fix.diff.flatMap(diffOf)] : []),
    ...cameBack(fixes).flatMap(attemptOf),
    ...audit.map(
      ({ seq, at, actor, what, hash }) => `  ${mark('audit', seq)} ${String(at)} ${actor} ${what}, hash ${hash}`,
    ),
  ]
}

function eventInWords({ id, event }: Witness, i: number): string[] {
  const head = `  ${mark('event', i + 1)} ${id}`
  if (!event) return [`${head}: its body is not kept any more; events are dropped after 14 days`]
  const { at, sha, environment, failure, request } = event
  return [
    `${head}, ${at}, ${environment}, on ${sha ?? 'a commit it does not name'}`,
    `    ${failure.type}: ${failure.message}`,
    ...(request
      ? [
          `    ${request.method} ${request.path} (${request.capture})`,
          ...Object.entries(request.headers).map(([name, value]) => `      ${name}: ${value}`),
          ...block(request.body ?? ''),
        ]
      : []),
  ]
}

const framesOf = ({ frames }: DiagnosisFacts): string[] =>
  frames.map(
    ({ path, line, function: name, context }, i) =>
      `  ${mark('frame', i + 1)} ${path ?? 'outside the repository'}:${line ?? '?'}${name ? ` in ${name}` : ''}${context ? `: ${context.trim()}` : ''}`,
  )

function commitsOf({ suspect, base, serving, previous, commits = [] }: DiagnosisFacts): string[] {
  const known = new Map([...commits, ...(suspect ? [suspect] : [])].map((commit) => [commit.sha, commit]))
  const shas = new Set([suspect?.sha, base, serving, previous].flatMap((sha) => sha ?? []))
  return [...shas].map((sha) => {
    const commit = known.get(sha)
    return `  ${commitMark(sha)} ${sha}${commit ? `: ${commit.subject}, by ${commit.author}, ${commit.at}` : ''}`
  })
}

function runsOf(runs: ProofRun[], attempt: number | null): string[] {
  return runs.flatMap(({ side, status, fingerprint, others, egress, ms, asExpected, saw = [], body = '' }, i) => [
    `  ${runMark(i + 1, attempt)} ${side} ${status || 'no answer'}, ${fingerprint ? 'the same error' : 'no such error'}, ${others} other, ${egress} calls out, ${Math.round(ms)} ms${asExpected ? '' : ', not as expected'}`,
    ...saw.map(({ type, message }) => `      ${type}: ${message}`),
    ...block(body),
  ])
}

const suiteOf = ({ runs }: SuiteResult): string[] =>
  runs.map(
    ({ side, passed, failed, ms }) => `  [suite] ${side}: ${passed} passed, ${failed} failed, ${Math.round(ms)} ms`,
  )

/** What is left of an attempt that came back: its runs, and its change where one was made. */
function attemptOf(fix: Fix): string[] {
  if (fix.state === 'drafting') return []
  const { proof, diff } = fix
  const runs = proof ? [...runsOf(proof.runs, fix.attempt), ...suiteOf(proof.suite)] : []
  const lines = [...runs, ...(diff ?? []).flatMap(diffOf)]
  return lines.length > 0 ? [`  ${mark('attempt', fix.attempt)} ${fix.id}`, ...lines] : []
}

const SIGNS = { same: ' ', add: '+', del: '-', gap: '…' } as const

const diffOf = ({ path, rows }: FileDiff): string[] => [
  `    ${path}`,
  ...rows.map(({ kind, line, text }) => `    ${String(line ?? '').padStart(5)} ${SIGNS[kind]} ${text}`),
]

/** Text of several lines: each one is printed on its own. */
const block = (text: string): string[] => (text === '' ? [] : text.split('\n').map((line) => `      ${line}`))
