import { posix } from 'node:path'
import ts from 'typescript'
import type { Format } from './moduleFormat.ts'
import { isTest } from './typed.ts'

/** How relative specifiers name files: as they are called, without their ending, or TypeScript by the name of its output. */
export type Manner = 'exact' | 'bare' | 'output'

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs']
const OUTPUT: Record<string, string[]> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}

export const isRelative = (specifier: string): boolean => /^\.{1,2}(?:\/|$)/.test(specifier)
export const endingOf = (path: string): string => /(?:\.d)?(\.[cm]?[jt]sx?)$/.exec(path)?.[1] ?? ''

/** The file a relative specifier names in some manner; null when there is none. */
export function namedBy(files: Record<string, string>, from: string, specifier: string): Named | null {
  const path = posix.join(posix.dirname(from), specifier)
  if (path in files) return { path, manner: 'exact' }
  const beside = ENDINGS.flatMap((ending) => [`${path}${ending}`, `${path}/index${ending}`]).find((p) => p in files)
  if (beside) return { path: beside, manner: 'bare' }
  const ending = posix.extname(path)
  const source = OUTPUT[ending]?.map((other) => path.slice(0, -ending.length) + other).find((p) => p in files)
  return source ? { path: source, manner: 'output' } : null
}

interface Named {
  path: string
  manner: Manner
}

/** A relative specifier that works at run time as others of the project do; null when nothing shows which would. */
export function specifierTo(files: Record<string, string>, from: string, to: string, format: Format): string | null {
  const manner = mannerFor(files, from, endingOf(to), format)
  if (!manner) return null
  const path = posix.relative(posix.dirname(from), to)
  const relative = path.startsWith('.') ? path : `./${path}`
  const stem = relative.slice(0, -endingOf(to).length)
  if (manner === 'exact') return relative
  if (manner === 'bare') return stem.endsWith('/index') ? stem.slice(0, -'/index'.length) : stem
  return stem + endingOf(to).replace('t', 'j').replace(/x$/, '')
}

/** The manner works for a target of this ending: other imports of such files show it, else the settings do. */
export function mannerFor(files: Record<string, string>, from: string, ending: string, format: Format): Manner | null {
  const own = mannersOf(files, from, ending)
  if (own[0]) return commonest(own)
  const all = Object.keys(files).filter((path) => endingOf(path) !== '' && !isTest(path))
  const others = all.flatMap((path) => (runsAlike(path, from) ? mannersOf(files, path, ending) : []))
  const shown = others[0] ? others : all.flatMap((path) => mannersOf(files, path, ending))
  return shown[0] ? commonest(shown) : settled(files, ending, format)
}

const runsAlike = (a: string, b: string): boolean => endingOf(a) === endingOf(b)

function mannersOf(files: Record<string, string>, from: string, ending: string): Manner[] {
  return ts.preProcessFile(files[from] ?? '', true, true).importedFiles.flatMap(({ fileName }) => {
    const named = isRelative(fileName) ? namedBy(files, from, fileName) : null
    return named && endingOf(named.path) === ending ? [named.manner] : []
  })
}

function commonest(manners: Manner[]): Manner {
  const count = (manner: Manner): number => manners.filter((other) => other === manner).length
  return manners.reduce((best, manner) => (count(manner) > count(best) ? manner : best))
}

/** JavaScript's own name always works; TypeScript's depends on who compiles it. */
function settled(files: Record<string, string>, ending: string, format: Format): Manner | null {
  if (/js/.test(ending)) return format === 'commonjs' && ending === '.js' ? 'bare' : 'exact'
  const text = files['tsconfig.json']
  if (text === undefined) return null
  const options = ts.parseConfigFileTextToJson('tsconfig.json', text).config?.compilerOptions ?? {}
  if (options.allowImportingTsExtensions || options.rewriteRelativeImportExtensions) return 'exact'
  const says = `${options.moduleResolution ?? options.module ?? ''}`.toLowerCase()
  if (/^(?:bundler|node|node10|preserve|commonjs)$/.test(says)) return 'bare'
  return /^node(?:16|18|20|next)$/.test(says) ? 'output' : null
}
