import type { File, Tree } from './trees.ts'

/** What one word of a path is known to be; the oracle knows nothing else of the gate. */
const FOLDERS = {
  free: 'src lib app utils components author sessions billing-plan webhook pages data oauth (shop) [id]'.split(' '),
  protected: 'migrations auth login session billing stripe (payment) [invoice] .git .gitea .husky .cursor'.split(' '),
}
const NAMES = {
  free: 'index.ts page.tsx author.ts readme.md config.ts main.go client.py queries.sql'.split(' '),
  protected:
    'vercel.json Dockerfile next.config.mjs tsconfig.json middleware.ts .env.local AGENTS.md nightshift.json stripe.ts .npmrc CODEOWNERS'.split(
      ' ',
    ),
  approved: 'package.json yarn.lock'.split(' '),
  test: 'a.test.ts b.spec.ts c_test.go'.split(' '),
}
type Kind = keyof typeof NAMES

/** The same numbers for the same seed. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export interface Pair {
  base: Tree
  head: Tree
  kinds: Map<string, Kind>
}

/** Two trees that differ in a few files; what each path is, is known from how it was put together. */
export function pair(seed: number): Pair {
  const next = numbers(seed)
  const one = <T>(list: T[]): T => list[next(list.length)]!
  const kinds = new Map<string, Kind>()
  const path = (): string => {
    const folders = Array.from({ length: next(4) }, () => one(next(16) ? FOLDERS.free : FOLDERS.protected))
    const kind = one<Kind>(['free', 'free', 'free', 'free', 'free', 'free', 'protected', 'approved', 'test'])
    const name = next(16) ? one(NAMES[kind]) : one(NAMES[kind]).toUpperCase()
    const whole = [...folders, name].join('/')
    kinds.set(whole, folders.some((folder) => FOLDERS.protected.includes(folder)) ? 'protected' : kind)
    return whole
  }
  const text = (): string => `${next(1000)}\n`
  const base: Tree = {}
  for (let i = next(12); i >= 0; i--) base[path()] = next(24) ? text() : { mode: one(MODES), bytes: text() }
  const head: Tree = { ...base }
  for (let i = next(5); i > 0; i--) {
    const way = next(12)
    const known = one(Object.keys(base))
    if (way < 6) head[known] = text()
    else if (way < 9) head[path()] = text()
    else if (way === 9) delete head[known]
    else head[next(2) ? known : path()] = { mode: one(MODES), bytes: text() }
  }
  if (!next(20)) for (let i = 0; i < 11; i++) head[path()] = text()
  return { base, head, kinds }
}

const MODES = ['100644', '100755', '120000', '160000']
const modeOf = (file: string | File): string => (typeof file === 'string' ? '100644' : (file.mode ?? '100644'))
const same = (a: string | File, b: string | File): boolean => JSON.stringify(full(a)) === JSON.stringify(full(b))
const full = (file: string | File) => [modeOf(file), typeof file === 'string' ? file : file.bytes]

/** What the design says about the pair, read off the trees in the plainest way. */
export function oracle({ base, head, kinds }: Pair): 'pass' | 'needs-approval' | 'refused' {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])]
  const touched = paths.filter((path) => !(path in base && path in head && same(base[path]!, head[path]!)))
  if (touched.length === 0 || touched.length > 10) return 'refused'
  let answer: 'pass' | 'needs-approval' = 'pass'
  for (const path of touched) {
    if (!(path in head) || modeOf(head[path]!) !== '100644') return 'refused'
    if (path in base && modeOf(base[path]!) !== '100644') return 'refused'
    const kind = kinds.get(path)!
    if (kind === 'protected' || (kind === 'test' && path in base)) return 'refused'
    if (Object.keys(head).some((other) => other !== path && other.toLowerCase() === path.toLowerCase()))
      return 'refused'
    if (kind === 'approved') answer = 'needs-approval'
  }
  return answer
}
