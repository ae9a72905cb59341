import { type Answer, needPassword } from '@/lib/actions/act.ts'
import type { Who } from '@/lib/domain/person.ts'
import { Fault } from '@/lib/errors.ts'
import { answered, orderOf, whoIs } from './guard.ts'
import { world } from './world.ts'

/**
 * What an owner does whose answer holds a credential: by the same guard as every decision, and beside its frame, which
 * keeps answers for repetitions. `password`: asked for again.
 */
export const byOwner = (
  request: Request,
  password: boolean,
  work: (who: Who, body: unknown) => Promise<object>,
): Promise<Response> =>
  answered(async (): Promise<Answer> => {
    const who = await whoIs(request)
    if (who.role !== 'owner') throw new Fault('ROLE_TOO_LOW', `${who.role} may not set this up`)
    const order = await orderOf(request)
    if (password) await needPassword(world(), who, order.password)
    return { status: 200, body: { ok: true, ...(await work(who, order.body)) } }
  })
