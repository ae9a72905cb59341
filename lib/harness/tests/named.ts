import type { TestCase, TestSelection } from '../../domain/testRun.ts'

const ID_MAX = 500

/** Titles stay as they are, since tests are selected by them. */
export function named(file: string | null, titles: string[]): Pick<TestCase, 'id' | 'file' | 'titles'> {
  return { id: [file ?? '', ...titles].filter(Boolean).join(' > ').slice(0, ID_MAX), file, titles }
}

/** Whether a test is among those selected. Some runners cannot be told exactly: what else they ran is left out. */
export const isSelected =
  (only: TestSelection) =>
  ({ file, titles }: Pick<TestCase, 'file' | 'titles'>): boolean =>
    !only ||
    only.some(
      (one) =>
        (one.file === null || file === null || one.file === file) &&
        one.titles.every((title, at) => titles[at] === title),
    )
