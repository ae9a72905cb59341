import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Place } from './place.ts'

const PROGRAM = join(import.meta.dirname, 'places.py')

export interface PythonAnswer {
  places: Record<string, Place[]>
  /** Test files without every second of their tests. */
  thinned: Record<string, string>
}

/** What the Python program finds in these texts; throws with its words where one of them does not parse. */
export function askPython(texts: Record<string, string>, thin: Record<string, string> = {}): PythonAnswer {
  const { status, stdout, stderr } = spawnSync('python3', [PROGRAM], {
    input: JSON.stringify({ texts, thin }),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 ** 2,
  })
  if (status !== 0) throw new Error(stderr.slice(-500) || 'python3 did not run.')
  return JSON.parse(stdout)
}
