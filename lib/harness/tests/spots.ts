import { readdir } from 'node:fs/promises'
import { join, posix, relative } from 'node:path'
import type { Spot } from '../../domain/repair.ts'
import type { RawFrame } from '../../parse/stack.ts'

const FILES_MAX = 50_000
const SPOTS_MAX = 20
const DEPTH_MAX = 20
/** Not the repository's own, or written by the tools themselves. */
const FOREIGN = new Set(['node_modules', 'vendor', 'target', 'build', '.git', '.gradle', '.venv'])

/** Files of the repository's copy, from its root; links are not followed. */
export async function filesIn(workspace: string, wanted: (name: string) => boolean): Promise<string[]> {
  const found: string[] = []
  const walk = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(workspace, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = posix.join(folder, entry.name)
      if (entry.isDirectory() && depth < DEPTH_MAX && !FOREIGN.has(entry.name)) await walk(path, depth + 1)
      else if (entry.isFile() && wanted(entry.name) && found.length < FILES_MAX) found.push(path)
    }
  }
  await walk('', 0)
  return found.sort()
}

/** Places in files that the repository holds; `place` names the path of what a frame calls its file. */
export function spotsOf(frames: RawFrame[], place: (file: string) => string | null): Spot[] {
  const spots = new Map<string, Spot>()
  for (const { file, line, column, function: name } of frames) {
    const path = file === null ? null : place(file)
    if (path === null || line === null || line < 1 || spots.size >= SPOTS_MAX) continue
    const key = `${path}:${line}`
    if (!spots.has(key)) spots.set(key, { path, line, column, function: name })
  }
  return [...spots.values()]
}

/** An absolute path below the workspace, or one relative to a folder of it, as the repository's; null for all others. */
export function inWorkspace(file: string, workspace: string, folder = ''): string | null {
  const path = file.startsWith('/') ? relative(workspace, file) : posix.normalize(posix.join(folder, file))
  return path === '' || path.startsWith('..') || path.startsWith('/') ? null : path
}
