/** What a crash says of a name: which one, and how it was used. */
export type Misnamed =
  | { kind: 'undeclared'; name: string }
  /** `name` is the last word of what was called: `c` of `a.b().c`. */
  | { kind: 'called'; name: string }
  | { kind: 'read'; property: string }
  | { kind: 'export'; specifier: string; name: string }
  /** `missing` is a relative specifier, or the absolute path it led to. */
  | { kind: 'module'; missing: string }

const UNDECLARED = /^([\p{L}_$][\p{L}\p{N}_$]{0,100}) is not defined$/u
const CALLED = /([\p{L}_$][\p{L}\p{N}_$]{0,100}) is not a (?:function|constructor)$/u
const READ = /^Cannot (?:read|set) properties of undefined \((?:reading|setting) '([^']{1,200})'\)$/
const EXPORT = /^The requested module '([^']{1,400})' does not provide an export named '([^']{1,100})'$/
const MODULE = /^Cannot find module '([^']{1,1000})'(?: imported from .{1,1000})?$/

/** V8's and Node's wording (Node 20 to 24); null for anything else. */
export function misnamedIn(type: string, message: string): Misnamed | null {
  const line = (message.split('\n', 1)[0] ?? '').trim()
  if (line.length > 3000) return null
  const undeclared = type === 'ReferenceError' ? UNDECLARED.exec(line) : null
  if (undeclared) return { kind: 'undeclared', name: undeclared[1]! }
  const called = type === 'TypeError' ? CALLED.exec(line) : null
  if (called) return { kind: 'called', name: called[1]! }
  const read = type === 'TypeError' ? READ.exec(line) : null
  if (read) return { kind: 'read', property: read[1]! }
  const exported = type === 'SyntaxError' ? EXPORT.exec(line) : null
  if (exported) return { kind: 'export', specifier: exported[1]!, name: exported[2]! }
  const missing = MODULE.exec(line)
  return missing ? { kind: 'module', missing: missing[1]! } : null
}
