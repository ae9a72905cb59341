import { resolve } from 'node:path'
import { openLocal } from '../lib/adapters/index.ts'
import { printable } from '../lib/policy/paths.ts'
import { calledFrom } from './env.ts'
import { HELP, parseGate } from './gate/asked.ts'
import { judge, type Verdict } from './gate/judge.ts'

const MOST_LINES = 39

/** `nightshift gate`: answers with the exit status. */
export async function gate(argv: string[]): Promise<number> {
  const json = argv.includes('--json')
  try {
    const asked = parseGate(argv)
    if (asked.help) {
      console.log(HELP)
      return 0
    }
    const repository = await openLocal(resolve(calledFrom(), asked.repo))
    const verdict = await judge(repository, asked).finally(repository.close)
    console.log(json ? JSON.stringify(verdict) : inWords(verdict))
    return verdict.answer === 'pass' ? 0 : 3
  } catch (error) {
    // Names from the repository may be in it: what a terminal would obey is written out.
    const words = printable((error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' '))
    console.error(words)
    if (json) console.log(JSON.stringify({ error: words }))
    return 1
  }
}

const WORDS = {
  pass: 'Passes: nothing in it is protected.',
  'needs-approval': 'Needs approval: a person has to look at it first.',
  refused: 'Refused: this may not leave.',
}

/** The verdict for people: what it is, then why, one finding a line. */
export function inWords({ answer, findings, files, lines, bytes, base, head }: Verdict): string {
  const size = `${files} files, ${lines} lines, ${bytes} bytes, ${base.slice(0, 12)} to ${head.slice(0, 12)}`
  const rows = findings.map(({ side, path, rule, why }) => `${side}  ${path || '(the whole change)'}  ${rule}  ${why}`)
  const more = rows.length - MOST_LINES
  return [
    `${WORDS[answer]} (${size})`,
    ...rows.slice(0, MOST_LINES).map(printable),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n')
}
