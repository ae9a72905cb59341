import type { Hit } from './hit.ts'
import type { FoldedPath } from './paths.ts'

const FOLDERS = new Set(
  'test tests __tests__ spec specs e2e cypress testdata __fixtures__ __snapshots__ __mocks__'.split(' '),
)
const NAMES =
  /(?:[._-](?:tests?|specs?|e2e|cy)\.[^.]+|^test[-_].*\.(?:py|[cm]?[jt]sx?)|^(?:tests?|specs?)\.(?:py|[cm]?[jt]sx?)|(?:test|tests|spec)\.(?:java|kt|cs|scala))$/

/** Loaded without being asked for, so a new one changes what existing tests mean. */
const AMBIENT =
  /^(conftest\.py|pytest\.ini|tox\.ini|setuptests\.[cm]?[jt]sx?|(jest|vitest|playwright|cypress|mocha|karma)\..+|\.(mocharc|nycrc|c8rc|coveragerc|taprc).*|\.?codecov\.ya?ml|sonar-project\.properties)$/

/** A test, its data or its snapshot. */
export const isTest = ({ segments, name }: FoldedPath): boolean =>
  segments.slice(0, -1).some((segment) => FOLDERS.has(segment)) || NAMES.test(name) || name.endsWith('.snap')

export interface TestChange {
  /** The path is in the base commit. */
  existing: boolean
  /** The diagnosis says that the test itself is wrong: a person may approve the edit. */
  testDefect: boolean
}

/** New tests may come; tests that judge the change may not move with it. */
export function testHits(path: FoldedPath, { existing, testDefect }: TestChange): Hit[] {
  const { segments, name } = path
  const fixed = segments.includes('__snapshots__') || segments.includes('__mocks__') || name.endsWith('.snap')
  if (AMBIENT.test(name)) return [hit('test-settings', 'Settings of the tests that judge the change.')]
  if (fixed && !existing) return [hit('snapshot', 'A new snapshot or mock changes what existing tests mean.')]
  if (!existing || !isTest(path)) return []
  if (!testDefect) return [hit('existing-test', 'An existing test judges the change and stays as it is.')]
  return [{ rule: 'test-defect', why: 'Edits an existing test.', answer: 'needs-approval' }]
}

const hit = (rule: string, why: string): Hit => ({ rule, why, answer: 'refused' })
