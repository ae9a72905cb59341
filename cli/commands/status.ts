import type { SourceLine, Status, StatusLine } from '../../lib/actions/status.ts'
import { type Command, parsed, refusalInWords, refused, say } from '../command.ts'
import { isRefusal, type Remote, remote } from '../remote.ts'

export const status: Command = {
  does: 'what it does now, and what waits for you',
  usage: 'status [--project <slug>]',
  async run(argv) {
    const { values } = parsed(argv, {}, { least: 0, most: 0 })
    const far = await remote(values.url)
    const answer = await far.get(`status${named(values.project)}`)
    if (isRefusal(answer)) return refused(values.json, answer)
    const projects = answer.projects as Status[]
    if (values.project && projects.length === 0) throw new Error(`There is no project ${values.project}.`)
    const lines = projects.flatMap((one, i) => [...(i > 0 ? [''] : []), ...inWords(one)])
    say(values.json, { url: far.url, ...answer }, projects.length === 0 ? ['No project yet.'] : lines)
    return 0
  },
}

const named = (slug: string | undefined): string => (slug ? `?project=${encodeURIComponent(slug)}` : '')

/** The project a command is about: the one named, or the only one. */
export async function theProject(far: Remote, slug: string | undefined): Promise<Status> {
  const answer = await far.get(`status${named(slug)}`)
  if (isRefusal(answer)) throw new Error(refusalInWords(answer).join('\n'))
  return only(answer.projects as Status[], slug, ({ project }) => project)
}

/** The only one there is, or an error that says how to name one. */
export function only<P>(projects: P[], slug: string | undefined, nameOf: (one: P) => string): P {
  if (projects.length === 1) return projects[0]!
  if (projects.length === 0) throw new Error(slug ? `There is no project ${slug}.` : 'There is no project yet.')
  throw new Error(`Which project? Say --project ${projects.map(nameOf).join(', --project ')}.`)
}

export function inWords(one: Status): string[] {
  const { paused, killSwitch, inFlight, promotions, audit, issues, openIssues } = one
  const state = paused
    ? `paused since ${paused.since} by ${paused.by}${paused.why ? `: ${paused.why}` : ''}`
    : 'at work'
  const shown = issues.filter((line) => line.release === null || !['cured', 'unexposed'].includes(line.release.state))
  const waiting = shown.filter((line) => line.waitingForYou)
  const moving = shown.filter((line) => !line.waitingForYou)
  return [
    `${one.name} (${one.project}): ${killSwitch ? 'the kill switch is on; ' : ''}${state}`,
    `  level ${one.level}, policy ${one.policyVersion}; ${promotions.today} of ${promotions.cap} promotions today; last look ${one.lastLook ?? 'never'}`,
    ...one.sources.map((source) => `  ${sourceInWords(source)}`),
    `  audit at row ${audit.seq} ${audit.hash.slice(0, 16)}`,
    ...(inFlight.length > 0 ? ['  Calls under way:'] : []),
    ...inFlight.map((call) => `    ${callInWords(call)}`),
    ...(waiting.length > 0 ? ['  Waiting for you:'] : []),
    ...waiting.flatMap(waitingInWords),
    ...(moving.length > 0 ? ['  Moving:'] : []),
    ...moving.map(issueInWords),
    ...(openIssues > issues.length ? [`  ${openIssues - issues.length} older issues are on the page only.`] : []),
    ...(openIssues === 0 && shown.length === 0 ? ['  Nothing is open.'] : []),
  ]
}

/** `sentry: read until 08:12, 2.1 s behind`, and what is wrong with it where something is. */
function sourceInWords({ kind, state, why, lagMs, readUntil, filling, asksAgain }: SourceLine): string {
  const lag = lagMs === null ? '' : `, ${(lagMs / 1000).toFixed(1)} s behind`
  const read = `${readUntil ? `read until ${readUntil}` : 'not read to its end yet'}${lag}`
  if (state !== 'ok') return `${kind}: ${state}: ${why}; ${read}; it is asked again at ${asksAgain}`
  return `${kind}: ${read}${filling ? '; a gap is being filled up' : ''}`
}

export const callInWords = (call: { kind: string; target: string; since: string; unknown: boolean }): string =>
  `${call.kind} to ${call.target} since ${call.since}${call.unknown ? ', its end is unknown' : ''}`

const issueInWords = ({ issue, severity, sentence, release }: StatusLine): string =>
  `    #${issue} ${severity}${release ? `, release ${release.id}` : ''}: ${sentence}`

/** With the command that decides it, where one does. */
function waitingInWords(line: StatusLine): string[] {
  const { fix, asksFor, release } = line
  if (fix && asksFor)
    return [
      issueInWords(line),
      `      nightshift approve ${fix.id} --target ${asksFor}`,
      `      nightshift reject ${fix.id} --why "…"`,
    ]
  if (release && ['held', 'rolling-back'].includes(release.state))
    return [issueInWords(line), `      nightshift rollback ${release.id} --why "…"`]
  return [issueInWords(line)]
}
