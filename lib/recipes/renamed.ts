import type { Applied } from './codeFixes.ts'
import { type Working, working } from './runTime.ts'
import type { Source } from './source.ts'
import { newError } from './typed.ts'
import type { Types } from './types.ts'

/** One way to put a name right, before it is told. */
export interface Renamed {
  text: string
  path: string
  /** The lowest is told first. */
  rank: number
  summary: string
  assumes: string[]
}

type Refusal = { why: string }

/** A missing import, in the order of how likely it is meant: the project's own, then what it uses elsewhere. */
export function imported(types: Types, files: Record<string, string>, source: Source, fix: Applied): Renamed | Refusal {
  const works = working(types, files, source, fix.text)
  if ('why' in works) return works
  const broken = newError(types, works.after, [source.path])
  if (broken) return { why: `with the import the compiler would object: ${broken}` }
  return {
    path: source.path,
    text: works.text,
    rank: rankOf(files, works),
    summary: `Imports ${fix.word} from ${works.from}, which ${source.path} uses without importing it.`,
    assumes: [`${fix.word} is meant to be the one ${works.from} exports`],
  }
}

function rankOf(files: Record<string, string>, { from, kind }: Working): number {
  if (kind === 'file') return 0
  const used = Object.values(files).some((text) => text.includes(`'${from}'`) || text.includes(`"${from}"`))
  return used ? 1 : 3
}

/** A name spelt as the compiler knows it. */
export function respelt(types: Types, source: Source, name: string, fix: Applied): Renamed | Refusal {
  const broken = newError(types, types.with({ [source.path]: fix.text }), [source.path])
  if (broken) return { why: `spelt ${fix.word} the compiler would object: ${broken}` }
  return {
    path: source.path,
    text: fix.text,
    rank: 2,
    summary: `Says ${fix.word} where ${name} was written, which is not there.`,
    assumes: [`${name} is a slip for ${fix.word}, the nearest name the compiler knows there`],
  }
}
