import { readdir, readFile, rm } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { REPORT } from './files.ts'

const DEPTH_MAX = 12
const REPORTS_MAX = 5000
const SKIPPED = new Set(['node_modules', '.git', 'src', '.gradle', 'classes', 'test-classes'])

/** Paths of reports in a repository's copy, from its root; links are not followed. */
export async function reportsIn(workspace: string): Promise<string[]> {
  const found: string[] = []
  const walk = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(workspace, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = posix.join(folder, entry.name)
      if (entry.isDirectory() && depth < DEPTH_MAX && !SKIPPED.has(entry.name)) await walk(path, depth + 1)
      else if (entry.isFile() && REPORT.test(path) && found.length < REPORTS_MAX) found.push(path)
    }
  }
  await walk('', 0)
  return found.sort()
}

/** Reports of an earlier run never count, and without them Gradle does not take its tests for done. */
export async function removeReports(workspace: string): Promise<void> {
  for (const path of await reportsIn(workspace)) await rm(join(workspace, path), { force: true })
}

export const readReports = async (workspace: string): Promise<{ path: string; text: string }[]> =>
  Promise.all(
    (await reportsIn(workspace)).map(async (path) => ({ path, text: await readFile(join(workspace, path), 'utf8') })),
  )
