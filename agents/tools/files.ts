import { z } from 'zod'
import { redactLines } from '../../lib/parse/redactText.ts'
import { shortHash } from '../../lib/policy/edits/edits.ts'
import { cut } from '../quote.ts'
import type { Desk } from './desk.ts'
import { type Tool, tool } from './tool.ts'

const MOST_PATHS = 400
const MOST_LINES = 400
const LINE_MAX = 300

export const list = (desk: Desk): Tool =>
  tool(
    'list',
    'Paths of the repository below a folder ("" for all), with their sizes in lines.',
    z.strictObject({ folder: z.string() }),
    async ({ folder }) => {
      const below = folder.replace(/^\.?\/+|\/+$/g, '')
      const paths = desk.files.map(({ path }) => path).filter((path) => below === '' || path.startsWith(`${below}/`))
      if (paths.length === 0) return 'There is nothing there.'
      const rows = paths.slice(0, MOST_PATHS).map((path) => `${path}${sizeOf(desk.texts[path])}`)
      return [...rows, ...(paths.length > MOST_PATHS ? [`and ${paths.length - MOST_PATHS} more`] : [])].join('\n')
    },
  )

const sizeOf = (text: string | undefined): string =>
  text === undefined ? ' (not text)' : ` ${text.split('\n').length}`

export const read = (desk: Desk): Tool =>
  tool(
    'read',
    `Lines of a file, each with its number; at most ${MOST_LINES} at once. The first line names the file’s hash, which an edit has to repeat.`,
    z.strictObject({ path: z.string(), from: z.int().min(1), to: z.int().min(1) }),
    async ({ path, from, to }) => {
      const text = Object.hasOwn(desk.texts, path) ? desk.texts[path] : undefined
      if (text === undefined) return 'There is no such text file. `list` says what there is.'
      desk.shown.add(path)
      return excerpt(path, text, from, Math.min(to, from + MOST_LINES - 1))
    },
  )

/** Numbered lines of a file below its name and hash; what is left out of it is said. */
export function excerpt(path: string, text: string, from: number, to: number): string {
  const lines = text.split('\n')
  const rows = redactLines(lines.slice(0, to))
    .slice(from - 1)
    .map((line, at) => `${from + at}\t${cut(line, LINE_MAX)}`)
  const last = from + rows.length - 1
  const shown = from > 1 || last < lines.length ? `; only ${from} to ${last} are shown` : ''
  return [`${path} ${shortHash(text)} (${lines.length} lines${shown})`, ...rows].join('\n')
}
