import type { ISql } from 'postgres'
import { z } from 'zod'
import type { Who } from '../domain/person.ts'
import { type Interaction, interactionOf } from '../parse/slackRequest.ts'
import { fix as fixById } from '../store/fixes.ts'
import { anybodyByEmail, isLinked, type Person, personByEmail, personBySlack } from '../store/people.ts'
import { wakeNotices } from '../store/work.ts'
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

/**
 * Somebody as the control room knows them: by a link, which goes before everything else, or by the address that both sides
 * have verified. Null: neither.
 */
export async function whoInSlack(sql: ISql, user: string, chat: Pick<Chat, 'emailOf'>): Promise<Who | null> {
  const known = (await personBySlack(sql, user)) ?? (await byAddress(sql, user, chat))
  return known && { person: known.id, name: known.name, role: known.role, via: 'slack' }
}

/** Slack is not asked where nobody could be found; and whoever is linked to another member is no second one. */
async function byAddress(sql: ISql, user: string, chat: Pick<Chat, 'emailOf'>): Promise<Person | null> {
  const email = (await anybodyByEmail(sql)) ? await chat.emailOf(user) : null
  const person = email === null ? null : await personByEmail(sql, email)
  return person && !(await isLinked(sql, person.id)) ? person : null
}

/**
 * One press or one form, by the body of its request: decided through the frame of every decision, and answered to the one
 * who did it. Null: the body is none.
 */
export function interact(world: ChatControl, body: string): Promise<void> | null {
  const did = interactionOf(body)
  if (!did) return null
  return decided(world, did).catch(async (error: unknown) => {
    if (did.kind === 'pressed') await world.chat.say(did.replyTo, FAILED)
    throw error
  })
}

/** Our own trouble; what it was is in the log. */
const FAILED = 'That could not be done. Look at the control room, and try again.'

async function decided(world: ChatControl, did: Interaction): Promise<void> {
  const meant = meantBy(did)
  if (!meant) return
  const { verb, to, body, user, key, trigger } = meant
  const who = await whoInSlack(world.sql, user, world.chat)
  if (!who) return world.chat.say(to, unknownInWords(user))
  // Whoever may not is told so at once, not after having typed a reason.
  if (trigger !== null && VERBS[verb].roles.includes(who.role))
    return world.chat.askWhy(trigger, JSON.stringify({ fix: body.fix, to }))
  await world.chat.say(to, answerInWords(await decideFix(world, who, verb, key, body)))
}

/** Decides about a fix. The message that asked for it is changed by whoever holds the channels. */
export async function decideFix(
  world: Control,
  who: Who,
  verb: 'approve' | 'reject',
  key: string,
  body: { fix: string } & Record<string, unknown>,
): Promise<Answer> {
  const answer = await decide(world, who, verb, key, body)
  const fix = await fixById(world.sql, body.fix)
  if (fix) await wakeNotices(world.sql, fix.project)
  world.ring('releaser')
  return answer
}

interface Meant {
  verb: 'approve' | 'reject'
  user: string
  /** Where whoever did it is answered. */
  to: string
  body: { fix: string } & Record<string, unknown>
  key: string
  /** Lets the form be opened that asks for a reason; null: there is nothing to ask. */
  trigger: string | null
}

/** What a press or a form of ours asks for; null: nothing, as with a link. */
function meantBy(did: Interaction): Meant | null {
  if (did.kind === 'pressed' && (did.action === 'approve' || did.action === 'reject')) {
    const { user, action: verb, replyTo: to, key } = did
    const value = Value.safeParse(did.value)
    if (!value.success) return null
    if (verb === 'approve') return { verb, user, to, key, body: value.data, trigger: null }
    return { verb, user, to, key, body: { fix: value.data.fix, why: 'no reason yet' }, trigger: did.trigger }
  }
  if (did.kind !== 'submitted' || did.form !== 'reject') return null
  const about = Rejecting.safeParse(did.about)
  if (!about.success) return null
  const { fix, to } = about.data
  return { verb: 'reject', user: did.user, to, key: did.key, body: { fix, why: did.text }, trigger: null }
}

/** No password ever comes this way: what needs one again is refused in words. */
export const decide = (world: Control, who: Who, verb: VerbName, key: string, body: object): Promise<Answer> =>
  act(world, who, verb, VERBS[verb] as Verb<unknown>, { key, body, password: null })
