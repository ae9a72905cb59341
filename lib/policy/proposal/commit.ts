import type { CommitFacts } from './facts.ts'
import { plainPath, plainRoute, plainType } from './inert.ts'

/** Longest first line: what `git log --oneline` and GitHub show whole. */
export const TITLE_MAX = 72
/** Files named one by one; the tree gate lets ten change. */
const FILES_NAMED = 10

/** `Fix: TypeError in POST /api/launch`: the title of the commit and of the pull request. */
export function titleOf(f: CommitFacts): string {
  const what = plainType(f.errorType ?? '') ?? 'failure'
  const path = plainPath(f.cause?.path ?? f.fix.paths[0] ?? '')
  const places = [plainRoute(f.issue?.route ?? null), path, path?.split('/').at(-1)]
  const titles = places.filter((place) => !!place).map((place) => `Fix: ${what} in ${place}`)
  return titles.find((title) => title.length <= TITLE_MAX) ?? `Fix: ${what}${f.issue ? ` of issue ${f.issue.id}` : ''}`
}

/** The commit's message: title, what broke, where, what was done, how it was proven, and the trailers. */
export function commitMessage(f: CommitFacts): string {
  const { issue, fix } = f
  const lines = [
    `Issue: ${brokeOf(f)}`,
    `Root cause: ${causeOf(f)}`,
    ...(issue ? [`Affected: ${affectedOf(issue)}`, `Severity: ${issue.severity}`] : []),
  ]
  const changes = fix.paths.slice(0, FILES_NAMED).map((path) => `- ${plainPath(path) ?? 'a file named on the page'}`)
  return `${[titleOf(f), lines.join('\n'), ['Changes:', ...changes, `- Proof: ${provenOf(f)}`].join('\n')].join('\n\n')}

${trailersOf(f)}`
}

export type Trailed = Pick<CommitFacts, 'audit'> & { fix: { id: string }; issue: { id: number } | null }

/** The anchor: anyone can hold the audit against the history. */
export function trailersOf({ fix, issue, audit }: Trailed): string {
  const anchor = audit ? `Nightshift-Audit: ${audit.seq} ${audit.hash}\n` : ''
  return `${issue ? `Nightshift-Issue: ${issue.id}\n` : ''}Nightshift-Fix: ${fix.id}\n${anchor}`
}

export function brokeOf({ issue, tests, errorType }: CommitFacts): string {
  const type = plainType(errorType ?? '')
  const who = issue ? plainRoute(issue.route) : tests.length > 0 ? counted(tests.length, 'test') : null
  return `${who ?? 'the app'} failed${type ? ` with ${/^[AEIOU]/.test(type) ? 'an' : 'a'} ${type}` : ''}`
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

function causeOf({ issue, cause }: CommitFacts): string {
  const path = cause && plainPath(cause.path)
  if (path) return `${path}:${cause.line}`
  return issue ? 'on the page of the issue' : 'not located'
}

export function affectedOf({ seen, users }: NonNullable<CommitFacts['issue']>): string {
  const times = counted(seen, 'failure')
  return users === null ? `${times}, users unknown` : `${users} users, ${times}`
}

function provenOf({ fix, answers, writtenTest }: CommitFacts): string {
  if (fix.tier === 'not-reproduced') return 'none; it could not be reproduced'
  if (fix.tier === 'tested' && writtenTest !== undefined)
    return 'a test that a model wrote failed as the error did in three runs, and passes in three with the change'
  if (fix.tier === 'tested') return 'the failing test passes in three runs, and failed in three without the change'
  const judge = answers === null ? '' : `; whether ${answers} is the answer you want is yours to judge`
  return `a captured request failed in three runs without the change, and in none of three with it${judge}`
}
