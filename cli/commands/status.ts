import type { Status, StatusLine } from '../../lib/actions/status.ts'
import { type Command, parsed, refused, say } from '../command.ts'
import { isRefusal, type Remote, remote } from '../remote.ts'

export const status: Command = {
  does: 'what it does now, and what waits for you',
  usage: 'status [--project <slug>]',
  async run(argv) {
    const { values } = parsed(argv, {}, { least: 0, most: 0 })
    const far = await remote(values.url)
    const answer = await far.get(`status${values.project ? `?project=${encodeURIComponent(values.project)}` : ''}`)
    if (isRefusal(answer)) return refused(values.json, answer)
    const projects = answer.projects as Status[]
    say(
      values.json,
      { url: far.url, projects },
      projects.length === 0 ? ['No project yet.'] : projects.flatMap(inWords),
    )
    return 0
  },
}

/** The project a command is about: the one named, or the only one. */
export async function theProject(far: Remote, slug: string | undefined): Promise<Status> {
  const answer = await far.get(`status${slug ? `?project=${encodeURIComponent(slug)}` : ''}`)
  if (isRefusal(answer)) throw new Error([answer.sentence, answer.detail, answer.remedy].filter(Boolean).join(' '))
  const projects = answer.projects as Status[]
  if (projects.length === 1) return projects[0]!
  if (projects.length === 0) throw new Error(slug ? `There is no project ${slug}.` : 'There is no project yet.')
  throw new Error(`Which project? Say --project ${projects.map((one) => one.project).join(', --project ')}.`)
}

function inWords(one: Status): string[] {
  const { paused, killSwitch, inFlight, promotions, audit } = one
  const state = paused
    ? `paused since ${paused.since} by ${paused.by}${paused.why ? `: ${paused.why}` : ''}`
    : 'at work'
  return [
    `${one.name} (${one.project}): ${killSwitch ? 'the kill switch is on; ' : ''}${state}`,
    `  level ${one.level}, policy ${one.policyVersion}, ${promotions.today} of ${promotions.cap} promotions today, audit at row ${audit.seq}`,
    ...inFlight.map(callInWords).map((line) => `  under way: ${line}`),
    ...one.issues.flatMap(issueInWords),
    ...(one.issues.length === 0 ? ['  Nothing is open.'] : []),
  ]
}

export const callInWords = (call: { kind: string; target: string; since: string; unknown: boolean }): string =>
  `${call.kind} to ${call.target} since ${call.since}${call.unknown ? ', its end is unknown' : ''}`

function issueInWords({ issue, severity, sentence, waitingForYou, release, fix }: StatusLine): string[] {
  const head = `  #${issue} ${severity}${release ? `, release ${release.id}` : ''}: ${visible(sentence)}`
  if (!waitingForYou || !fix) return [head]
  return [head, `     nightshift approve ${fix.id}    nightshift reject ${fix.id} --why "…"`]
}

/** Sentences may quote what errors said: nothing of it may steer a terminal. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`)
