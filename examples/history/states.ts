import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PLAN, type Planned } from './plan.ts'

/** Paths and contents of one commit's tree. */
export type Files = Map<string, string>

export const CLINIC = join(import.meta.dirname, '../clinic')

const ROUTES = 'src/routes.ts'

/** Each planned commit with its whole tree. */
export function statesOf(plan: Planned[] = PLAN): { planned: Planned; files: Files }[] {
  const files: Files = new Map()
  return plan.map((planned) => {
    for (const path of planned.files) files.set(path, versionOf(planned.slug, path))
    files.set(ROUTES, routesFor(readFileSync(join(CLINIC, ROUTES), 'utf8'), files))
    return { planned, files: new Map(files) }
  })
}

function versionOf(slug: string, path: string): string {
  const earlier = join(import.meta.dirname, slug, path)
  return readFileSync(existsSync(earlier) ? earlier : join(CLINIC, path), 'utf8')
}

/** The route table as it stood when only `files` were there: without the handlers nobody had written yet. */
export function routesFor(table: string, files: Files): string {
  const written = [...files].filter(([path]) => path !== ROUTES).map(([, text]) => text)
  const isWritten = (name: string) =>
    written.some((text) => new RegExp(`export (async )?function ${name}\\b`).test(text))
  const missing = new Set<string>()

  const lines = table.split('\n').map((line) => {
    const names = line.match(/^import \{ (.+) \} from/)?.[1]
    if (names) {
      const [there, absent] = split(names.split(', '), isWritten)
      for (const name of absent) missing.add(name)
      return there.length === 0 ? null : line.replace(names, there.join(', '))
    }
    const handler = line.match(/^ {2}route\('[^']+', (\w+)\),$/)?.[1]
    return handler && missing.has(handler) ? null : line
  })
  return lines.filter((line) => line !== null).join('\n')
}

function split(names: string[], isWritten: (name: string) => boolean): [string[], string[]] {
  return [names.filter(isWritten), names.filter((name) => !isWritten(name))]
}
