import { isSealedState, sealedState } from './sealedState.ts'
import { visitor } from './session.ts'
import { world } from './world.ts'

/**
 * A text that goes along to another site and comes back: it holds for one session, one purpose and an hour, so that what
 * somebody else began cannot be ended here.
 */
export const stateFor = async (purpose: string): Promise<string> => sealedState(await begun(purpose), Date.now())

export const isState = async (purpose: string, state: string): Promise<boolean> =>
  isSealedState(await begun(purpose), state, Date.now())

/** Of whichever way people sign in here; nobody's session holds no state. */
const begun = async (purpose: string) => ({
  ...{ secret: world().config.sessionSecret, purpose },
  session: (await visitor())?.session ?? '',
})
