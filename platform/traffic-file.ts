import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from './atomic.ts'
import type { CountedRow } from './traffic.ts'

/** Days that are kept: a cure is asked about again after 30. */
export const KEPT_DAYS = 35

/** The current minute in one file that is replaced, finished minutes appended to one file a day and app. */
export interface TrafficFile {
  load(): { minute: string; rows: CountedRow[] }
  save(minute: string, rows: CountedRow[]): void
  finish(minute: string, rows: CountedRow[]): void
  /** Rows of finished minutes from a minute on. */
  read(app: string, from: string): Promise<CountedRow[]>
}

export function openTrafficFile(folder: string): TrafficFile {
  const current = join(folder, 'current.json')
  const dayFile = (app: string, day: string) => join(folder, `${day} ${app}.jsonl`)

  return {
    load() {
      if (!existsSync(current)) return { minute: '', rows: [] }
      return JSON.parse(readFileSync(current, 'utf8'))
    },
    save(minute, rows) {
      writeAtomically(current, JSON.stringify({ minute, rows }))
    },
    finish(minute, rows) {
      for (const row of rows) {
        // the newline comes first: a line cut short by a kill does not spoil the next one
        appendFileSync(dayFile(row.app, minute.slice(0, 10)), `\n${JSON.stringify(row)}`, { mode: 0o600 })
      }
      if (rows.length > 0) forget(folder, minute)
    },
    async read(app, from) {
      const found = new Map<string, CountedRow>()
      for (const name of readdirSync(folder).sort()) {
        if (!name.endsWith(` ${app}.jsonl`) || name.slice(0, 10) < from.slice(0, 10)) continue
        const lines = (await readFile(join(folder, name), 'utf8')).split('\n')
        for (const row of lines.flatMap(toRow)) {
          const key = [row.minute, row.environment, row.sha, row.route].join('\0')
          // after a kill a minute may be written twice; counts only grow, so the larger one is whole
          const more = row.requests >= (found.get(key)?.requests ?? 0)
          if (row.minute >= from && more) found.set(key, row)
        }
      }
      return [...found.values()]
    },
  }
}

/** A line cut short by a kill was never counted as finished: its minute is written again. */
function toRow(line: string): CountedRow[] {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}

function forget(folder: string, minute: string): void {
  const oldest = new Date(Date.parse(minute) - KEPT_DAYS * 86_400_000).toISOString().slice(0, 10)
  for (const name of readdirSync(folder)) {
    if (/^\d{4}-/.test(name) && name.slice(0, 10) < oldest) rmSync(join(folder, name))
  }
}
