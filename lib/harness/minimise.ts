import type { FixtureRequest } from '../domain/fixture.ts'
import type { HarnessResult, HarnessTask } from '../domain/replay.ts'
import { anonymise } from './anonymise.ts'
import { type Draft, draftOf, requestOf } from './draft.ts'
import { literalsOf } from './literals.ts'
import { failed } from './replay.ts'
import { openSession, type Session } from './session.ts'
import { type Red, shrink } from './shrink.ts'

type Minimise = Extract<HarnessTask, { kind: 'minimise' }>

/**
 * A fixture is made, not copied: the smallest request that still fails with the same fingerprint, with made-up values.
 * Many requests share one start of the app; the answer is tried again on a fresh one before it counts.
 */
export async function minimise(task: Minimise): Promise<HarnessResult> {
  const session = await openSession(task.app, task.tracked)
  if ('stage' in session) return failed(session)
  try {
    return await minimiseIn(session, task)
  } finally {
    await session.close()
  }
}

async function minimiseIn(session: Session, task: Minimise): Promise<HarnessResult> {
  const deadline = performance.now() + task.budgetMs
  let sent = 0
  const ask = async (request: FixtureRequest, quick: boolean): Promise<{ red: boolean; status: number }> => {
    if (!session.app().alive() && (await session.restart())) return { red: false, status: 0 }
    sent += 1
    const asked = await session.ask(request, quick)
    return { red: session.answer(asked).fingerprints.includes(task.fingerprint), status: asked.status }
  }
  const start = draftOf(task.request, task.keepHeaders)
  const first = await ask(requestOf(start), false)
  if (!first.red) return notReproduced(session, first.status)
  const failing = first.status === 0 || first.status >= 500
  // Past the budget nothing is red any more: what was not tried stays, and is named.
  const red: Red = async (draft) => {
    if (performance.now() > deadline) return false
    return (await ask(requestOf(draft), failing)).red
  }
  const known = await literalsOf(task.tracked)
  const small = await anonymise(await shrink(start, red), red, known)
  for (const { draft, kept } of [small, { draft: start, kept: await namesOf(start, known) }]) {
    const broken = await session.restart()
    if (broken) return failed(broken)
    const request = requestOf(draft)
    if ((await ask(request, false)).red) return { kind: 'minimise', request, kept, sent }
  }
  return notReproduced(session, 0)
}

/** Every value of a request: what has to be shown when nothing could be made up. */
const namesOf = async (draft: Draft, known: ReadonlySet<string>): Promise<string[]> =>
  (await anonymise(draft, async () => false, known)).kept

function notReproduced(session: Session, status: number): HarnessResult {
  const why = `the request does not fail with that fingerprint here (it was answered ${status})`
  return { kind: 'failed', stage: 'replay', why, output: session.app().output() }
}
