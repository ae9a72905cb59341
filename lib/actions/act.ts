import { createHash } from 'node:crypto'
import type { JSONValue } from 'postgres'
import type { z } from 'zod'
import type { Role, Who } from '../domain/person.ts'
import type { SealingKey } from '../domain/sealed.ts'
import { Fault, type FaultCode } from '../errors.ts'
import { isMember } from '../store/members.ts'
import { answerRequest, reserve } from '../store/requests.ts'
import type { Actor, Anchors, Auth } from '../world.ts'
import { subjectsOf } from './subject.ts'

/** What a person's decision may use: no port that changes the outside. */
export type Control = Pick<Actor, 'sql' | 'clock' | 'ring'> & {
  anchors: Anchors
  auth: Pick<Auth, 'kind' | 'again'>
  /** What credentials are sealed with before they are stored; without it none are. */
  sealing?: SealingKey[]
}

/** One thing a person can decide. */
export interface Verb<I> {
  roles: readonly Role[]
  input: z.ZodType<I>
  /** It is about no project, and members of any may ask for it. Otherwise what names no project is an owner's. */
  anywhere?: true
  /** Whether this needs the password again. */
  password?(world: Control, input: I): Promise<boolean>
  /** What came of it, or a Fault. */
  run(world: Control, who: Who, input: I): Promise<JSONValue>
}

export interface Order {
  /** The caller's own name for this request: the same key is the same request. */
  key: string | null
  body: unknown
  password: string | null
}

export interface Answer {
  status: number
  body: JSONValue
}

/**
 * The frame of every decision of a person: role → parse → member → password → once per key → decide. What was answered under a
 * key is answered again, refusals too; a wrong password uses up no key.
 */
export async function act<I>(world: Control, who: Who, name: string, verb: Verb<I>, order: Order): Promise<Answer> {
  try {
    if (!verb.roles.includes(who.role)) throw new Fault('ROLE_TOO_LOW', `${who.role} may not ${name}`)
    const parsed = verb.input.safeParse(order.body)
    if (!parsed.success) throw new Fault('MALFORMED', parsed.error.issues.map(inWords).join('; '))
    if (!verb.anywhere) await needMember(world, who, name, parsed.data)
    if (!order.key || !KEY.test(order.key)) throw new Fault('KEY_MISSING')
    if (await verb.password?.(world, parsed.data)) await needPassword(world, who, order.password)
    return await once(world, who, name, order.key, order.body, () => verb.run(world, who, parsed.data))
  } catch (error) {
    return faulted(error)
  }
}

const KEY = /^[\w-]{8,100}$/

/** Whoever is no member of a project is told what a stranger would be: that there is none. */
async function needMember({ sql }: Control, who: Who, name: string, input: unknown): Promise<void> {
  const subjects = await subjectsOf(sql, input)
  if (subjects.length === 0 && who.role !== 'owner') throw new Fault('ROLE_TOO_LOW', `${who.role} may not ${name}`)
  for (const { named, project } of subjects)
    if (project === null || !(await isMember(sql, who.person, project))) throw new Fault('NOT_FOUND', named)
}

/** That whoever decides is whoever signed in, proven once more. */
export async function needPassword(world: Pick<Control, 'auth'>, who: Who, password: string | null): Promise<void> {
  const proof = await world.auth.again(who, password)
  if (proof === 'limited') throw new Fault('TOO_MANY_TRIES')
  if (proof === 'proven') return
  const kept = world.auth.kind === 'owner'
  if (proof === 'needed') throw new Fault(kept ? 'PASSWORD_NEEDED' : 'PROOF_NEEDED')
  throw new Fault(kept ? 'PASSWORD_WRONG' : 'PROOF_WRONG')
}

async function once(
  { sql }: Control,
  who: Who,
  verb: string,
  key: string,
  body: unknown,
  run: () => Promise<JSONValue>,
): Promise<Answer> {
  const hash = createHash('sha256')
    .update(JSON.stringify([verb, body]))
    .digest('hex')
  const reserved = await reserve(sql, who.person, key, verb, hash)
  if (reserved.state === 'known') return { status: reserved.status, body: reserved.answer }
  if (reserved.state === 'other') throw new Fault('KEY_REUSED')
  if (reserved.state === 'busy') throw new Fault('IN_PROGRESS')
  const answer = await run().then((told): Answer => ({ status: 200, body: { ok: true, ...(told as object) } }), faulted)
  await answerRequest(sql, who.person, key, answer.status, answer.body)
  return answer
}

/** HTTP statuses of the catalogue's codes; anything else that can be named is a conflict with how things stand. */
const STATUS: Partial<Record<FaultCode, number>> = {
  MALFORMED: 400,
  KEY_MISSING: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  ROLE_TOO_LOW: 403,
  PASSWORD_WRONG: 403,
  PROOF_WRONG: 403,
  NOT_FOUND: 404,
  KEY_REUSED: 422,
  PASSWORD_NEEDED: 428,
  PROOF_NEEDED: 428,
  TOO_MANY_TRIES: 429,
}

/** A Fault as an answer; anything else is not ours to explain and goes on. */
export function faulted(error: unknown): Answer {
  if (!(error instanceof Fault)) throw error
  const { code, detail, remedy } = error
  const body = { ok: false, code, sentence: new Fault(code).message, detail, remedy }
  return { status: STATUS[code] ?? 409, body }
}

const inWords = ({ path, message }: { path: PropertyKey[]; message: string }): string =>
  `${path.map(String).join('.') || 'the body'}: ${message}`
