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
  const failures = targets.slice(0, MOST_TESTS).map(failureInWords).join('\n\n')
  const more = targets.length > MOST_TESTS ? `\n\nand ${targets.length - MOST_TESTS} more tests fail` : ''
  const commits = await ground.history.log(null, MOST_COMMITS)
  const file = targets[0]?.file
  const text = file ? ground.texts[file] : undefined
  return [
    `These tests fail each time they are run with \`${ground.command.command}\`:`,
    quote('failures', failures + more),
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

/** The lines around each place, once a file: what lies between two places of one file is shown too. */
export function placesInWords(texts: Record<string, string>, where: Finding['where'], around: number): string[] {
  const spans = new Map<string, { from: number; to: number }>()
  for (const { path, line } of where) {
    const known = spans.get(path)
    const [from, to] = [Math.max(1, line - around), line + around]
    spans.set(path, known ? { from: Math.min(known.from, from), to: Math.max(known.to, to) } : { from, to })
  }
  return [...spans].flatMap(([path, { from, to }]) => {
    const text = texts[path]
    return text === undefined ? [] : [excerpt(path, text, from, to)]
  })
}

export function failureInWords({ id, failure }: TestCase): string {
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

export function factsInWords({ why, where, suspect, suspectBy }: Finding): string {
  const places = where.map(({ path, line, function: name }) => `${path}:${line}${name ? ` in ${name}` : ''}`)
  const since = suspect
    ? [
        `${suspectBy === 'executed' ? 'fails since' : 'the line came with'} ${suspect.sha.slice(0, 12)} ${suspect.subject}`,
      ]
    : []
  return [why, ...(places.length > 0 ? [`suspicious: ${places.join(', ')}`] : []), ...since].join('\n')
}
