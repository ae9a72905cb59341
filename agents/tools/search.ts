import { z } from 'zod'
import { cut } from '../quote.ts'
import type { Desk } from './desk.ts'
import { type Tool, tool } from './tool.ts'

const MOST_HITS = 80
const ROW_MAX = 300

/** grep rather than our own matching: its expressions take linear time, whoever wrote them. */
export const search = (desk: Desk): Tool =>
  tool(
    'search',
    'Lines that match an extended regular expression, in the whole repository or below one path.',
    z.strictObject({ pattern: z.string().min(1).max(300), below: z.string().max(300) }),
    async ({ pattern, below }) => {
      const at = below.replace(/^\.?\/+|\/+$/g, '') || '.'
      const argv = ['/usr/bin/grep', '-rnIE', '--exclude-dir=node_modules', `--max-count=${MOST_HITS}`, '-e', pattern]
      const run = await desk.sandbox.run({
        ...{ files: desk.files, argv: [...argv, '--', at] },
        limits: { wallMs: 20_000, outputBytes: 64 * 1024 },
      })
      if (run.exit === 1) return 'No line matches.'
      if (run.exit !== 0 && run.stdout === '') return `It cannot be searched for: ${run.stderr.slice(0, 200)}`
      const rows = run.stdout.split('\n').filter(Boolean)
      const shown = rows.slice(0, MOST_HITS).map((row) => cut(row.replace(/^\.\//, ''), ROW_MAX))
      return [...shown, ...(rows.length > MOST_HITS ? [`and ${rows.length - MOST_HITS} more`] : [])].join('\n')
    },
  )
