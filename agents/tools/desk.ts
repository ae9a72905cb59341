import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import type { TestCommand, TestRun } from '../../lib/domain/testRun.ts'
import type { History } from '../../lib/world/local.ts'
import type { Sandbox } from '../../lib/world.ts'

/** A copy of a repository to look at and to run, and the sandbox it is run in. */
export interface Bench {
  sandbox: Sandbox
  /** Key of the installed dependencies. */
  dependencies: string | null
  files: SandboxFile[]
  /** The same, as text by path; what is binary or too long to read is left out. */
  texts: Record<string, string>
  /** At least who last changed a line; the whole past where it can be had. */
  history: History | Pick<History, 'blame'>
  command: TestCommand
}

/** What one conversation looks at, and what it has seen: only a file that was shown may be edited. */
export interface Desk extends Bench {
  shown: Set<string>
  /** The runs the evidence may point into. */
  runs: TestRun[]
}

/** Longer files are generated, or data: 400 KB. */
const TEXT_MAX = 400_000

export function textsOf(files: SandboxFile[]): Record<string, string> {
  const texts: Record<string, string> = Object.create(null)
  for (const { path, bytes } of files) {
    if (bytes.length > TEXT_MAX || bytes.includes(0)) continue
    texts[path] = Buffer.from(bytes).toString('utf8')
  }
  return texts
}
