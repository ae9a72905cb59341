import type { Failure } from '../domain/event.ts'
import { redactText } from './redactText.ts'
import { type RawFrame, resolveFrame } from './stack.ts'
import { visible } from './visible.ts'

/** Failures read from what a JavaScript program printed: the sign of an error where no SDK reports it. */

const FAILURES_MAX = 50
const FRAMES_MAX = 64
const CAUSES_MAX = 10
const LINES_MAX = 20_000
const LINE_MAX = 4096
/** How many lines above the first frame a message may begin. */
const MESSAGE_LINES = 20
const TYPE = /^(?:Uncaught |\[?cause\]?: )?([A-Za-z_$][\w$.]{0,99})(?: \[[\w-]{1,60}\])?(?::(?: (.*))?)?$/

interface Found {
  type: string
  message: string
  frames: RawFrame[]
  cause: boolean
}

/** Every failure with at least one frame, in the order printed; `[cause]` entries join the failure above them. */
export function parseStack(text: string, tracked?: ReadonlySet<string>): Failure[] {
  const failures: Failure[] = []
  for (const found of foundIn(visible(text.slice(0, 4 * 1024 * 1024)).split('\n', LINES_MAX))) {
    const cause = { type: found.type, message: redactText(found.message) }
    const last = failures.at(-1)
    if (found.cause && last) last.causes = [...last.causes, cause].slice(0, CAUSES_MAX)
    else if (failures.length < FAILURES_MAX) {
      const frames = found.frames.map((frame) => resolveFrame(frame, tracked))
      failures.push({ ...cause, frames, handled: false, extension: false, causes: [cause] })
    }
  }
  return failures
}

function foundIn(lines: string[]): Found[] {
  const found: Found[] = []
  let current: Found | null = null
  let free = 0
  for (const [at, line] of lines.entries()) {
    const frame = line.length <= LINE_MAX ? parseFrame(line) : null
    if (frame) {
      current ??= opened(lines, at, free, found)
      if (current && current.frames.length < FRAMES_MAX) current.frames.push(frame)
      free = at + 1
      continue
    }
    current = null
    const code = /^\s+code: '([A-Z][A-Z\d_]{2,60})',?$/.exec(line.slice(0, 100))?.[1]
    const last = found.at(-1)
    if (code && last && !last.message.includes(code)) last.message += ` (${code})`
  }
  return found
}

/** The failure whose message ends on the line above the first frame. */
function opened(lines: string[], at: number, free: number, found: Found[]): Found | null {
  for (let start = at - 1; start >= Math.max(free, at - MESSAGE_LINES); start--) {
    const line = (lines[start] ?? '').trimStart().slice(0, LINE_MAX)
    const match = TYPE.exec(line.replace(/^\{?\s*/, ''))
    if (!match?.[1] || !(start === at - 1 || /(?:Error|Exception)$/.test(match[1]))) continue
    const message = [match[2] ?? '', ...lines.slice(start + 1, at)].join('\n')
    const one: Found = { type: match[1], message, frames: [], cause: line.startsWith('[cause]: ') }
    found.push(one)
    return one
  }
  return null
}

/** `    at async fn [as x] (file:line:column)` and its shorter forms; null for every other line. */
export function parseFrame(line: string): RawFrame | null {
  const text = line.trim()
  if (!text.startsWith('at ')) return null
  const rest = text
    .slice(3)
    .replace(/^async /, '')
    .replace(/ \{$/, '')
  const open = rest.endsWith(')') ? rest.lastIndexOf(' (') : -1
  const place = open < 0 ? rest : rest.slice(open + 2, -1)
  const position = /:(\d{1,9})(?::(\d{1,9}))?$/.exec(place)
  const file = position ? place.slice(0, position.index) : place
  if (!position && open < 0) return null
  return {
    file: file === '<anonymous>' || file.startsWith('index ') ? null : file,
    function: open < 0 ? null : rest.slice(0, open),
    line: position ? Number(position[1]) : null,
    column: position?.[2] ? Number(position[2]) : null,
    inApp: null,
    context: null,
  }
}
