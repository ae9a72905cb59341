import type { NumberedChange } from '../lines.ts'
import type { Remark } from './mark.ts'

const SETTINGS: [RegExp, string][] = [
  [/\.snap$|(?:^|\/)__snapshots__\//, 'A snapshot says what is right; a repair may not rewrite it.'],
  [
    /^\.github\/|^\.gitlab-ci|^\.circleci\/|^\.travis|^\.ci\/|(?:^|\/)(?:jenkinsfile|azure-pipelines[^/]*|bitbucket-pipelines[^/]*|\.drone[^/]*)$/i,
    'It changes how the change itself is judged (CI).',
  ],
  [
    /(?:^|\/)(?:(?:vitest|jest|playwright|cypress|karma|mocha|ava)\.[^/]+|\.(?:nycrc|c8rc|mocharc|coveragerc|taprc)[^/]*|\.?codecov\.ya?ml|pytest\.ini|conftest\.py|tox\.ini)$/i,
    'It changes the settings of tests or coverage.',
  ],
]

/** A sentence when the file is a snapshot, a CI file or settings of tests and coverage; null otherwise. */
export function settingsChange(path: string): string | null {
  return SETTINGS.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

/** In commands and settings. */
const WEAKER = /--passWithNoTests|--no-coverage|--bail\s*0|\|\|\s*true\b|continue-on-error|\bset \+e\b/
/** In code. */
const IGNORES = /\b(?:istanbul|c8|v8) ignore\b|--passWithNoTests/
/** Files that hold, among others, what the tests are told. */
const SHARED = /(?:^|\/)(?:pyproject\.toml|setup\.cfg|package\.json|deno\.jsonc?|cargo\.toml|makefile|justfile)$/i
const TOLD =
  /"(?:test(?::\w+)?|jest|vitest|mocha|ava|nyc|c8|tap|testMatch|testRegex|testPathIgnorePatterns|coverageThreshold|pretest|posttest)"\s*:|\b(?:addopts|testpaths|python_files|python_functions|norecursedirs|fail_under|markers|filterwarnings)\s*=|^\[tool[.:](?:pytest|coverage)|^test\s*:/

/** Lines that let failing or missing checks pass, or change what the tests are told. @param code the file is code. */
export function weakerChecks(path: string, code: boolean, { came, went }: NumberedChange): Remark[] {
  const say = (line: number, why: string): Remark => ({ line, rule: 'test-settings', why })
  const found = came
    .filter(({ text }) => (code ? IGNORES : WEAKER).test(text) || IGNORES.test(text))
    .map(({ number }) => say(number, 'It lets failing or missing checks pass.'))
  if (SHARED.test(path) && [...came, ...went].some(({ text }) => TOLD.test(text)))
    found.push(say(0, 'It changes the settings of tests or coverage.'))
  return found
}
