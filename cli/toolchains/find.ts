import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import type { RuntimeName } from '../../lib/domain/runtime.ts'
import { prefixOf } from './prefix.ts'
import { type PythonSeeker, pythons } from './python.ts'
import { type RustSeeker, rusts } from './rust.ts'

export type ToolSeeker = PythonSeeker & RustSeeker

/** Programs that lie where they were installed, and what stands beside them there. */
const PLAIN: Partial<Record<RuntimeName, [string, string[]][]>> = {
  go: [['go', ['src/runtime', 'pkg/tool']]],
  java: [
    ['java', ['lib/modules']],
    ['mvn', ['boot', 'lib']],
    ['gradle', ['lib']],
  ],
}

/**
 * Toolchains of whoever calls that a run would not see otherwise, as absolute folders with `bin` in them: installed to a
 * home by pyenv, rustup, SDKMAN or by hand. Only of the languages that the checkout has. None of their programs is run.
 */
export async function toolchainsFor(root: string, languages: RuntimeName[], seeker: ToolSeeker): Promise<string[]> {
  const each = await Promise.all(
    languages.map(async (language) => {
      if (language === 'python') return pythons(root, seeker)
      if (language === 'rust') return rusts(root, seeker)
      return Promise.all((PLAIN[language] ?? []).map(([name, marks]) => installed(name, marks, seeker)))
    }),
  )
  const inside = (folder: string) => folder === root || folder.startsWith(`${root}/`)
  const folders = each.flat().filter((folder): folder is string => folder !== null && !inside(folder))
  return [...new Set(folders)]
}

async function installed(name: string, marks: string[], seeker: ToolSeeker): Promise<string | null> {
  const program = await seeker.find(name)
  return program && prefixOf(program, marks, seeker)
}

/** The first of its name in these folders. */
export const finder =
  (folders: string[]) =>
  async (name: string): Promise<string | null> => {
    for (const folder of folders) {
      const program = join(folder, name)
      const there = await access(program, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (there) return program
    }
    return null
  }
