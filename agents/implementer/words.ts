import { createTwoFilesPatch } from 'diff'
import type { Edit } from '../../lib/domain/tree.ts'

/** A unified patch of the edits, as `git apply` and people read it. */
export function diffInWords(before: Record<string, string>, edits: Edit[]): string {
  return edits
    .map(({ path, text }) => {
      const old = before[path]
      const from = old === undefined ? '/dev/null' : `a/${path}`
      const patch = createTwoFilesPatch(from, `b/${path}`, old ?? '', text, '', '', { context: 3 })
      // The library's own first line is no part of the format.
      const body = patch
        .split('\n')
        .slice(1)
        .join('\n')
        .replaceAll(/^(---|\+\+\+) (.*?)\t?$/gm, '$1 $2')
      return `diff --git a/${path} b/${path}\n${old === undefined ? 'new file mode 100644\n' : ''}${body}`
    })
    .join('')
}
