import type { Manifest } from '../../lib/domain/manifest.ts'
import type { RecipeAnswer, RecipeInput } from '../../lib/domain/repair.ts'
import type { AppCommands, HarnessResult, HarnessTask } from '../../lib/domain/replay.ts'
import type { SandboxFile, SandboxResult } from '../../lib/domain/sandbox.ts'
import { Fault } from '../../lib/errors.ts'
import type { Sandbox } from '../../lib/world.ts'

const HARNESS = ['node', '/nightshift/lib/harness/main.js']
const REPAIR = ['node', '/nightshift/lib/harness/repair.js']

/** How the app is run; `MANIFEST_INVALID` for a repository that declares none, since nothing can be replayed there. */
export function appOf({ start, health, prepare, env }: Manifest): AppCommands {
  if (start === null) throw new Fault('MANIFEST_INVALID', 'It names no `start` command, so no app can be run.')
  return { start, health, prepare, env }
}

interface HarnessRun<T> {
  result: T
  run: SandboxResult
}

/** Runs our harness beside the app in a fresh sandbox; what it prints is checked for shape, then treated as data. */
export async function runHarness<K extends HarnessTask['kind']>(
  sandbox: Sandbox,
  files: SandboxFile[],
  dependencies: string | null,
  task: Extract<HarnessTask, { kind: K }>,
): Promise<HarnessRun<Extract<HarnessResult, { kind: K | 'failed' }>>> {
  const run = await sandbox.run({ files, dependencies, argv: HARNESS, stdin: JSON.stringify(task) })
  const result = parse(run, (value) => {
    const kind = (value as { kind?: unknown }).kind
    return kind === task.kind || kind === 'failed'
  })
  return { result: result as Extract<HarnessResult, { kind: K | 'failed' }>, run }
}

/** The recipes see the sources as data; of the dependencies they read the types. */
export async function runRecipes(
  sandbox: Sandbox,
  dependencies: string | null,
  input: RecipeInput,
): Promise<RecipeAnswer[]> {
  const run = await sandbox.run({ files: [], dependencies, argv: REPAIR, stdin: JSON.stringify(input) })
  return parse(run, Array.isArray) as RecipeAnswer[]
}

function parse(run: SandboxResult, looksRight: (value: unknown) => boolean): unknown {
  if (run.end !== 'exited' || run.exit !== 0)
    throw new Fault('HARNESS_FAILED', `It ${run.end} (${run.exit}): ${run.stderr.slice(-500)}`)
  try {
    const value: unknown = JSON.parse(run.stdout)
    if (value && typeof value === 'object' && looksRight(value)) return value
  } catch {}
  throw new Fault('HARNESS_FAILED', `Its answer was not what was asked for: ${run.stdout.slice(0, 200)}`)
}
