import { resolve } from 'node:path'
import { printable } from '../lib/policy/paths.ts'
import type { Command, Exit } from './command.ts'
import { calledFrom } from './env.ts'
import { parseGate, USAGE } from './gate/asked.ts'
import type { Verdict } from './gate/judge.ts'

const MOST_LINES = 39

/** Works on any repository, without a server; so its own exits: what cannot be judged is 1, whatever the reason. */
export const gate: Command = {
  does: 'whether a change may leave, on any repository, without a server',
  usage: USAGE,
  run,
}

async function run(argv: string[]): Promise<Exit> {
  const json = argv.includes('--json')
  try {
    const asked = parseGate(argv)
    // Loaded when it runs: what reads a tree brings a compiler with it.
    const [{ openLocal }, { judge }] = await Promise.all([
      import('../lib/adapters/index.ts'),
      import('./gate/judge.ts'),
    ])
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
