/** What `go test -json` printed, with the plain lines of the compiler between. */

export interface GoTest {
  /** Import path. */
  package: string
  /** `TestCart/one_item`: Go joins the names of subtests by slashes. */
  name: string
  state: 'passed' | 'failed' | 'skipped'
  ms: number | null
  /** What it printed, at most 64 KB. */
  output: string
}

export interface GoRun {
  tests: GoTest[]
  /** Packages that failed, with what was printed for no one test: a panic of another goroutine, an exit. */
  failed: { package: string; output: string }[]
  /** Packages that could not be built, with the compiler's lines. */
  unbuilt: { package: string; output: string }[]
}

const LINE_MAX = 256 * 1024
const LINES_MAX = 500_000
const OUTPUT_MAX = 64 * 1024
const TESTS_MAX = 20_000

interface Open {
  state: GoTest['state'] | null
  ms: number | null
  output: string
}

/** @throws never: lines that are no events are compiler output or nothing. */
export function parseGoJson(text: string): GoRun {
  const tests = new Map<string, Map<string, Open>>()
  const failed = new Map<string, string>()
  const rest = new Map<string, string>()
  const unbuilt = new Map<string, string>()
  let building: string | null = null
  let count = 0
  const add = (into: Map<string, string>, key: string, more: string) => {
    const before = into.get(key) ?? ''
    into.set(key, before.length < OUTPUT_MAX ? before + more.slice(0, OUTPUT_MAX) : before)
  }
  for (const line of text.split('\n', LINES_MAX)) {
    const event = line.startsWith('{') && line.length <= LINE_MAX ? eventIn(line) : null
    if (!event) {
      const header = /^# ([^\s[]{1,500})/.exec(line.slice(0, 600))?.[1]
      const bare = /^FAIL\s+(\S{1,500}) \[(?:build|setup) failed\]/.exec(line.slice(0, 600))?.[1]
      if (header !== undefined) {
        building = header
        add(unbuilt, building, '')
      } else if (bare !== undefined) add(unbuilt, bare, '')
      else if (building !== null && line.trim() !== '') add(unbuilt, building, `${line}\n`)
      continue
    }
    const { Action, Package, ImportPath, Test, Output, Elapsed, FailedBuild } = event
    // Since Go 1.24 the compiler's lines are events as well.
    if (Action === 'build-output') add(unbuilt, (ImportPath ?? '').split(' ')[0] ?? '', Output ?? '')
    if (FailedBuild !== undefined && Package !== undefined) add(unbuilt, Package, '')
    if (Package === undefined) continue
    if (Test === undefined) {
      if (Action === 'output') add(rest, Package, Output ?? '')
      if (Action === 'fail') add(failed, Package, '')
      continue
    }
    const inPackage = tests.get(Package) ?? new Map<string, Open>()
    tests.set(Package, inPackage)
    let test = inPackage.get(Test)
    if (!test) {
      if (count >= TESTS_MAX) continue
      count += 1
      test = { state: null, ms: null, output: '' }
      inPackage.set(Test, test)
    }
    if (Action === 'output' && test.output.length < OUTPUT_MAX) test.output += (Output ?? '').slice(0, OUTPUT_MAX)
    const state = Action === 'pass' ? 'passed' : Action === 'fail' ? 'failed' : Action === 'skip' ? 'skipped' : null
    // A test may print what looks like a result: the worst that was said of it counts.
    if (state !== null && test.state !== 'failed') test.state = state
    if (state !== null && Elapsed !== undefined) test.ms = Math.round(Elapsed * 1000)
  }
  return {
    tests: [...tests].flatMap(([name, some]) => [...some].map(([test, open]) => closed(name, test, open))),
    failed: [...failed.keys()]
      .filter((name) => !unbuilt.has(name))
      .map((name) => ({ package: name, output: rest.get(name) ?? '' })),
    unbuilt: [...unbuilt].map(([name, output]) => ({ package: name, output })),
  }
}

/** One that began and never ended was going when its process died: it did not pass. */
const closed = (name: string, test: string, open: Open): GoTest => ({
  ...{
    package: name,
    name: test,
    state: open.state ?? 'failed',
    ms: open.ms,
    output: open.output.slice(0, OUTPUT_MAX),
  },
})

interface Event {
  Action: string
  Package?: string
  ImportPath?: string
  Test?: string
  Output?: string
  Elapsed?: number
  FailedBuild?: string
}

const TYPES: Record<keyof Event, string> = {
  ...{ Action: 'string', Package: 'string', ImportPath: 'string', Test: 'string', Output: 'string' },
  ...{ Elapsed: 'number', FailedBuild: 'string' },
}

function eventIn(line: string): Event | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || !('Action' in value)) return null
  const known = Object.entries(value).filter(([key, one]) => typeof one === TYPES[key as keyof Event])
  const event = Object.fromEntries(known) as Partial<Event>
  return typeof event.Action === 'string' ? (event as Event) : null
}
