/** What the message of a TypeError says was nullish, without guessing at the rest. */
export type Nullish =
  | { kind: 'read'; property: string; value: 'undefined' | 'null' }
  | { kind: 'destructure'; of: string; value: 'undefined' | 'null' }
  | { kind: 'call'; name: string; value: 'undefined' | 'null' }

const READ = /^Cannot (?:read|set) properties of (undefined|null) \((?:reading|setting) '([^']{1,200})'\)$/
const DESTRUCTURE = /^Cannot destructure (?:property '[^']{1,200}' of )?'([^']{1,200})' as it is (undefined|null)\.$/
/** A name, or an element taken by a plain key: `handlers[type]`, `steps[steps.length]`. */
const CALL = /^([A-Za-z_$][\w$.]{0,100}(?:\[[\w$.]{1,100}\])|[A-Za-z_$][\w$]{0,100}) is not a function$/

/** V8's wording (Node 20 to 24); null for anything else. Only the first line counts: the rest is not V8's. */
export function nullishOf(type: string, message: string): Nullish | null {
  if (type !== 'TypeError') return null
  const line = (message.split('\n', 1)[0] ?? '').trim()
  const read = READ.exec(line)
  if (read) return { kind: 'read', property: read[2] ?? '', value: read[1] === 'null' ? 'null' : 'undefined' }
  const destructure = DESTRUCTURE.exec(line)
  if (destructure) {
    return { kind: 'destructure', of: destructure[1] ?? '', value: destructure[2] === 'null' ? 'null' : 'undefined' }
  }
  const call = CALL.exec(line)
  if (call) return { kind: 'call', name: call[1] ?? '', value: 'undefined' }
  return null
}
