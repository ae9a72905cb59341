import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import { quote } from '../quote.ts'
import type { Ground } from '../repair/ground.ts'
import { excerpt } from '../tools/files.ts'

const MOST_TESTS = 5
const MOST_TEST_LINES = 200
const MOST_COMMITS = 10

/** What is known at the start: the failing tests, where they failed, the test's own text, and the newest commits. */
export async function caseInWords(ground: Ground, targets: TestCase[], facts: Finding): Promise<string> {
  const commits = await ground.history.log(null, MOST_COMMITS)
  const file = targets[0]?.file
  const text = file ? ground.texts[file] : undefined
  return [
    'This is how the tests are run:',
    quote('command', ground.command.command),
    'These fail each time:',
    quote('failures', failuresInWords(targets)),
    ...(file && text !== undefined
      ? ['The first of them stands in:', quote('test', excerpt(file, text, 1, MOST_TEST_LINES))]
      : []),
    'What the runs say by themselves (where it shows, or what only failing tests run; the cause may lie elsewhere):',
    quote('facts', factsInWords(facts)),
    ...sourcesInWords(ground.texts, facts, file ?? null).map((text) => quote('file', text)),
    ...(commits.length > 0
      ? [
          'The newest commits:',
          quote('commits', commits.map((one) => `${one.sha.slice(0, 12)} ${one.subject}`).join('\n')),
        ]
      : []),
    `The repository has ${ground.files.length} files${ground.files.length > MOST_PATHS ? ', among them' : ''}:`,
    quote('paths', pathsInWords(ground)),
  ].join('\n\n')
}

/** Lines shown around a suspicious one. */
const AROUND = 60
/** A repository whose code is no longer than this is shown whole: what is looked up costs more than what is read. */
const SMALL_CHARS = 16_000
const MOST_PATHS = 60
const CODE = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt)$/

function sourcesInWords(texts: Record<string, string>, facts: Finding, test: string | null): string[] {
  const sources = Object.keys(texts).filter((path) => CODE.test(path) && path !== test)
  const size = sources.reduce((sum, path) => sum + texts[path]!.length, 0)
  if (size > SMALL_CHARS) return placesInWords(texts, facts.where, AROUND)
  return sources.map((path) => excerpt(path, texts[path]!, 1, SMALL_CHARS))
}

function pathsInWords({ files }: Ground): string {
  const paths = files.map(({ path }) => path)
  const code = paths.filter((path) => CODE.test(path))
  return (paths.length > MOST_PATHS ? code.slice(0, MOST_PATHS) : paths).join('\n')
}

/** The lines around each place, and once where those of two places of one file meet. */
export function placesInWords(texts: Record<string, string>, where: Finding['where'], around: number): string[] {
  const lines = new Map<string, number[]>()
  for (const { path, line } of where) lines.set(path, [...(lines.get(path) ?? []), line])
  return [...lines].flatMap(([path, at]) => {
    const text = texts[path]
    if (text === undefined) return []
    return spansOf(at, around).map(({ from, to }) => excerpt(path, text, from, to))
  })
}

function spansOf(lines: number[], around: number): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = []
  for (const line of lines.toSorted((a, b) => a - b)) {
    const [last, from, to] = [spans.at(-1), Math.max(1, line - around), line + around]
    if (last && from <= last.to + 1) last.to = to
    else spans.push({ from, to })
  }
  return spans
}

export function failuresInWords(targets: TestCase[]): string {
  const more = targets.length > MOST_TESTS ? [`and ${targets.length - MOST_TESTS} more tests fail`] : []
  return [...targets.slice(0, MOST_TESTS).map(failureInWords), ...more].join('\n\n')
}

function failureInWords({ id, failure }: TestCase): string {
  if (!failure) return `test: ${id}`
  const frames = failure.frames.slice(0, 8).map((at, index) => `  ${index}: ${at.path}:${at.line} ${at.function ?? ''}`)
  return [
    `test: ${id}`,
    `${failure.type}: ${failure.message}`,
    ...said('expected', failure),
    ...said('actual', failure),
    ...(frames.length > 0 ? ['stack, places of the repository:', ...frames] : []),
  ].join('\n')
}

/** A value the message does not hold already. */
const said = (which: 'expected' | 'actual', failure: NonNullable<TestCase['failure']>): string[] => {
  const value = failure[which]
  return value === null || failure.message.includes(value) ? [] : [`${which}: ${value}`]
}

function factsInWords({ why, where, suspect, suspectBy }: Finding): string {
  const places = where.map(({ path, line, function: name }) => `${path}:${line}${name ? ` in ${name}` : ''}`)
  const since = suspect
    ? [
        `${suspectBy === 'executed' ? 'fails since' : 'the line came with'} ${suspect.sha.slice(0, 12)} ${suspect.subject}`,
      ]
    : []
  return [why, ...(places.length > 0 ? [`suspicious: ${places.join(', ')}`] : []), ...since].join('\n')
}
