import type { ErrorEvent } from '../../lib/domain/event.ts'
import type { FixtureRequest } from '../../lib/domain/fixture.ts'
import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { Spot } from '../../lib/domain/repair.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import { isNetwork } from '../../lib/parse/network.ts'
import { findingOf } from '../investigator/facts.ts'
import { cut } from '../quote.ts'
import type { Ground } from './ground.ts'

/** The error in the shape a failing test has, with the places that lie in this copy. */
export function targetOf({ texts }: Ground, { id, failure }: ErrorEvent): TestCase {
  const frames = failure.frames.flatMap(({ path, line, column, function: name }): Spot[] =>
    path !== null && line !== null && path in texts ? [{ path, line, column, function: name }] : [],
  )
  return {
    ...{ id: `event ${id}`, file: null, titles: [], state: 'failed', ms: null },
    failure: { type: failure.type, message: failure.message, expected: null, actual: null, frames },
  }
}

/** Why, from the event alone. */
export async function whyOf(ground: Ground, { failure }: ErrorEvent, target: TestCase): Promise<Finding> {
  const facts = await findingOf({ ...ground, goodBase: null }, [target], [])
  const first = facts.where[0]
  const what = `${failure.type}: ${failure.message.split('\n', 1)[0]?.slice(0, 200)}`
  if (isNetwork(failure.causes))
    return {
      ...facts,
      cause: 'no-code-cause',
      remedy: 'needs-person',
      why: `${what}: another host did not answer; no change of this code would help.`,
    }
  return {
    ...facts,
    why: first ? `${what}, at ${first.path}:${first.line}.` : `${what}: no place of its stack lies in this repository.`,
  }
}

const BODY_MAX = 1000

/** The same, with the request that shows it here: whoever repairs it has nothing else to go by. */
export function withRequest(finding: Finding, { method, path, body }: FixtureRequest): Finding {
  const sent = body === null ? '' : `, with the body ${cut(body, BODY_MAX)}`
  return { ...finding, why: `${finding.why} Sent to the app, ${method} ${path}${sent} fails so each time.` }
}
