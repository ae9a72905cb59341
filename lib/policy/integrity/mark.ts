import { RULES, type Rule } from './rules.ts'

/** What one side of a change shows at a place. */
export interface Mark {
  rule: Rule
  /** 1-based. */
  line: number
  /** What it is, without its place: two marks of one key are the same thing, moved. */
  key: string
  why?: string
}

/** What the rules say of one file; the path is added by the caller. */
export interface Remark<R extends string = Rule> {
  line: number
  rule: R
  why: string
}

/** Marks of `after` that `before` had not, each as often as it came: an old sin is not blamed on a patch that leaves it. */
export function fresh(before: Mark[], after: Mark[]): Remark[] {
  const known = new Map<string, number>()
  const id = ({ rule, key }: Mark): string => `${rule} ${key}`
  for (const mark of before) known.set(id(mark), (known.get(id(mark)) ?? 0) + 1)
  return after.flatMap((mark) => {
    const left = known.get(id(mark)) ?? 0
    if (left > 0) known.set(id(mark), left - 1)
    return left > 0 ? [] : [{ line: mark.line, rule: mark.rule, why: mark.why ?? RULES[mark.rule].why }]
  })
}
