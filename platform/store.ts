import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeAtomically } from './atomic.ts'
import { openLog } from './log.ts'
import { type App, type Build, EMPTY, type Entry, findBuild, type State, type What } from './state.ts'

/** What happened, before it has a number and a time. */
export interface Fact {
  what: What
  app: string
  [fact: string]: unknown
}

export interface Store {
  /** The current state; a snapshot is never changed in place. */
  state(): State
  /** Changes the state and logs why, in one synchronous step: nothing runs between a check and its commit. */
  commit(fact: Fact, change: (state: State) => void): Entry
  /** Changes the state without a log entry. */
  save(change: (state: State) => void): void
  /** Entries of one app after a number, oldest first. */
  log(app: string, after: number, limit: number): Entry[]
}

/**
 * Opens `state.json` and `log.jsonl` in a folder.
 * The state is written first and carries its newest entry, so an entry the log missed is appended at the next start.
 */
export function openStore(folder: string): Store {
  const path = join(folder, 'state.json')
  let state: State = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : EMPTY
  const log = openLog(join(folder, 'log.jsonl'))
  const written = log.entries().at(-1)?.seq ?? 0
  if (state.last !== null && state.last.seq > written) log.append(state.last)

  function replace(change: (state: State) => void): State {
    const next = structuredClone(state)
    change(next)
    writeAtomically(path, JSON.stringify(next))
    state = next
    return next
  }

  return {
    state: () => state,
    commit(fact, change) {
      const entry: Entry = { seq: (state.last?.seq ?? 0) + 1, at: new Date().toISOString(), ...fact }
      replace((next) => {
        change(next)
        next.last = entry
      })
      log.append(entry)
      return entry
    },
    save: (change) => void replace(change),
    log: (app, after, limit) =>
      log
        .entries()
        .filter((entry) => entry.app === app && entry.seq > after)
        .slice(0, limit),
  }
}

/** A change to one build, for `commit`; the build must exist. */
export function onBuild(id: string, change: (build: Build, app: App) => void): (state: State) => void {
  return (state) => {
    const found = findBuild(state, id)
    if (!found) throw new Error(`no build ${id}`)
    change(found.build, found.app)
  }
}
