import type { CapturedRequest } from '../../lib/domain/event.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { nearestTests } from '../../lib/policy/nearestTests.ts'
import { failuresInWords, placesInWords } from '../investigator/case.ts'
import { cut, quote } from '../quote.ts'
import type { Bench } from '../tools/desk.ts'
import { excerpt } from '../tools/files.ts'

/** What happened, in the shape a failing test has, and the request that met it, where there was one. */
export interface Thrown {
  target: TestCase
  route: string | null
  request: CapturedRequest | null
}

/** A test of a try before; null where the conversation came to none. */
export interface Refused {
  test: Edit | null
  why: string
}

const MOST_PLACES = 5
/** Context grows with each try, as it does for a fix. */
const AROUND = [60, 150, 400]
const EXAMPLES = 2
const EXAMPLE_LINES = 150
const MOST_PATHS = 40
const BODY_MAX = 2000

/** All that is said at the start. Whatever the repository or the event holds stands between marks. */
export function testInWords(bench: Bench, error: Thrown, tests: string[], before: Refused[]): string {
  const { target, request, route } = error
  const { texts, command } = bench
  const frames = target.failure?.frames.slice(0, MOST_PLACES) ?? []
  const around = AROUND[Math.min(before.length, AROUND.length - 1)]!
  const near = nearestTests(tests, frames[0]?.path ?? '', texts)
  return [
    'This error happened, and no test shows it:',
    quote('error', failuresInWords([target])),
    ...(request ? ['The request that met it:', quote('request', requestInWords(request))] : []),
    ...(!request && route ? ['The route it happened on:', quote('route', route)] : []),
    'The code at the places of its stack, the innermost first:',
    ...placesInWords(texts, frames, around).map((text) => quote('file', text)),
    'This is how the tests are run:',
    quote('command', command.command),
    `The repository’s test files, the nearest first${near.length > MOST_PATHS ? `, ${MOST_PATHS} of ${near.length}` : ''}:`,
    quote('paths', near.slice(0, MOST_PATHS).join('\n')),
    'How they are written:',
    ...near.slice(0, EXAMPLES).map((path) => quote('test', excerpt(path, texts[path] ?? '', 1, EXAMPLE_LINES))),
    ...before.map(tryInWords),
  ].join('\n\n')
}

function requestInWords({ method, path, headers, body, capture }: CapturedRequest): string {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const whole = capture === 'partial' ? ' (only its beginning is known)' : ''
  return [
    `${method} ${path}`,
    ...(type ? [`content-type: ${type}`] : []),
    ...(body === null ? [] : [`body${whole}: ${cut(body, BODY_MAX)}`]),
  ].join('\n')
}

const tryInWords = ({ test, why }: Refused, at: number): string =>
  [
    test ? `Try ${at + 1} was this test:` : `Try ${at + 1} came to no test.`,
    ...(test ? [quote('try', `${test.path}\n${test.text}`)] : []),
    'What became of it:',
    quote('result', why),
  ].join('\n\n')
