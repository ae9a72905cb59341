import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Anchor } from '../domain/audit.ts'
import type { Project } from '../domain/project.ts'
import type { Anchors } from '../world.ts'

/** A file of the state folder, one line a position: whoever restores an old database does not restore this with it. */
export function fileAnchors(home: string): Anchors {
  const folder = join(home, 'anchors')
  const fileOf = (project: Project) => join(folder, `${project.slug}.txt`)
  const last = new Map<number, number>()
  return {
    async keep(project, { seq, hash }) {
      if (seq === 0 || (last.get(project.id) ?? 0) >= seq) return
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = await open(fileOf(project), 'a', 0o600)
      try {
        await file.writeFile(`${seq} ${hash}\n`)
        await file.datasync()
      } finally {
        await file.close()
      }
      last.set(project.id, seq)
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
