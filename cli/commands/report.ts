import type { Report } from '../../lib/domain/report.ts'
import { type Command, parsed, refused, say } from '../command.ts'
import { isRefusal, remote } from '../remote.ts'
import { noteInWords } from '../report/words.ts'

export const report: Command = {
  does: 'the morning note: what happened, what waits for you and how to answer, and what it cost',
  usage: `report [--since <when>] [--project <slug>]

  --since   24h (the usual), 7d, or a time on the wall of the project's zone: 2026-11-27T18:00`,
  async run(argv) {
    const { values } = parsed(argv, { since: { type: 'string' } }, { least: 0, most: 0 })
    const far = await remote(values.url)
    const asked = Object.entries({ project: values.project, since: values.since })
    const query = new URLSearchParams(asked.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
    const answer = await far.get(`report?${query}`)
    if (isRefusal(answer)) return refused(values.json, answer)
    const reports = answer.reports as Report[]
    if (values.project && reports.length === 0) throw new Error(`There is no project ${values.project}.`)
    const lines = reports.flatMap((one, i) => [...(i > 0 ? [''] : []), ...noteInWords(one)])
    say(values.json, { url: far.url, ...answer }, reports.length === 0 ? ['No project yet.'] : lines)
    return 0
  },
}
