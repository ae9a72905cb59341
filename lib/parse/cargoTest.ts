/** What `cargo test` printed: libtest's lines between cargo's own, stdout and stderr in one stream. */

export interface CargoTest {
  /** The target's root file (`src/lib.rs`, `tests/it.rs`), from its package's folder; `doc` for documentation tests. */
  target: string
  /** Of the crate: `shop_cart`. */
  crate: string
  /** `price::tests::parses`. */
  name: string
  state: 'passed' | 'failed' | 'skipped'
  /** What it printed, at most 64 KB. */
  output: string
}

export interface CargoRun {
  tests: CargoTest[]
  /** Targets that ended before they said how their tests did. */
  crashed: { target: string; crate: string; output: string }[]
  /** Errors of the compiler, each with its lines. */
  errors: string[]
}

const LINE_MAX = 16 * 1024
const LINES_MAX = 500_000
const OUTPUT_MAX = 64 * 1024
const TESTS_MAX = 20_000
const ERRORS_MAX = 50

interface Target {
  target: string
  crate: string
  tests: Map<string, CargoTest>
  expected: number
  ended: boolean
  tail: string
}

/** @throws never. */
export function parseCargoTest(text: string): CargoRun {
  const targets: Target[] = []
  const errors: string[] = []
  let error: string | null = null
  let printed: CargoTest | null = null
  let listing = false
  for (const raw of text.split('\n', LINES_MAX)) {
    const line = raw.slice(0, LINE_MAX)
    const begun = opened(line)
    if (begun) targets.push(begun)
    const target = targets.at(-1)
    if (begun) {
      printed = null
      listing = false
    }
    if (!target || target.ended) {
      error = compilerError(line, error, errors)
      if (!target) continue
    }
    if (target.ended || begun) continue
    if (target.tail.length < OUTPUT_MAX) target.tail += `${line}\n`
    if (line.startsWith('test result: ')) target.ended = true
    else if (line === 'failures:') listing = true
    const header = listing ? /^---- (.{1,500}) stdout ----$/.exec(line)?.[1] : undefined
    if (header !== undefined) printed = target.tests.get(header) ?? null
    else if (printed && line === 'failures:') printed = null
    else if (printed && printed.output.length < OUTPUT_MAX) printed.output += `${line}\n`
    else if (!listing) resultIn(line, target)
  }
  return {
    tests: targets.flatMap(({ tests }) => [...tests.values()]),
    crashed: targets
      .filter(({ ended, expected, tests }) => !ended && expected > tests.size)
      .map(({ target, crate, tail }) => ({ target, crate, output: tail })),
    errors,
  }
}

const fresh = (target: string, crate: string): Target => ({
  target,
  crate,
  tests: new Map(),
  expected: 0,
  ended: false,
  tail: '',
})

function opened(line: string): Target | null {
  const running = /^\s+Running (?:unittests )?(\S{1,500})(?: \((\S{1,1000})\))?$/.exec(line)
  if (running?.[1]) {
    // Before cargo 1.56 the binary stood alone.
    const binary = running[2] ?? running[1]
    const crate = binary.slice(binary.lastIndexOf('/') + 1).replace(/-[\da-f]{16}$/, '')
    return fresh(running[2] === undefined ? 'src/lib.rs' : running[1], crate)
  }
  const documented = /^\s+Doc-tests (\S{1,200})$/.exec(line)?.[1]
  return documented === undefined ? null : fresh('doc', documented.replaceAll('-', '_'))
}

function resultIn(line: string, target: Target): void {
  const running = /^running (\d{1,6}) tests?$/.exec(line)?.[1]
  if (running !== undefined) target.expected = Number(running)
  const match = /^test (.{1,500}?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)(?:, .*| <.*)?$/.exec(line)
  const name = match?.[1]
  if (name === undefined || target.tests.size >= TESTS_MAX) return
  const state = match?.[2] === 'ok' ? 'passed' : match?.[2] === 'FAILED' ? 'failed' : 'skipped'
  const before = target.tests.get(name)
  // Untrusted code may print such a line itself: the worst that was said counts.
  if (before) before.state = before.state === 'failed' ? 'failed' : state
  else target.tests.set(name, { target: target.target, crate: target.crate, name, state, output: '' })
}

/** Collects `error[E0308]: …` and what follows up to an empty line; answers the one that is open. */
function compilerError(line: string, open: string | null, errors: string[]): string | null {
  if (
    /^error(?:\[E\d{1,5}\])?: (?!could not compile|test failed|doctest failed|aborting|\d+ targets? failed)/.test(line)
  ) {
    if (errors.length < ERRORS_MAX) errors.push(line)
    return line
  }
  if (open === null || line.trim() === '') return null
  const last = errors.length - 1
  if (last >= 0 && (errors[last] ?? '').length < OUTPUT_MAX) errors[last] += `\n${line}`
  return open
}
