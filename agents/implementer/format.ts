import type { Edit } from '../../lib/domain/tree.ts'
import { type Formatter, formattersOf } from '../../lib/runtimes/formatter.ts'
import type { Bench } from '../tools/desk.ts'

const LIMITS = { wallMs: 60_000, memoryBytes: 2 * 1024 ** 3, outputBytes: 4 * 1024 ** 2 }

/**
 * The same edits as the repository's formatter would leave them. Only in files that already are as it leaves them: in
 * others it would bury the change among lines nobody asked about. Where it is not installed, or fails, nothing is done.
 */
export async function formatted(bench: Bench, edits: Edit[]): Promise<Edit[]> {
  const listed = Object.entries(bench.texts).map(([path, text]) => ({ path, text }))
  const formatters = formattersOf(listed)
  const one = async (edit: Edit): Promise<Edit> => {
    const formatter = formatters.find(({ reads }) => reads.test(edit.path))
    const before = bench.texts[edit.path]
    if (!formatter || before === undefined) return edit
    if ((await run(bench, formatter, edit.path, before)) !== before) return edit
    const text = await run(bench, formatter, edit.path, edit.text)
    // A change that formatting takes away was none.
    return text === null || text === before ? edit : { ...edit, text }
  }
  const done: Edit[] = []
  for (const edit of edits) done.push(await one(edit))
  return done
}

/** Its settings come from the untouched copy: a change does not choose how it is judged, nor how it looks. */
async function run(bench: Bench, { argv }: Formatter, path: string, text: string): Promise<string | null> {
  const { sandbox, dependencies, files } = bench
  const result = await sandbox
    .run({ files, dependencies, argv: argv(path), stdin: text, limits: LIMITS })
    .catch(() => null)
  return result?.exit === 0 && !result.truncated && result.stdout !== '' ? result.stdout : null
}
