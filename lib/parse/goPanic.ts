import type { RawFrame } from './stack.ts'

/** What a Go test printed when it failed: its own lines, a panic with its stack, or what the compiler said. */

export interface GoFailure {
  /** `panic`, `BuildError`, or `Failure` for what a test reported itself. */
  type: string
  message: string
  expected: string | null
  actual: string | null
  /** Files as printed: absolute in stacks, bare names in a test's own lines. */
  frames: RawFrame[]
}

const LINES_MAX = 5000
const LINE_MAX = 4096
const FRAMES_MAX = 64
const MARKS = /^\s*(?:=== |--- (?:FAIL|PASS|SKIP|BENCH))/
const OWN = /^\s{4,}([\w.-]{1,200}\.go):(\d{1,7}): ?(.*)$/

const frame = (file: string, line: string, name: string | null, column: string | null = null): RawFrame => ({
  ...{ file, function: name, line: Number(line), column: column === null ? null : Number(column) },
  ...{ inApp: null, context: null },
})

/** One test's output. */
export function parseGoFailure(output: string): GoFailure {
  const lines = output.split('\n', LINES_MAX).map((line) => line.slice(0, LINE_MAX))
  const panic = lines.findIndex((line) => /^\s*(?:panic: |fatal error: )/.test(line))
  return panic >= 0 ? panicked(lines, panic) : reported(lines)
}

function panicked(lines: string[], at: number): GoFailure {
  const message = (lines[at] ?? '')
    .trim()
    .replace(/^(?:panic|fatal error): /, '')
    .replace(/ \[recovered\].*$/, '')
  const frames: RawFrame[] = []
  let name: string | null = null
  let stacks = 0
  for (const line of lines.slice(at)) {
    // The first goroutine is the one that panicked.
    if (/^goroutine \d+/.test(line)) stacks += 1
    if (stacks !== 1 || frames.length >= FRAMES_MAX) continue
    const place = /^\t(\S.{0,1000}\.(?:go|s)):(\d{1,9})(?: \+0x[\da-f]+)?$/.exec(line)
    if (place?.[1] && place[2]) frames.push(frame(place[1], place[2], name))
    else name = /^(?:created by )?([^\s(][^(]{0,300}(?:\(\*?\w+\)[^(]{0,200})?)/.exec(line)?.[1] ?? null
  }
  return { type: 'panic', message, ...compared(message), frames }
}

function reported(lines: string[]): GoFailure {
  const messages: string[] = []
  const frames: RawFrame[] = []
  for (const line of lines) {
    if (MARKS.test(line) || line.trim() === '') continue
    const own = OWN.exec(line)
    if (own?.[1] && own[2] && frames.length < FRAMES_MAX) frames.push(frame(own[1], own[2], null))
    messages.push((own ? (own[3] ?? '') : line).trim())
  }
  const message = messages.filter((line) => line !== '').join('\n')
  return { type: 'Failure', message, ...compared(message), frames }
}

/** `got 2, want 3`, `expected 3 but got 2`, and the two lines testify prints. */
function compared(message: string): { expected: string | null; actual: string | null } {
  const text = message.slice(0, LINE_MAX)
  const expected = /\b(?:want(?:ed)?|expected)\b[ :=]+([^\n,;]{1,200}?)(?=[,;]|\s+(?:but\s+)?got\b|\n|$)/i.exec(
    text,
  )?.[1]
  const actual = /\b(?:got|actual)\b[ :=]+([^\n,;]{1,200}?)(?=[,;]|\s+(?:but\s+)?(?:want|expected)|\n|$)/i.exec(
    text,
  )?.[1]
  return { expected: expected?.trim() ?? null, actual: actual?.trim() ?? null }
}

/** `a.go:5:28: undefined: x`, one a line, as compiler and vet print them. */
export function parseGoBuild(output: string): GoFailure {
  const frames: RawFrame[] = []
  for (const line of output.split('\n', LINES_MAX)) {
    const place = /^(?:vet: )?(\S{1,500}\.go):(\d{1,7})(?::(\d{1,7}))?: /.exec(line.slice(0, LINE_MAX))
    if (place?.[1] && place[2] && frames.length < FRAMES_MAX)
      frames.push(frame(place[1], place[2], null, place[3] ?? null))
  }
  return { type: 'BuildError', message: output.trim(), expected: null, actual: null, frames }
}
