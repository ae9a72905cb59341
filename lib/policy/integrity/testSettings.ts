import type { Line, NumberedChange } from '../lines.ts'
import { fresh, type Mark, type Remark } from './mark.ts'

const SETTINGS: [RegExp, string][] = [
  [/\.snap$|(?:^|\/)__snapshots__\//, 'A snapshot says what is right; a repair may not rewrite it.'],
  [
    /^\.github\/|^\.gitlab-ci|^\.circleci\/|^\.travis|^\.ci\/|(?:^|\/)(?:jenkinsfile|azure-pipelines[^/]*|bitbucket-pipelines[^/]*|\.drone[^/]*)$/i,
    'It changes how the change itself is judged (CI).',
  ],
  [
    /(?:^|\/)(?:(?:vitest|jest|playwright|cypress|karma|mocha|ava)(?:[.-][\w-]+)*[.-](?:config|setup|conf|workspace|preset|json|opts)(?:[.-][\w-]+)*|\.(?:nycrc|c8rc|mocharc|coveragerc|taprc)[^/]*|\.?codecov\.ya?ml|pytest\.ini|conftest\.py|tox\.ini)$/i,
    'It changes the settings of tests or coverage.',
  ],
]

/** A sentence when the file is a snapshot, a CI file or settings of tests and coverage; null otherwise. */
export function settingsChange(path: string): string | null {
  return SETTINGS.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

/** In commands and settings. */
const WEAKER = /--passWithNoTests|--no-coverage|--bail\s*0|continue-on-error/
/** In commands, beside others that run tests: an end that is always good. */
const FORGIVES = /\|\|\s*true\b|\bset \+e\b/
const RUNS_TESTS =
  /\b(?:npm|yarn|pnpm|bun|npx)\b.*\b(?:test|verify|check|lint)|\b(?:vitest|jest|mocha|pytest|tox|playwright|cypress)\b|\b(?:go|cargo|mvn|gradlew?|make|deno)\b.*\btest/
const PROSE = /\.(?:mdx?|txt|rst|adoc)$/i
/** In code. */
const IGNORES = /\b(?:istanbul|c8|v8) ignore\b|--passWithNoTests/
/** Files that hold, among others, what the tests are told. */
const SHARED = /(?:^|\/)(?:pyproject\.toml|setup\.cfg|package\.json|deno\.jsonc?|cargo\.toml|makefile|justfile)$/i
const TOLD =
  /"(?:test(?::\w+)?|jest|vitest|mocha|ava|nyc|c8|tap|testMatch|testRegex|testPathIgnorePatterns|coverageThreshold|pretest|posttest)"\s*:|\b(?:addopts|testpaths|python_files|python_functions|norecursedirs|fail_under|markers|filterwarnings)\s*=|^\[tool[.:](?:pytest|coverage)|^test\s*:/

/** Lines that let failing or missing checks pass, or change what the tests are told. @param code the file is code. */
export function weakerChecks(path: string, text: string, code: boolean, { came, went }: NumberedChange): Remark[] {
  const say = (line: number, why: string): Remark => ({ line, rule: 'test-settings', why })
  const told = code || PROSE.test(path) ? [IGNORES] : [IGNORES, WEAKER, ...(RUNS_TESTS.test(text) ? [FORGIVES] : [])]
  const marksOf = (lines: Line[]): Mark[] =>
    lines.flatMap(({ number, text: line }) => {
      const key = told.map((pattern) => pattern.exec(line)?.[0]).find((hit) => hit !== undefined)
      const why = 'It lets failing or missing checks pass.'
      return key === undefined ? [] : [{ rule: 'test-settings', line: number, key, why }]
    })
  const found = fresh(marksOf(went), marksOf(came))
  if (SHARED.test(path) && [...came, ...went].some(({ text }) => TOLD.test(text)))
    found.push(say(0, 'It changes the settings of tests or coverage.'))
  return found
}
