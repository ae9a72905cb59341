import type { DetectedRuntime, ListedFile } from '../../lib/domain/runtime.ts'
import { detect } from '../../lib/runtimes/detect.ts'

export type Texts = Record<string, string | object>

/** A listing from paths and texts; an object is written as JSON. */
export const listing = (texts: Texts): ListedFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, text: typeof text === 'string' ? text : JSON.stringify(text) }))

export interface Row {
  name: string
  files: Texts
  command?: string
  /** Of the first runtime. */
  is: Partial<Omit<DetectedRuntime, 'runners'>>
  /** `runner` or `runner/program`, in order. */
  runners: string[]
  /** Found in the first runner's reason. */
  why?: string
}

/** What a row's expectation is compared with. */
export function found({ files, command }: Row) {
  const [first] = detect(listing(files), command ?? null).runtimes
  const runners = first?.runners.map(({ runner, program }) => (runner === program ? runner : `${runner}/${program}`))
  return { first, runners, why: first?.runners[0]?.why ?? '' }
}

export const pkg = (scripts: Record<string, string>, devDependencies: string[] = [], more: object = {}): object => ({
  name: 'it',
  scripts,
  devDependencies: Object.fromEntries(devDependencies.map((name) => [name, '^1.0.0'])),
  ...more,
})
