import { randomUUID } from 'node:crypto'
import type { JSONValue } from 'postgres'
import { z } from 'zod'
import { type GitAddress, gitAddress } from '../domain/gitAddress.ts'
import { usualUser } from '../domain/gitLogin.ts'
import type { Who } from '../domain/person.ts'
import type { Project } from '../domain/project.ts'
import { seal } from '../domain/sealed.ts'
import { hostKey, newSeed, publicLine } from '../domain/sshKey.ts'
import { Fault } from '../errors.ts'
import { endGitLogin, gitLogins, giveGitLogin, type NewLogin, trustGitHost } from '../store/gitLogins.ts'
import type { Control, Verb } from './act.ts'
import { known, ruled } from './ruled.ts'

const use = z.enum(['read', 'write']).default('write')
const project = z.string()

const Input = z.discriminatedUnion('what', [
  /** `fresh`: another one in place of the one there is. */
  z.strictObject({ what: z.literal('key'), project, use, fresh: z.boolean().default(false) }),
  z.strictObject({
    ...{ what: z.literal('token'), project, use },
    token: z.string().regex(/^[\x21-\x7e]{8,4000}$/, 'is a token without spaces'),
    user: z
      .string()
      .regex(/^[\w.@+-]{1,100}$/)
      .optional(),
  }),
  z.strictObject({ what: z.literal('trust'), project, key: z.string().max(3000) }),
  z.strictObject({ what: z.literal('forget'), project, use }),
])
type Input = z.infer<typeof Input>

/** How a project's repository is reached: a key made here, a token, or a host's key that somebody compared. */
export const connect: Verb<Input> = {
  roles: ['owner'],
  input: Input as z.ZodType<Input>,
  password: async () => true,
  async run(world, who, input) {
    const about = await known(world.sql, input.project)
    if (input.what === 'key') return key(world, who, about, input)
    if (input.what === 'token') return token(world, who, about, input)
    if (input.what === 'trust') return trust(world, who, about, input.key)
    const { answer } = ruled(await endGitLogin(world.sql, who, about.id, input.use))
    return { state: 'forgotten', answer, use: input.use }
  },
}

type Of<W extends Input['what']> = Extract<Input, { what: W }>

async function key(world: Control, who: Who, about: Project, input: Of<'key'>): Promise<JSONValue> {
  const { host } = elsewhere(about, 'ssh')
  const there = (await gitLogins(world.sql, about.id)).find((one) => one.use === input.use)
  if (there?.kind === 'key' && there.host === host && !input.fresh)
    return { state: 'key', answer: 'already', use: input.use, host, publicKey: there.publicKey }
  const seed = newSeed()
  const publicKey = publicLine(seed, `nightshift-${about.slug}-${input.use}`)
  const made = { use: input.use, kind: 'key' as const, host, username: '', publicKey }
  await keep(world, who, about, made, seed.toString('base64url'))
  return { state: 'key', answer: 'done', use: input.use, host, publicKey }
}

async function token(world: Control, who: Who, about: Project, input: Of<'token'>): Promise<JSONValue> {
  const { host } = elsewhere(about, 'https')
  const username = input.user ?? usualUser(host)
  await keep(world, who, about, { use: input.use, kind: 'token', host, username, publicKey: null }, input.token)
  return { state: 'token', answer: 'done', use: input.use, host, user: username }
}

async function keep(
  { sql, sealing = [] }: Control,
  who: Who,
  about: Project,
  login: Omit<NewLogin, 'id' | 'sealed'>,
  secret: string,
): Promise<void> {
  const [current] = sealing
  if (!current) throw new Fault('CREDENTIAL_SEALED', 'There is no ENCRYPTION_KEY, and nothing is kept unsealed.')
  const id = randomUUID()
  ruled(await giveGitLogin(sql, who, about.id, { ...login, id, sealed: seal(current, id, secret) }))
}

async function trust(world: Control, who: Who, about: Project, line: string): Promise<JSONValue> {
  const { host } = elsewhere(about, 'ssh')
  const shown = hostKey(line)
  if (!shown) throw new Fault('MALFORMED', 'key: is a host’s key, such as ssh-ed25519 AAAA…')
  const { fingerprint } = shown
  const { answer } = ruled(await trustGitHost(world.sql, who, about.id, { host, key: shown.line, fingerprint }))
  return { state: 'trusted', answer, host, fingerprint }
}

function elsewhere<K extends 'https' | 'ssh'>(about: Project, kind: K): Extract<GitAddress, { kind: K }> {
  const address = gitAddress(about.settings.repository)
  if (address?.kind === kind) return address as Extract<GitAddress, { kind: K }>
  const words = kind === 'ssh' ? 'ssh://git@host/path or git@host:path' : 'https://host/path'
  throw new Fault('REFUSED', `This takes a repository whose address is ${words}.`)
}
