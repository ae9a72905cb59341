import { posix } from 'node:path'
import ts from 'typescript'
import { isRelative, namedBy } from '../specifiers.ts'

/** How many imports away from a start each file is; files no import leads to are left out. */
export function reachOf(files: Record<string, string>, starts: string[]): Map<string, number> {
  const found = new Map(starts.map((path) => [path, 0]))
  for (const [path, far] of found) {
    const text = files[path]
    if (text === undefined) continue
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      const target = targetOf(files, path, fileName)
      if (target !== null && !found.has(target)) found.set(target, far + 1)
    }
  }
  return found
}

/** The file of the repository a specifier means: relative, or the package by its own name. */
function targetOf(files: Record<string, string>, from: string, specifier: string): string | null {
  if (isRelative(specifier)) {
    const named = namedBy(files, from, specifier)?.path
    return named ?? mainOf(files, posix.join(posix.dirname(from), specifier))
  }
  const manifest = manifestOf(files, '')
  if (!manifest?.name || (specifier !== manifest.name && !specifier.startsWith(`${manifest.name}/`))) return null
  const rest = specifier.slice(manifest.name.length + 1)
  return rest === '' ? mainOf(files, '.') : (namedBy(files, 'package.json', `./${rest}`)?.path ?? null)
}

interface Manifest {
  name?: string
  main?: string
  exports?: unknown
}

function manifestOf(files: Record<string, string>, folder: string): Manifest | null {
  try {
    return JSON.parse(files[posix.join(folder, 'package.json')] ?? 'null')
  } catch {
    return null
  }
}

/** The module a folder stands for: what its manifest says, or its index. */
function mainOf(files: Record<string, string>, folder: string): string | null {
  const manifest = manifestOf(files, folder)
  const said = [manifest?.main, ...stringsIn(manifest?.exports)].filter((one) => typeof one === 'string')
  for (const one of [...said, './index', './src/index']) {
    const named = namedBy(files, posix.join(folder, 'package.json'), one.startsWith('.') ? one : `./${one}`)
    if (named) return named.path
  }
  return null
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
