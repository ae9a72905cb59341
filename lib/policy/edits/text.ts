import { CONTROL, isUnseen } from '../integrity/hidden.ts'

const SURROGATE = /\p{Cs}/u
const SPACE = /[\t\n\r]/g

/** Why a replacement's characters may not enter a file, or null. Those the replaced text had may stay. */
export function characterProblem(search: string, replace: string): string | null {
  const old = new Set(search)
  const fresh = [...replace].filter((character) => !old.has(character)).join('')
  if (SURROGATE.test(fresh)) return 'It holds half a character.'
  if (isUnseen(replace) && isUnseen(fresh)) return 'It holds characters that are not seen.'
  if (CONTROL.test(fresh.replace(SPACE, ''))) return 'It holds control characters.'
  // A lone carriage return overprints a line on a terminal; as part of a line end it is read away.
  return /\r(?!\n)/.test(replace) && !/\r(?!\n)/.test(search) ? 'It holds control characters.' : null
}
