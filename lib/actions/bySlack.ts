import type { ISql } from 'postgres'
import { z } from 'zod'
import type { Who } from '../domain/person.ts'
import type { Interaction } from '../parse/slackRequest.ts'
import { personBySlack } from '../store/people.ts'
import type { Chat } from '../world.ts'
import { type Answer, act, type Control, type Verb } from './act.ts'
import { answerInWords, unknownInWords } from './chatWords.ts'
import { VERBS, type VerbName } from './control.ts'

/** Deciding from a chat: the same verbs, and what answers whoever pressed. */
export type ChatControl = Control & { chat: Chat }

const Value = z.strictObject({
  fix: z.string(),
  tree: z.string(),
  target: z.string(),
  policyVersion: z.number(),
})
const Rejecting = z.strictObject({ fix: z.string(), to: z.string() })

/** Somebody as the control room knows them; null: nobody linked them. */
export async function whoInSlack(sql: ISql, user: string): Promise<Who | null> {
  const known = await personBySlack(sql, user)
  return known && { person: known.id, name: known.name, role: known.role, via: 'slack' }
}

/** One press or one form: decided through the frame of every decision, and answered to the one who did it. */
export async function interact(world: ChatControl, did: Interaction): Promise<void> {
  if (did.kind === 'pressed' && did.action === 'approve') {
    const value = Value.safeParse(did.value)
    if (value.success)
      await answer(world, did.user, did.replyTo, (who) => decide(world, who, 'approve', did.key, value.data))
  }
  if (did.kind === 'pressed' && did.action === 'reject') {
    const value = Value.safeParse(did.value)
    if (value.success) await askWhy(world, did, value.data.fix)
  }
  if (did.kind === 'submitted' && did.form === 'reject') {
    const about = Rejecting.safeParse(did.about)
    if (!about.success) return
    const { fix, to } = about.data
    await answer(world, did.user, to, (who) => decide(world, who, 'reject', did.key, { fix, why: did.text }))
  }
}

/** Whoever may not reject is told so at once, not after having typed a reason. */
async function askWhy(world: ChatControl, did: Extract<Interaction, { kind: 'pressed' }>, fix: string): Promise<void> {
  const who = await whoInSlack(world.sql, did.user)
  if (who && VERBS.reject.roles.includes(who.role))
    return world.chat.askWhy(did.trigger, JSON.stringify({ fix, to: did.replyTo }))
  // The frame's own no.
  await answer(world, did.user, did.replyTo, (known) => decide(world, known, 'reject', did.key, { fix, why: 'no' }))
}

async function answer(
  world: ChatControl,
  user: string,
  to: string,
  decide: (who: Who) => Promise<Answer>,
): Promise<void> {
  const who = await whoInSlack(world.sql, user)
  await world.chat.say(to, who ? answerInWords(await decide(who)) : unknownInWords(user))
}

/** No password ever comes this way: what needs one again is refused in words. */
export const decide = (world: Control, who: Who, verb: VerbName, key: string, body: object): Promise<Answer> =>
  act(world, who, verb, VERBS[verb] as Verb<unknown>, { key, body, password: null })
