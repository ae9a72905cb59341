import { createTwoFilesPatch } from 'diff'
import type { Edit } from '../../lib/domain/tree.ts'

/** A unified patch of the edits, as `git apply` and people read it. */
export function diffInWords(before: Record<string, string>, edits: Edit[]): string {
  return edits
    .map(({ path, text }) => {
      const old = before[path]
      const from = old === undefined ? '/dev/null' : `a/${path}`
      const patch = createTwoFilesPatch(from, `b/${path}`, old ?? '', text, '', '', { context: 3 })
      // The library's own first line is no part of the format, nor are the tabs after the two names.
      const [, minus = '', plus = '', ...hunks] = patch.split('\n')
      const body = [minus.replace(/\t$/, ''), plus.replace(/\t$/, ''), ...hunks].join('\n')
      return `diff --git a/${path} b/${path}\n${old === undefined ? 'new file mode 100644\n' : ''}${body}`
    })
    .join('')
}
