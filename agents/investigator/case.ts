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
    ...placesInWords(ground.texts, facts.where, AROUND).map((text) => quote('file', text)),
    ...(commits.length > 0
      ? [
          'The newest commits:',
          quote('commits', commits.map((one) => `${one.sha.slice(0, 12)} ${one.subject}`).join('\n')),
        ]
      : []),
    `The repository has ${ground.files.length} files.`,
  ].join('\n\n')
}

/** Lines shown around a suspicious one. */
const AROUND = 60

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
    ...(failure.expected === null ? [] : [`expected: ${failure.expected}`]),
    ...(failure.actual === null ? [] : [`actual: ${failure.actual}`]),
    ...(frames.length > 0 ? ['stack, places of the repository:', ...frames] : []),
  ].join('\n')
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
