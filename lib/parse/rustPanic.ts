import type { RawFrame } from './stack.ts'

/** A panic as Rust's standard library prints it, before 1.73 and since; or what a test returned instead. */

export interface RustFailure {
  /** `panic`, `assertion`, `Error` for a returned one, `BuildError`. */
  type: string
  message: string
  /** The right side of `assert_eq!`, where the expected value stands by custom. */
  expected: string | null
  actual: string | null
  frames: RawFrame[]
}

const LINES_MAX = 5000
const LINE_MAX = 4096
const MESSAGE_LINES = 40
const FRAMES_MAX = 64

export function parseRustPanic(output: string): RustFailure {
  const lines = output.split('\n', LINES_MAX).map((line) => line.slice(0, LINE_MAX))
  const at = lines.findIndex((line) => /^thread '.*' (?:\(\d+\) )?panicked at /.test(line))
  if (at < 0) return withoutPanic(lines)
  const { message, place } = headOf(lines, at)
  const stack = framesOf(lines.slice(at))
  const left = /^\s*left: (.*)$/m.exec(message)?.[1]
  const right = /^\s*right: (.*)$/m.exec(message)?.[1]
  const frames = [...(place && !stack.some((one) => same(one, place)) ? [place] : []), ...stack]
  return {
    type: message.startsWith('assertion') ? 'assertion' : 'panic',
    message,
    expected: right === undefined ? null : bare(right),
    actual: left === undefined ? null : bare(left.replace(/,$/, '')),
    frames,
  }
}

const bare = (value: string): string => value.replace(/^`(.*)`(?:: .*)?$/, '$1')

const same = (a: RawFrame, b: RawFrame): boolean => a.line === b.line && clean(a.file) === clean(b.file)

const clean = (file: string | null): string => (file ?? '').replace(/^\.\//, '')

/** The message, which may run over lines, and the place, which stands behind it (before 1.73) or above it. */
function headOf(lines: string[], at: number): { message: string; place: RawFrame | null } {
  const first = (lines[at] ?? '').replace(/^thread '.*?' (?:\(\d+\) )?panicked at /, '')
  const above = /^(\S.{0,500}):(\d{1,7}):(\d{1,7}):$/.exec(first)
  const end = lines.findIndex((line, index) => index > at && /^(?:stack backtrace:|note: )/.test(line))
  const rest = lines.slice(at + 1, Math.min(end < 0 ? lines.length : end, at + MESSAGE_LINES))
  if (above?.[1]) return { message: rest.join('\n').trim(), place: frame(above[1], above[2], above[3], null) }
  const whole = [first, ...rest].join('\n').trim()
  const behind = /^'([\s\S]*)', (\S{1,500}):(\d{1,7}):(\d{1,7})$/.exec(whole)
  return behind?.[2]
    ? { message: behind[1] ?? '', place: frame(behind[2], behind[3], behind[4], null) }
    : { message: whole, place: null }
}

const frame = (file: string, line: string | undefined, column: string | undefined, name: string | null): RawFrame => ({
  ...{ file, function: name, line: Number(line), column: column === undefined ? null : Number(column) },
  ...{ inApp: null, context: null },
})

/** `   4: shop::first` and below it `             at ./src/price.rs:2:5`. */
function framesOf(lines: string[]): RawFrame[] {
  const frames: RawFrame[] = []
  let name: string | null = null
  for (const line of lines) {
    if (frames.length >= FRAMES_MAX) break
    const called = /^\s+\d{1,4}: (.{1,500})$/.exec(line)?.[1]
    if (called !== undefined) name = called.trim()
    const place = /^\s+at (\S.{0,1000}?):(\d{1,7})(?::(\d{1,7}))?$/.exec(line)
    if (place?.[1]) frames.push(frame(place[1], place[2], place[3], name))
  }
  return frames
}

function withoutPanic(lines: string[]): RustFailure {
  const returned = lines.find((line) => line.startsWith('Error: '))
  const text = returned?.slice(7) ?? lines.filter((line) => line.trim() !== '').join('\n')
  const spots = [...text.matchAll(/\bat (\S{1,300}\.rs):(\d{1,7}):(\d{1,7})/g)].slice(0, FRAMES_MAX)
  const frames = spots.map(([, file = '', line, column]) => frame(file, line, column, null))
  return { type: returned ? 'Error' : 'Failure', message: text, expected: null, actual: null, frames }
}

/** `error[E0308]: …` with ` --> src/a.rs:20:21` below. */
export function parseRustBuild(error: string): RustFailure {
  const frames = [...error.slice(0, 64 * 1024).matchAll(/^ *--> (\S{1,500}):(\d{1,7}):(\d{1,7})$/gm)]
    .slice(0, FRAMES_MAX)
    .map(([, file = '', line, column]) => frame(file, line, column, null))
  return { type: 'BuildError', message: error, expected: null, actual: null, frames }
}
