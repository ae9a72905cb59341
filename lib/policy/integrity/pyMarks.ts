import { fresh, type Mark, type Remark } from './mark.ts'
import type { PyLine } from './pyLines.ts'

/** A mark is known by what was found and the function it is in; the rest of its line may be repaired. */
export interface PyMark extends Mark {
  /** The whole of it, by which one that only moved is known. */
  text: string
}

export const pyMark = (rule: Mark['rule'], line: PyLine, found: string, why?: string, text?: string): PyMark => ({
  ...{ rule, line: line.number, key: `${line.scope} ${found}`, text: text ?? line.code + line.strings.join() },
  ...(why === undefined ? {} : { why }),
})

/** Marks of `after` that `before` had neither in the same function nor, word for word, in another. */
export function came(before: PyMark[], after: PyMark[]): Remark[] {
  const key = (mark: PyMark) => mark.key
  const gone = beyond(after, before, key)
  return fresh(
    [],
    beyond(gone, beyond(before, after, key), ({ text }) => text),
  )
}

/** Those of `marks` that `known` does not hold as often. */
function beyond(known: PyMark[], marks: PyMark[], id: (mark: PyMark) => string): PyMark[] {
  const left = new Map<string, number>()
  const full = (mark: PyMark) => `${mark.rule} ${id(mark)}`
  for (const mark of known) left.set(full(mark), (left.get(full(mark)) ?? 0) + 1)
  return marks.filter((mark) => {
    const count = left.get(full(mark)) ?? 0
    if (count > 0) left.set(full(mark), count - 1)
    return count === 0
  })
}
