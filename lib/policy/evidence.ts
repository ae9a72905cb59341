import type { Evidence } from '../domain/hypothesis.ts'
import type { TestRun } from '../domain/testRun.ts'

/** What evidence may point at. */
export interface EvidenceFacts {
  texts: Record<string, string>
  runs: TestRun[]
  /** Full shas of the repository's commits that were asked for. */
  commits: ReadonlySet<string>
  events: ReadonlySet<string>
}

const FORMS = 'line:<path>:<number>, test:<id>, frame:<number>:<test id>, commit:<sha>, event:<id>'

/** `line:src/a.ts:12` and its like, as a model writes them (a frame's test with or without its own prefix); null when it is none of them. */
export function evidenceOf(text: string): Evidence | null {
  const [, kind, rest = ''] = /^(line|test|frame|commit|event):(.+)$/s.exec(text) ?? []
  if (kind === 'line') {
    const [, path, line] = /^(.+):(\d{1,7})$/.exec(rest) ?? []
    return path && line ? { kind, path, line: Number(line) } : null
  }
  if (kind === 'frame') {
    const [, index, test] = /^(\d{1,3}):(?:test:)?(.+)$/s.exec(rest) ?? []
    return index && test ? { kind, test, index: Number(index) } : null
  }
  if (kind === 'commit') return /^[0-9a-f]{7,64}$/.test(rest) ? { kind, sha: rest } : null
  if (kind === 'test' || kind === 'event') return { kind, id: rest }
  return null
}

/** Why evidence leads nowhere, in words; null when it leads to something. */
export function unresolved(text: string, facts: EvidenceFacts): string | null {
  const evidence = evidenceOf(text)
  if (!evidence) return `${JSON.stringify(text.slice(0, 80))} is no evidence; it is one of ${FORMS}`
  const tests = facts.runs.flatMap((run) => run.tests)
  switch (evidence.kind) {
    case 'line': {
      const file = Object.hasOwn(facts.texts, evidence.path) ? facts.texts[evidence.path] : undefined
      if (file === undefined) return `there is no file ${evidence.path}`
      const lines = file.split('\n').length
      return evidence.line >= 1 && evidence.line <= lines
        ? null
        : `${evidence.path} has ${lines} lines, not ${evidence.line}`
    }
    case 'test':
      return tests.some(({ id }) => id === evidence.id) ? null : `no test ${evidence.id} ran`
    case 'frame': {
      const failure = tests.find(({ id, failure }) => id === evidence.test && failure)?.failure
      if (!failure) return `no test ${evidence.test} failed`
      return failure.frames[evidence.index] ? null : `its stack has ${failure.frames.length} places of the repository`
    }
    case 'commit':
      return [...facts.commits].some((sha) => sha.startsWith(evidence.sha))
        ? null
        : `there is no commit ${evidence.sha}`
    case 'event':
      return facts.events.has(evidence.id) ? null : `there is no event ${evidence.id}`
  }
}
