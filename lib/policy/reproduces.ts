import type { Crash } from '../domain/crash.ts'

/** A line that throws what it was given says nothing of its own: who called it, and with what, is in the message. */
const THROWS = /\b(?:throw|raise|panic|panic!|reject|abort)\b/
/** Classes that everything is thrown as. */
const PLAIN = new Set(['Error', 'Exception', 'RuntimeError', 'RuntimeException', 'Failure', 'errorString', 'panic', ''])

/** What Go and Rust print of a crash, whatever class an SDK gives it. */
const CLASSLESS = 'panic'

/**
 * Why a test does not fail as an event did, or null. The same class of error, thrown in the same function of the same file
 * of the repository; at the same statement, where the event says which. Where that is not enough to tell two faults apart
 * (no class, no statement, no name, a line or a class that anything is thrown with), the message has to be the same as
 * well, values apart. A test that throws or asserts by itself fails in its own file, so it shows nothing.
 */
export function otherThan(there: Crash, here: Crash): string | null {
  const seen = `${here.type || 'something without a type'}${here.path === null ? '' : ` in ${placeOf(here)}`}`
  const wanted = `${there.type} in ${placeOf(there)}`
  const other = (what: string): string => `it fails with ${seen}, and the event with ${wanted}: ${what}`
  if (there.path === null) return 'the event names no place of this repository'
  if (here.path === null) return other('no place of this repository is in its stack')
  const classless = here.type === CLASSLESS
  if (here.type !== there.type && !classless) return other('another error')
  if (here.path !== there.path) return other('thrown in another file')
  const named = here.function !== '' && there.function !== ''
  if (named && here.function !== there.function) return other('thrown in another function')
  if (there.statement !== null && here.statement !== there.statement) return other('thrown at another statement')
  const told =
    named && !classless && there.statement !== null && !THROWS.test(there.statement) && !PLAIN.has(there.type)
  if (!told && here.message !== there.message) return other('another message')
  return null
}

const placeOf = ({ path, function: name, statement }: Crash): string =>
  `${path}${name ? ` ${name}` : ''}${statement ? ` (${statement.slice(0, 120)})` : ''}`
