import type { Failure } from '../domain/event.ts'
import { redactText } from './redactText.ts'
import { type RawFrame, resolveFrame } from './stack.ts'
import { visible } from './visible.ts'

/** Failures read from what a Python program printed. Python prints the innermost frame and the thrown exception last. */

const FAILURES_MAX = 50
const FRAMES_MAX = 64
const CAUSES_MAX = 10
const LINES_MAX = 20_000
const LINE_MAX = 4096
const MESSAGE_LINES = 20
const HEADER = /^(?:Exception Group )?Traceback \(most recent call last\):$/
const LINK =
  /^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):$/
const ENDING = /^([A-Za-z_][\w.]{0,199})(?::(?: (.*))?)?$/
/** What stands before each line of an exception group: `  + `, `  | `, `    +-+---- 1 ----`. */
const GROUP = /^ {0,64}(?:\| ?|\+ (?=Exception Group )|\+[-+]+(?: \d+ -+)?$)/
const INSTALLED = /(?:^|\/)(?:site-packages|dist-packages|lib\/python\d[\d.]*)\//

interface Found {
  type: string
  message: string
  frames: RawFrame[]
  /** It was thrown while the one above it was handled. */
  linked: boolean
}

/** Every failure with at least one frame, in the order printed; what it was thrown from is among its causes. */
export function parsePythonTraceback(text: string, tracked?: ReadonlySet<string>): Failure[] {
  const failures: Failure[] = []
  for (const { type, message, frames, linked } of foundIn(visible(text.slice(0, 4 * 1024 * 1024)))) {
    const cause = { type, message: redactText(message) }
    const above = linked ? failures.pop() : undefined
    if (failures.length >= FAILURES_MAX) break
    const places = frames
      .slice(-FRAMES_MAX)
      .reverse()
      .map((frame) => resolveFrame(frame, tracked))
    const causes = [cause, ...(above?.causes ?? [])].slice(0, CAUSES_MAX)
    failures.push({ ...cause, frames: places, handled: false, extension: false, causes })
  }
  return failures
}

function foundIn(text: string): Found[] {
  const found: Found[] = []
  let frames: RawFrame[] = []
  let indent = 0
  let open = false
  let linked = false
  let more = 0
  for (const raw of text.split('\n', LINES_MAX)) {
    const line = raw.length <= LINE_MAX ? raw.replace(GROUP, '') : ''
    const words = line.trim()
    const last = found.at(-1)
    if (more > 0 && last && /^\s+\S/.test(line) && !words.startsWith('File "')) {
      last.message += `\n${line}`
      more -= 1
      continue
    }
    more = 0
    if (HEADER.test(words)) {
      open = true
      frames = []
      indent = line.search(/\S/)
      continue
    }
    const frame = parsePythonFrame(line)
    if (frame) {
      // A file that does not parse is told without a header when it is the program itself.
      if (!open && frame.function === null) indent = 0
      open ||= frame.function === null
      if (open) frames.push(frame)
      continue
    }
    if (LINK.test(words)) linked = found.length > 0
    const ending = open && line.search(/\S/) === indent ? ENDING.exec(words) : null
    if (ending?.[1]) {
      if (frames.length > 0) found.push({ type: nameOf(ending[1]), message: ending[2] ?? '', frames, linked })
      more = frames.length > 0 ? MESSAGE_LINES : 0
      linked = false
      open = false
      frames = []
    } else if (open && frames.length > 0 && words !== '' && line.search(/\S/) > indent) {
      const at = frames.at(-1)
      if (at && at.context === null) at.context = words
    }
  }
  return found
}

/** `json.decoder.JSONDecodeError` is printed with its module, as nobody names it. */
const nameOf = (type: string): string => type.slice(type.lastIndexOf('.') + 1)

/** `  File "a.py", line 3, in f`; without a function where a file does not parse. null for every other line. */
export function parsePythonFrame(line: string): RawFrame | null {
  const match = /^ *File "([^"]{1,1024})", line (\d{1,9})(?:, in (\S.{0,199}))?$/.exec(line)
  if (!match?.[1]) return null
  const file = /^<.*>$/.test(match[1]) ? null : match[1]
  const inApp = file !== null && INSTALLED.test(file) ? false : null
  return { file, function: match[3] ?? null, line: Number(match[2]), column: null, inApp, context: null }
}
