import type { Proposal } from '../domain/repair.ts'

/** A candidate this many times less likely than another says nothing against it. */
const CLEARLY = 2
/** Changes within so many lines of each other are two ways to say the same: one statement, or its guard. */
const NEAR = 1

/** The likeliest of some; a crash's own recipe before whatever was searched for. */
export function bestOf(green: Proposal[]): Proposal | null {
  return green.reduce<Proposal | null>((best, one) => (!best || likelihood(one) > likelihood(best) ? one : best), null)
}

/** Whether a second candidate that passes as well could put the first in doubt. */
export const isDoubt = (best: Proposal, other: Proposal): boolean => likelihood(other) * CLEARLY > likelihood(best)

/**
 * The candidate that the likeliest cannot be told from: it passes every test too, is about as likely, and changes another
 * place, or says something else in the same one. Then the tests do not say which of the two is right, and whoever ships
 * one of them guesses. Null: none.
 */
export function rivalOf(green: Proposal[], texts: Record<string, string>): Proposal | null {
  const best = bestOf(green)
  const isRival = (one: Proposal, other: Proposal) =>
    !isSame(one, other) && (!areNear(one, other, texts) || (isToken(one, texts) && isToken(other, texts)))
  return bestOf(green.filter((one) => best && one !== best && isDoubt(best, one) && isRival(best, one)))
}

/** Two ways to the same texts. */
const isSame = (one: Proposal, other: Proposal): boolean =>
  one.edits.length === other.edits.length &&
  one.edits.every(({ path, text }) => other.edits.some((edit) => edit.path === path && edit.text === text))

const likelihood = ({ score = 1 }: Proposal): number => score

function areNear(one: Proposal, other: Proposal, texts: Record<string, string>): boolean {
  const [first, second] = [placesOf(one, texts), placesOf(other, texts)]
  return first.some((a) => second.some((b) => a.path === b.path && Math.abs(a.line - b.line) <= NEAR))
}

/** Where each edit begins to differ, lines counted from one. */
const placesOf = ({ edits }: Proposal, texts: Record<string, string>) =>
  edits.map(({ path, text }) => {
    const [before, after] = [(texts[path] ?? '').split('\n'), text.split('\n')]
    const same = after.findIndex((line, at) => line !== before[at])
    return { path, line: (same === -1 ? after.length : same) + 1 }
  })

/** Whether a change only puts another name, number or operator in the place of one: two of those never say the same. */
function isToken({ edits: [edit, ...more] }: Proposal, texts: Record<string, string>): boolean {
  if (!edit || more.length > 0) return false
  const [before, after] = [texts[edit.path] ?? '', edit.text]
  let from = 0
  while (from < before.length && before[from] === after[from]) from++
  let end = 0
  const most = Math.min(before.length, after.length) - from
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  // What both begin and end with may be a part of the token.
  const part = TOKENS.find((kind) => kind.part.test(before[from] ?? '') || kind.part.test(after[from] ?? ''))?.part
  if (!part) return false
  while (from > 0 && part.test(before[from - 1]!)) from--
  while (end > 0 && part.test(before[before.length - end]!)) end--
  return TOKENS.some(({ whole }) => [before, after].every((text) => whole.test(text.slice(from, text.length - end))))
}

const TOKENS = [
  { part: /[\w$.]/, whole: /^[\w$.]+$/ },
  { part: /[<>=!+*/%&|?-]/, whole: /^[<>=!+*/%&|?-]+$/ },
]
