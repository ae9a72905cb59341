import type { FixtureRequest } from '../domain/fixture.ts'
import type { Answer, HarnessResult, HarnessTask } from '../domain/replay.ts'
import type { AppFailure } from './app.ts'
import { type Asked, openSession, type Session } from './session.ts'

type Replay = Extract<HarnessTask, { kind: 'replay' }>

/**
 * Sends the requests in order to one freshly prepared app, then the smoke set to another, so that neither is read
 * through the rows the other has written.
 */
export async function replay(task: Replay): Promise<HarnessResult> {
  const session = await openSession(task.app, task.tracked)
  if ('stage' in session) return failed(session)
  try {
    const { startedMs } = session.app()
    const answers = await askAll(session, task.requests)
    if (task.smoke.length > 0 && task.requests.length > 0) {
      const broken = await session.restart()
      if (broken) return failed(broken)
    }
    const smoke = await askAll(session, task.smoke)
    return { kind: 'replay', answers, smoke, startedMs }
  } finally {
    await session.close()
  }
}

/** An app that has died answers 0 to the rest: starting it again would take away the scene the first ones set. */
async function askAll(session: Session, requests: FixtureRequest[]): Promise<Answer[]> {
  const asked: Asked[] = []
  for (const request of requests) asked.push(await session.ask(request))
  return asked.map((one) => session.answer(one))
}

export const failed = (failure: AppFailure): HarnessResult => ({ kind: 'failed', ...failure })
