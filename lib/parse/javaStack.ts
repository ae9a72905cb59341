import type { RawFrame } from './stack.ts'

/** A Java stack as printed; files are the class's folder and the file's name (`shop/Cart.java`), as sources are laid out. */

export interface JavaFailure {
  /** `java.lang.IllegalStateException`. */
  type: string
  message: string
  expected: string | null
  actual: string | null
  /** The root cause's places first, then those of the exceptions around it. */
  frames: RawFrame[]
}

const LINES_MAX = 5000
const LINE_MAX = 4096
const FRAMES_MAX = 256
const HEAD = /^([\w$.]{1,300}(?:Exception|Error|Failure|Throwable|Failed|[A-Z][\w$]{0,100}))(?:: ?(.*))?$/

export function parseJavaStack(text: string): JavaFailure {
  const parts: { head: string[]; frames: RawFrame[] }[] = [{ head: [], frames: [] }]
  let count = 0
  for (const raw of text.split('\n', LINES_MAX)) {
    const line = raw.slice(0, LINE_MAX).replace(/\r$/, '')
    const frame = parseJavaFrame(line)
    if (frame) {
      count += 1
      if (count <= FRAMES_MAX) parts.at(-1)?.frames.push(frame)
    } else if (line.startsWith('Caused by: ')) parts.push({ head: [line.slice(11)], frames: [] })
    else if (!/^\s+(?:\.\.\. \d+ |Suppressed: )/.test(line) && parts.at(-1)?.frames.length === 0)
      parts.at(-1)?.head.push(line)
  }
  const { type, message } = headOf(parts[0]?.head ?? [])
  return { type, message, ...compared(message), frames: parts.reverse().flatMap(({ frames }) => frames) }
}

function headOf(lines: string[]): { type: string; message: string } {
  const [first = '', ...rest] = lines
  const match = HEAD.exec(first.trim())
  if (!match?.[1]) return { type: 'Failure', message: lines.join('\n').trim() }
  return { type: match[1], message: [match[2] ?? '', ...rest].join('\n').trim() }
}

/** `expected:<3> but was:<2>` of JUnit 4 and `expected: <3> but was: <2>` of JUnit 5; also AssertJ's blocks. */
function compared(message: string): { expected: string | null; actual: string | null } {
  const inline = /expected: ?<([\s\S]{0,2000}?)> but was: ?<([\s\S]{0,2000}?)>/.exec(message)
  if (inline) return { expected: inline[1] ?? null, actual: inline[2] ?? null }
  const expected = /^\s*(?:expected|Expected): *\n? *(.{1,500})$/m.exec(message)?.[1]
  const actual = /^\s*(?:but was|but): *\n? *(.{1,500})$/m.exec(message)?.[1]
  return { expected: expected?.trim() ?? null, actual: actual?.trim() ?? null }
}

/** `	at java.base/shop.Cart.name(Cart.java:14)`; null for every other line. */
export function parseJavaFrame(line: string): RawFrame | null {
  const match =
    /^\s*at (?:[\w.@-]{0,100}\/){0,2}([\w$.<>]{1,500})\.([\w$<>]{1,200})\(([\w$.-]{1,200}\.(?:java|kt|groovy|scala)):(\d{1,7})\)/.exec(
      line,
    )
  const [, type, method, file, at] = match ?? []
  if (type === undefined || method === undefined || file === undefined) return null
  const folder = type.includes('.') ? `${type.slice(0, type.lastIndexOf('.')).replaceAll('.', '/')}/` : ''
  return {
    ...{ file: `${folder}${file}`, function: `${type}.${method}`, line: Number(at), column: null },
    ...{ inApp: null, context: null },
  }
}

/** `[ERROR] /x/Cart.java:[5,19] incompatible types` of Maven, `/x/Cart.java:5: error: …` of javac and Gradle. */
export function parseJavaBuild(output: string): JavaFailure | null {
  const frames: RawFrame[] = []
  const messages: string[] = []
  for (const raw of output.split('\n', LINES_MAX * 10)) {
    const line = raw.slice(0, LINE_MAX)
    const match =
      /^\[ERROR\] (\/\S{1,1000}\.(?:java|kt)):\[(\d{1,7}),(\d{1,7})\] (.*)$/.exec(line) ??
      /^(\/\S{1,1000}\.(?:java|kt)):(\d{1,7})(): error: (.*)$/.exec(line)
    const [, file, at, column, message = ''] = match ?? []
    // Maven says everything twice.
    if (file === undefined || messages.includes(message) || messages.length >= 50) continue
    messages.push(message)
    frames.push({
      ...{ file, function: null, line: Number(at), column: column ? Number(column) : null, inApp: null, context: null },
    })
  }
  if (frames.length === 0) return null
  return { type: 'BuildError', message: messages.join('\n'), expected: null, actual: null, frames }
}
