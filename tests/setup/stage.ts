import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { type Sources, stageAll } from '../../lib/adapters/sandbox/stage.ts'
import { linked } from './laidOut.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder for the copies that sandboxes show (Node, npm, the compiler, our programs); empty until one is needed. */
    stage?: string
  }
}

/** One folder of copies for all files of a project: 200 MB and two seconds of a core that each would spend again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-stage-'))
  await chmod(folder, 0o711)
  project.provide('stage', folder)
  return () => rm(folder, { recursive: true, force: true })
}

/**
 * Puts the copies into a state folder as staging itself would have made them, by hard links. They are named by what they
 * are made of, so the sandbox finds them or makes its own; whoever removes them removes links.
 */
export async function shareStage(sources: Sources): Promise<void> {
  const home = inject('stage')
  if (home === undefined) return
  const { node, programs, typescript, etc } = await stageAll({ ...sources, home }, process.arch)
  await linked([node, programs, typescript, etc], join(sources.home, 'toolchain'))
}
