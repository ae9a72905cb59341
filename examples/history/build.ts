import { existsSync } from 'node:fs'
import { git } from './git.ts'
import { AUTHORS, type Planned } from './plan.ts'
import { renameText } from './rename.ts'
import { type Files, statesOf } from './states.ts'

const DAY = 86_400
/** The history's length in days. */
const SPAN = 28

export interface Built {
  /** Head of `main` and of `staging`, 40 hex digits. */
  main: string
  /** All commits, oldest first. */
  commits: string[]
}

interface Options {
  /** Path of the bare repository to make; must not exist. */
  into: string
  /** Words to replace in contents, paths and messages: see `renameText`. */
  rename?: Record<string, string>
  /** The history ends on the day before this one (UTC); the default keeps the commits' names the same for ever. */
  now?: Date
}

/** Makes a bare repository holding the sample app with its four weeks of history, on `main` and `staging`. */
export async function buildClinic({ into, rename, now = new Date('2026-11-20T00:00:00Z') }: Options): Promise<Built> {
  if (existsSync(into)) throw new Error(`${into} is there already`)
  const states = statesOf()
  const midnight = Math.floor(now.getTime() / 1000 / DAY) * DAY
  const stream = states.map(({ planned, files }, index) => {
    return commitOf(planned, files, timeOf(index, states.length, midnight), rename)
  })
  git(into, ['init', '--bare', '--quiet', '--template=', '--initial-branch=main', into])
  git(into, ['fast-import', '--quiet', '--date-format=raw'], stream.join(''))
  const main = git(into, ['rev-parse', 'refs/heads/main'])
  git(into, ['update-ref', 'refs/heads/staging', main])
  return { main, commits: git(into, ['rev-list', '--reverse', 'main']).split('\n') }
}

/** Seconds since 1970 of a commit: days apart, in office hours. */
function timeOf(index: number, count: number, midnight: number): number {
  const day = midnight - SPAN * DAY + Math.floor((index * SPAN) / count) * DAY
  return day + (9 + ((index * 5) % 8)) * 3600 + ((index * 17) % 60) * 60
}

/** One commit as `git fast-import` reads it, with its whole tree. */
function commitOf(planned: Planned, files: Files, seconds: number, words?: Record<string, string>): string {
  const who = `${AUTHORS[planned.author]} ${seconds} +0000`
  const head = `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\n${data(renameText(planned.message, words))}`
  const tree = [...files].map(([path, text]) => {
    // The names in a lockfile are other people's.
    const renamed = path === 'package-lock.json' ? text : renameText(text, words)
    return `M 100644 inline ${renameText(path, words)}\n${data(renamed)}`
  })
  return `${head}deleteall\n${tree.join('')}\n`
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}
