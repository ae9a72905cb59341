import { RULES, type Rule } from './rules.ts'

/** What one side of a change shows at a place. */
export interface Mark {
  rule: Rule
  /** 1-based. */
  line: number
  /** What it is, without its place: two marks of one key are the same thing, moved. */
  key: string
  /** What it is in a word, and in which function: an old sin whose line is edited there is still that sin. */
  kind?: string
  why?: string
}

/** What the rules say of one file; the path is added by the caller. */
export interface Remark<R extends string = Rule> {
  line: number
  rule: R
  why: string
}

/**
 * Marks of `after` that `before` had not, each as often as it came: an old sin is not blamed on a patch that moves it,
 * nor on one that edits its line and leaves as many of its kind in that function.
 */
export function fresh(before: Mark[], after: Mark[]): Remark[] {
  const same = ({ rule, key }: Mark): string => `${rule} ${key}`
  const [moved, gone] = apart(after, before, same)
  const alike = ({ rule, kind, key }: Mark): string => `${rule} ${kind ?? key}`
  return apart(moved, gone, alike)[0].map(({ line, rule, why }) => ({ line, rule, why: why ?? RULES[rule].why }))
}

/** What is left of two lists once each of the one is paired with one of the other of the same name. */
function apart(some: Mark[], others: Mark[], named: (mark: Mark) => string): [Mark[], Mark[]] {
  const open = new Map<string, Mark[]>()
  for (const other of others) open.set(named(other), [...(open.get(named(other)) ?? []), other])
  const left = some.filter((mark) => open.get(named(mark))?.shift() === undefined)
  return [left, [...open.values()].flat()]
}
