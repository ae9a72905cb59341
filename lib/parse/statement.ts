/** SQL without what people typed into it: what stands in logs of a database is the values as well. */

const INPUT_MAX = 8192

/** What may hold quotes of another kind, in the order it is met: names, strings of three kinds, comments of two. */
const PIECES =
  /"(?:[^"]|"")*(?:"|$)|\be'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|\$([a-z_]{0,20})\$[\s\S]*?(?:\$\1\$|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/gi

/** A statement's shape: literals as `?`, comments gone, white space folded. Never throws. */
export function shapeOf(statement: string): string {
  return statement
    .slice(0, INPUT_MAX)
    .replace(PIECES, (piece) => (piece.startsWith('"') ? piece : /^(?:--|\/\*)/.test(piece) ? ' ' : '?'))
    .replace(/(?<![\w"$])\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/gi, '?')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 2000)
}

/** `Key (email)=(ada@example.com) already exists.` without the value. */
export const detailOf = (detail: string): string =>
  detail
    .slice(0, INPUT_MAX)
    .replace(/=\([^)]{0,4000}\)?/g, '=(?)')
    .replace(/"[^"\n]{0,2000}"?/g, (name) => (/^"[\w. ]{1,63}"$/.test(name) ? name : '"?"'))
    .slice(0, 1000)

/** The W3C trace a statement carries in its comment, as sqlcommenter writes it: 32 hex digits. */
export function traceInStatement(statement: string): string | null {
  return /traceparent='00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}'/.exec(statement.slice(0, INPUT_MAX))?.[1] ?? null
}
