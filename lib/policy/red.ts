import type { TestCase, TestFailure, TestRun } from '../domain/testRun.ts'
import { type Elsewhere, elsewhere } from './elsewhere.ts'
import { signatureOf } from './signature.ts'

export interface Red {
  /** Failing in every run, with the same signature, for a reason that lies in this code. */
  targets: TestCase[]
  /** Passing in every run. */
  stable: string[]
  /** Ended differently in runs of the same tree: they count for nothing. */
  flickering: string[]
  /** Failing for a reason outside this code, which, and the line that says so. */
  outside: { id: string; why: Elsewhere; said: string }[]
  /** Failing in every run too, and not what was asked about: known, and nobody's to repair here. */
  unasked: string[]
}

/**
 * What runs of one and the same tree say together. `own` answers whether the repository holds a module of that name,
 * `isMeant` whether a failing test is one that is to be repaired.
 */
export function redOf(runs: TestRun[], own: (module: string) => boolean, isMeant = (_id: string) => true): Red {
  const byId = new Map<string, TestCase[]>()
  for (const run of runs) for (const test of run.tests) byId.set(test.id, [...(byId.get(test.id) ?? []), test])
  const red: Red = { targets: [], stable: [], flickering: [], outside: [], unasked: [] }
  for (const [id, seen] of byId) {
    const states = new Set(seen.map((test) => test.state))
    const first = seen[0]!
    if (seen.length < runs.length || states.size > 1) red.flickering.push(id)
    else if (first.state === 'passed') red.stable.push(id)
    else if (first.state === 'failed') {
      const why = first.failure && elsewhere(first.failure, own)
      if (why) red.outside.push({ id, why, said: saidIn(first.failure!, own) })
      else if (new Set(seen.map(signed)).size > 1) red.flickering.push(id)
      else if (isMeant(id)) red.targets.push(first)
      else red.unasked.push(id)
    }
  }
  return red
}

/** Bytes of a line that a person is told. */
const MOST_SAID = 200

function saidIn(failure: TestFailure, own: (module: string) => boolean): string {
  const lines = failure.message.split('\n').map((line) => line.trim())
  const telling = lines.find((message) => elsewhere({ ...failure, message }, own))
  return (telling ?? lines[0] ?? '').slice(0, MOST_SAID)
}

const signed = ({ failure }: TestCase): string => (failure ? signatureOf(failure) : '')
