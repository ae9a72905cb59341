import type { Remark } from './mark.ts'
import { pyChanges } from './pyChanges.ts'
import { pyCheckChanges } from './pyChecks.ts'
import { pyCodeMarks, pyImportMarks } from './pyCode.ts'
import { pyRethrows, pySwallowMarks } from './pyErrors.ts'
import { pyFeatureChanges } from './pyFeature.ts'
import { type PyLine, pyLines } from './pyLines.ts'
import { came, type PyMark } from './pyMarks.ts'
import { pyResolved } from './pyNames.ts'
import { pySpecialMarks } from './pySpecial.ts'
import { pyAssertionChanges, pyTestMarks } from './pyTests.ts'
import type { Around } from './side.ts'

/** One Python file of a change, judged by its statements and their indentation. */
export function pythonFindings(test: boolean, before: string | null, after: string, around: Around): Remark[] {
  const [old, now] = [pyResolved(pyLines(before ?? '')), pyResolved(pyLines(after))]
  const both = (marksOf: (lines: PyLine[]) => PyMark[]): Remark[] => came(marksOf(old), marksOf(now))
  const found = [...both(pySwallowMarks), ...both((lines) => pyCodeMarks(lines, test))]
  if (test)
    return [
      ...found,
      ...both((lines) => pyTestMarks(lines, before !== null)),
      ...(before === null ? [] : pyAssertionChanges(old, now)),
    ]
  return [
    ...found,
    ...both(pyImportMarks),
    ...[pyChanges, pyCheckChanges, pyFeatureChanges, pyRethrows].flatMap((compare) => compare(old, now)),
    ...came([], pySpecialMarks(now, old, before ?? '', around)),
  ]
}

/** The text with strings and comments blanked is not needed for Python: its lines hold code alone. */
export const pythonCode = (text: string): string => {
  const lines = text.split('\n').map(() => '')
  for (const { number, code } of pyLines(text)) lines[number - 1] = code
  return lines.join('\n')
}
