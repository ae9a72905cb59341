import { visible } from './visible.ts'

/** What a failed CI run's log says: how the tests were run, and which failed. Untrusted text; linear time. */
export interface CiLog {
  /** The step's own command, the last before the first failure; null where the log does not say. */
  command: string | null
  /** Names of the failing tests as their runner printed them, each once. */
  failing: string[]
}

const TEXT_MAX = 16 * 1024 * 1024
const LINE_MAX = 2000
const NAMES_MAX = 200

/** What CI puts before a line: `job<TAB>step<TAB>`, a time stamp. */
const PREFIX = /^(?:[^\t\n]{1,100}\t[^\t\n]{1,100}\t)?(?:\d{4}-\d\d-\d\dT[\d:.]{8,20}Z )?/
const RUN = /^##\[group\]Run (.+)$/
/** npm's two lines before a script: `> name@1.0.0 test`, `> mocha`. */
const SCRIPT = /^> (?:@?[\w./-]{1,100}@[\w.+-]{1,60} )([\w:.-]{1,60})(?: .*)?$/

const FAILING: RegExp[] = [
  /^\s*not ok \d{1,6} (?:- )?(.{1,300}?)(?: # .*)?$/,
  /^\s*● (.{1,300})$/,
  /^\s*(?:FAIL|×)\s{1,4}(\S.{0,300}? > .{1,300}?)(?: \d+ms)?$/,
  /^\s*[✖✗×] (.{1,300}?)(?: \(\d[\d.]*m?s\)| \d[\d.]*m?s)?$/,
  /^FAILED (\S{1,300}::\S{1,300})(?: - .*)?$/,
  /^(?:FAIL|ERROR): (\w{1,200}) \([\w.]{1,300}\)$/,
  /^\s*--- FAIL: (\S{1,300}) \([\d.]+s\)$/,
  /^test (\S{1,300}) \.\.\. FAILED$/,
  /^\[ERROR\] {1,4}([\w.$]{1,200}(?:Test|Tests|IT|Spec)\.\w{1,200})(?::\d+)?\b.*$/,
  /^\s{1,8}\d{1,4}\) (\S.{0,300}?):?$/,
]

export function parseCiLog(text: string): CiLog {
  const failing = new Set<string>()
  let command: string | null = null
  for (const raw of visible(text.slice(-TEXT_MAX)).split('\n')) {
    const line = raw.slice(0, LINE_MAX).replace(PREFIX, '').trimEnd()
    const step = RUN.exec(line)?.[1]
    const script = SCRIPT.exec(line)?.[1]
    if (failing.size === 0 && step && looksLikeTests(step)) command = step
    else if (failing.size === 0 && command === null && script && /test|spec|check/.test(script))
      command = script === 'test' ? 'npm test' : `npm run ${script}`
    const name = nameIn(line)
    if (name && failing.size < NAMES_MAX) failing.add(name)
  }
  return { command, failing: [...failing] }
}

const looksLikeTests = (step: string): boolean =>
  /\b(?:test|tests|jest|mocha|vitest|ava|tap|pytest|unittest|tox|nox|verify|check)\b/.test(step) &&
  !/[;&|`$<>]/.test(step)

function nameIn(line: string): string | null {
  for (const pattern of FAILING) {
    const name = pattern.exec(line)?.[1]?.trim()
    if (name) return name
  }
  return null
}

/** Whether a test of ours is one the log names: every word of the shorter is in the longer, in order of appearance. */
export function isNamedIn({ failing }: CiLog, id: string): boolean {
  const here = words(id)
  return failing.some((name) => {
    const there = words(name)
    const last = there.at(-1)
    return last !== undefined && here.at(-1) === last && there.every((word) => here.includes(word))
  })
}

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
