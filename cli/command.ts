import { type ParseArgsConfig, parseArgs } from 'node:util'
import { printable } from '../lib/policy/paths.ts'
import { isRefusal, type Refusal } from './remote.ts'

/** 0 done; 1 it could not be done; 2 it was asked for wrongly; 3 it was refused, or does not hold. */
export type Exit = 0 | 1 | 2 | 3

export interface Command {
  /** The line of the overview. */
  does: string
  /** `nightshift <usage>`, and what its options mean. */
  usage: string
  run(argv: string[]): Promise<Exit>
  /** Status when it was asked for wrongly, where 2 is one of its answers. */
  misused?: Exit
}

type Options = NonNullable<ParseArgsConfig['options']>

/** What every command takes. */
const COMMON = {
  json: { type: 'boolean' },
  url: { type: 'string' },
  project: { type: 'string' },
} as const satisfies Options

export class Usage extends Error {
  /** 2, but for a command whose 2 says something of its own. */
  readonly exit: Exit
  constructor(message: string, exit: Exit = 2) {
    super(message)
    this.exit = exit
  }
}

/** Options and words of a command line; throws `Usage` with words for people. */
export function parsed<O extends Options>(argv: string[], options: O, words: { least: number; most: number }) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { ...COMMON, ...options },
      allowPositionals: true,
    })
    if (positionals.length < words.least) throw new Error('Something is missing.')
    if (positionals.length > words.most) throw new Error(`${positionals[words.most]} is one word too many.`)
    return { values, words: positionals }
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

/** For people in lines, for programs as one JSON value. Words of errors and people steer no terminal and make no line. */
export function say(json: boolean | undefined, value: unknown, lines: string[]): void {
  console.log(json ? JSON.stringify(value, null, 2) : lines.map(printable).join('\n'))
}

/** Not refused by anybody: it could not be looked at. */
const ERRORS = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'IN_PROGRESS', 'KEY_REUSED']

/** A server's no: to programs on standard output, to people on standard error. */
export function refused(json: boolean | undefined, answer: Refusal): Exit {
  if (json) console.log(JSON.stringify(answer, null, 2))
  else console.error(refusalInWords(answer).map(printable).join('\n'))
  return answer.code === 'MALFORMED' ? 2 : ERRORS.includes(answer.code) ? 1 : 3
}

/** What happened, and what to do next. */
export const refusalInWords = ({ sentence, detail, remedy }: Refusal): string[] =>
  [[sentence, detail].filter(Boolean).join(' '), remedy].filter(Boolean)

/** Says what came of a decision. */
export function told(
  json: boolean | undefined,
  answer: object,
  lines: (answer: Record<string, unknown>) => string[],
): Exit {
  if (isRefusal(answer)) return refused(json, answer)
  say(json, answer, json ? [] : lines(answer as Record<string, unknown>))
  return 0
}
