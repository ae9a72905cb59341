import { constants } from 'node:fs'
import { lstat, mkdir, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { Fault } from '../../lib/errors.ts'

const OURS = /^(?:diagnosis|patch|metadata|transcript)-[0-9a-f]{12}(?:[./]|$)/
const PROPOSED = 'nightshift.json'

/** Whether a file of the repository is what runs leave in `out`: the next one is to read what the last one read. */
export function isResult(root: string, out: string): (path: string) => boolean {
  const below = inside(root, out)
  if (below === null) return () => false
  return (path) => {
    const name = relative(below, path)
    return OURS.test(name) || (name === PROPOSED && below !== '')
  }
}

export interface Results {
  out: string
  transcript: string
  /** What a file of this run is called. */
  put(name: `${'diagnosis' | 'patch' | 'metadata'}-${string}` | typeof PROPOSED, text: string): Promise<void>
}

/**
 * Where the results of a run go, tried before anything else is done. A link that a repository brings could lead them
 * anywhere: below its root none is followed.
 */
export async function openResults(root: string, out: string, run: string): Promise<Results> {
  const transcript = join(out, `transcript-${run}`)
  const put = (name: string, text: string) =>
    writeFile(join(out, name), text, {
      flag: constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW,
    })
  try {
    for (const path of inside(root, out) === null ? [] : stepsTo(root, join(out, PROPOSED)))
      if ((await lstat(path).catch(() => null))?.isSymbolicLink()) throw new Error(`${path} is a link.`)
    await mkdir(transcript, { recursive: true })
    await put(`.${run}`, '')
    await rm(join(out, `.${run}`))
  } catch (error) {
    throw new Fault('OUT_UNWRITABLE', error instanceof Error ? error.message : String(error))
  }
  return { out, transcript, put }
}

/** A path from a folder to what lies in it, or '' for itself; null where it lies elsewhere. */
function inside(folder: string, path: string): string | null {
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) ? null : way
}

function stepsTo(root: string, path: string): string[] {
  const names = relative(root, path).split(sep)
  return names.map((_, at) => resolve(root, ...names.slice(0, at + 1)))
}
