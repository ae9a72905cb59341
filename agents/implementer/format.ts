import type { DetectedRuntime } from '../../lib/domain/runtime.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { detect, isSourceOf } from '../../lib/runtimes/detect.ts'
import { withLocalPrograms } from '../../lib/runtimes/localPrograms.ts'
import { passSuspended } from '../durable/suspended.ts'
import type { Bench } from '../tools/desk.ts'
import { withEdits } from './checkout.ts'

const LIMITS = { wallMs: 60_000, memoryBytes: 2 * 1024 ** 3, outputBytes: 4 * 1024 ** 2 }

/**
 * The same edits as the repository's formatter would leave them. Only in files that already are as it leaves them: in
 * others it would bury the change among lines nobody asked about. Where it is not installed, or fails, nothing is done.
 */
export async function formatted(bench: Bench, edits: Edit[]): Promise<Edit[]> {
  const listed = Object.entries(bench.texts).map(([path, text]) => ({ path, text }))
  const { runtimes } = detect(listed, null)
  const done: Edit[] = []
  for (const edit of edits) {
    const before = bench.texts[edit.path]
    const runtime = runtimes.find((one) => one.format !== null && isSourceOf(one, edit.path))
    const isKept = runtime && before !== undefined && (await run(bench, runtime, { ...edit, text: before })) === before
    const text = isKept ? await run(bench, runtime, edit) : null
    // A change that formatting takes away was none.
    done.push(text === null || text === before ? edit : { ...edit, text })
  }
  return done
}

/** A path is an argument of its own, and begins with `./`: it is no word of the shell's, and no option. */
const SCRIPT = (format: string): string => withLocalPrograms(`(${format} "./$1") > /dev/null 2>&1 && cat "./$2"`)

async function run(bench: Bench, { format, folder }: DetectedRuntime, edit: Edit): Promise<string | null> {
  const below = folder === '' ? edit.path : edit.path.slice(folder.length + 1)
  const result = await bench.sandbox
    .run({
      ...{ files: withEdits(bench.files, [edit]), dependencies: bench.dependencies, limits: LIMITS },
      argv: ['sh', '-c', SCRIPT(format!), 'sh', below, edit.path],
      // npx would wait for a registry that is not there.
      env: { npm_config_offline: 'true' },
    })
    .catch((error: unknown) => {
      passSuspended(error)
      return null
    })
  return result?.exit === 0 && !result.truncated && result.stdout !== '' ? result.stdout : null
}
