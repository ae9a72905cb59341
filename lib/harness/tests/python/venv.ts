import { access, mkdir, open, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Collecting } from '../collector.ts'

const HEAD = 300

/**
 * Programs in a virtual environment name its Python by the path they were installed at. In a copy that is another
 * repository's, or nobody's; ours of the same name start them with the Python beside them. A shell that finds no
 * interpreter goes on looking along the PATH, where ours stand.
 */
export async function placeVenv({ folder, workspace }: Collecting): Promise<void> {
  for (const name of ['.venv', 'venv']) {
    const bin = join(workspace, name, 'bin')
    const python = join(bin, 'python')
    if (!(await exists(python))) continue
    for (const program of await readdir(bin)) {
      const interpreter = /^#!(\/.*\/python[\d.]*)[ \t]*\r?\n/.exec(await headOf(join(bin, program)))?.[1]
      if (!interpreter || (await exists(interpreter))) continue
      const script = `#!/bin/sh\nexec ${[python, join(bin, program)].map(quoted).join(' ')} "$@"\n`
      await mkdir(join(folder, 'bin'), { recursive: true })
      await writeFile(join(folder, 'bin', program), script, { mode: 0o755 })
    }
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function headOf(path: string): Promise<string> {
  const file = await open(path).catch(() => null)
  try {
    const { buffer, bytesRead } = (await file?.read(Buffer.alloc(HEAD), 0, HEAD, 0)) ?? { buffer: '', bytesRead: 0 }
    return buffer.toString().slice(0, bytesRead)
  } catch {
    return ''
  } finally {
    await file?.close()
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`
