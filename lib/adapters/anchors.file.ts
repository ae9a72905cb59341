import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Anchor } from '../domain/audit.ts'
import type { Project } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import type { Anchors } from '../world.ts'

/** A file of the state folder, one line a position: whoever restores an old database does not restore this with it. */
export function fileAnchors(home: string): Anchors {
  const folder = join(home, 'anchors')
  const last = new Map<string, { seq: number; hash: string }>()
  function fileOf({ slug }: Pick<Project, 'slug'>): string {
    // A server may have said it: it names a file here, and no other place.
    if (!/^[a-z0-9-]{1,40}$/.test(slug)) throw new Fault('NOT_FOUND', `project ${JSON.stringify(slug)}`)
    return join(folder, `${slug}.txt`)
  }
  return {
    async keep(project, { seq, hash }) {
      const known = last.get(project.slug) ?? { seq: 0, hash }
      if (seq < known.seq || (seq === known.seq && hash !== known.hash)) return 'behind'
      if (seq === known.seq) return 'kept'
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = await open(fileOf(project), 'a', 0o600)
      try {
        await file.writeFile(`${seq} ${hash}\n`)
        await file.datasync()
      } finally {
        await file.close()
      }
      last.set(project.slug, { seq, hash })
      return 'kept'
    },
    async read(project) {
      const text = await readFile(fileOf(project), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return ''
        throw error
      })
      return text.split('\n').flatMap((line): Anchor[] => {
        const [, seq, hash] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(line) ?? []
        return seq && hash ? [{ seq: Number(seq), hash, where: 'the state folder' }] : []
      })
    },
  }
}
