import type { Frame } from '../domain/event.ts'
import { redactSource } from './redactText.ts'
import { cutText, visible } from './visible.ts'

/**
 * Stack frames made repository-relative, so that production, staging and sandbox name a line the same way. A path is
 * a claim of untrusted text: it counts only when the commit tracks a file of that name.
 */

/** One frame as an SDK or a printed stack names it. */
export interface RawFrame {
  file: string | null
  function: string | null
  line: number | null
  column: number | null
  /** What the sender says of it; null when it does not say. */
  inApp: boolean | null
  context: string | null
}

/** Bundlers' and runtimes' spellings of "the project's root". */
const SCHEMES = [
  /^file:\/\/(?=\/)/,
  /^app:\/\/(?=\/)/,
  /^webpack-internal:\/\/(?=\/)/,
  /^webpack:\/\/[\w@.-]{0,100}(?=\/)/,
  /^turbopack:\/\/(?=\/)/,
  /^rsc:\/\/React\/[\w-]{1,40}(?=\/)/,
]
/** A bundler's layer or root folder: `(rsc)`, `(app-pages-browser)`, `[project]`. */
const LAYER = /^\/(?:\([a-z-]{1,40}\)|\[project\])(?=\/)/
/** Where hosts and our sandbox put a checkout. */
const ROOTS =
  /^\/(?:app|workspace|var\/task|usr\/src\/app|vercel\/path\d|home\/runner\/work\/[\w.-]+\/[\w.-]+|github\/workspace)\/(?=.)/
const LENGTH_MAX = 1024
/** Numbers beyond this are not lines. */
const LINE_MAX = 10_000_000

/**
 * The path inside the repository that a frame's file names, or null: `..`, control characters, backslashes, runtime
 * internals and what stays absolute are refused. With `tracked`, a path the commit does not hold is null too, and an
 * unknown checkout folder is recognised by the longest tracked path at the end (of two segments or more).
 */
export function repositoryPath(raw: string, tracked?: ReadonlySet<string>): string | null {
  const file = raw.replace(/^async /, '')
  if (file.length > LENGTH_MAX || /[\p{C}\\]/u.test(file) || /^(?:node|internal|native|evalmachine)\b[:/]/.test(file)) {
    return null
  }
  if (tracked?.has(file) && !isForeign(file)) return file
  const scheme = SCHEMES.find((pattern) => pattern.test(file))
  const local = decoded(scheme ? withoutQuery(file.replace(scheme, '')).replace(LAYER, '') : file)
  // Below a bundler's scheme the root is the project's; below `file://` it is the machine's.
  const bundled = scheme !== undefined && scheme !== SCHEMES[0]
  // A repository may have a folder `app` of its own: only machine paths lose a root.
  const relative = bundled ? local?.replace(/^\/(?:\.\/)*/, '') : local?.replace(ROOTS, '').replace(/^(?:\.\/)+/, '')
  if (!relative || /[\p{C}\\]/u.test(relative) || relative.split('/').includes('..') || isForeign(relative)) return null
  if (tracked) return tracked.has(relative) ? relative : trackedEnd(relative, tracked)
  return relative.startsWith('/') || /^[a-z][a-z\d+.-]*:/i.test(relative) ? null : relative
}

/** A raw frame as the domain knows it; `path` and `inApp` only for files of the repository. */
export function resolveFrame(raw: RawFrame, tracked?: ReadonlySet<string>): Frame {
  const path = raw.file === null ? null : repositoryPath(raw.file, tracked)
  return {
    path,
    function: raw.function === null ? null : visible(cutText(raw.function, 200)),
    line: lineNumber(raw.line),
    column: lineNumber(raw.column),
    inApp: path !== null && raw.inApp !== false,
    context: raw.context === null ? null : cutText(redactSource(raw.context), 500),
  }
}

/** Somebody else's code: dependencies, package stores, the runtime. */
const isForeign = (path: string): boolean => /(?:^|\/)(?:node_modules|\.pnpm|\.yarn|\.next)\//.test(path)

function trackedEnd(path: string, tracked: ReadonlySet<string>): string | null {
  if (!path.startsWith('/')) return null
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const end = path.slice(at + 1)
    if (!end.includes('/')) return null
    if (tracked.has(end)) return end
  }
  return null
}

const withoutQuery = (path: string): string => path.replace(/\?[\w-]{0,40}$/, '')

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

const lineNumber = (value: number | null): number | null =>
  value !== null && Number.isSafeInteger(value) && value >= 1 && value <= LINE_MAX ? value : null
