import { lineAt } from '../lines.ts'
import type { Remark } from './mark.ts'

const BLOCK = /\bcatch\b\s*(?:\([^()\n]{0,200}\)\s*)?\{/g
/** New places where an error ends without being answered, thrown on or reported. Texts hold code only. */
export function swallowed(before: string, after: string): Remark[] {
  const known = places(before).map(({ text }) => text)
  const found: Remark[] = []
  for (const { at, text } of places(after)) {
    const same = known.indexOf(text)
    if (same !== -1) known.splice(same, 1)
    else found.push({ line: lineAt(after, at), rule: 'swallowed-error', why: 'It catches an error and forgets it.' })
  }
  return found
}

function places(code: string): { at: number; text: string }[] {
  return [...code.matchAll(BLOCK)].flatMap((match) => {
    const body = bodyAt(code, match.index + match[0].length)
    return body !== null && forgets(body) ? [{ at: match.index, text: squeeze(match[0] + body) }] : []
  })
}

const squeeze = (text: string): string => text.replace(/\s+/g, '')

/** A block that does nothing is short; one longer than this does something, and is not read to its end. */
const BODY_MAX = 2000

/** The body of the block that opens before `open`, or null when it is longer than a body that forgets. */
function bodyAt(code: string, open: number): string | null {
  let depth = 1
  for (let at = open; at < Math.min(code.length, open + BODY_MAX); at += 1) {
    if (code[at] === '{') depth += 1
    if (code[at] === '}') depth -= 1
    if (depth === 0) return code.slice(open, at)
  }
  return null
}

const LOGS = /^(?:await )?(?:this\s*\.\s*)?(?:log|logger)\b[\w.\s]*\uFFFC?$/
const TRIVIAL =
  /^(?:return(?:\s+(?:null|undefined|void 0|false|true|0|''|""|``|\[\s*\]|\{\s*\}))?|continue|break|void\b.*|[\w.]+\s*=\s*(?:null|undefined|false|true|''|""|\[\s*\]|\{\s*\}))$/

/** Nothing in the block, or nothing but a log line and a value made up for the occasion. */
function forgets(body: string): boolean {
  let flat = body
  // Calls become one character, inside out; deeper nesting than this is no log line.
  for (let round = 0; round < 8; round += 1) flat = flat.replace(/\([^()]*\)/g, '\uFFFC')
  const statements = flat.split(/[;\n]+/).map((statement) => statement.trim())
  return statements.every((statement) => statement === '' || LOGS.test(statement) || TRIVIAL.test(statement))
}
