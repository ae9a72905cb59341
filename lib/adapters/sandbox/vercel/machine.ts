import { randomUUID } from 'node:crypto'
import { Sandbox, type Session } from '@vercel/sandbox'
import { Fault } from '../../../errors.ts'
import { asked, inForce, type Policy } from './policy.ts'
import { isGone, isTaken, trouble } from './trouble.ts'

/** Whose machines they are. */
export interface Account {
  token: string
  teamId: string
  projectId: string
  /** Where the service answers; Vercel's own address when absent. */
  url?: string
}

interface MachinePlan {
  /** Unique: a creation whose answer got lost is asked for by it. */
  name: string
  from: { image: string } | { snapshot: string }
  policy: Policy
  /** Milliseconds after which the service ends it, whoever has forgotten it. */
  timeoutMs: number
  /** Whose it is, where others are to find it again: a machine of the name with this tag is taken for the one asked for. */
  by?: string
}

/** One virtual machine, from its creation to its end. */
export interface Machine {
  sandbox: Sandbox
  /** Its only session. Never the sandbox's own methods, which start a machine that has ended anew. */
  session: Session
  /** Stops it, whatever happened before; never throws. */
  close(): Promise<void>
}

const CALL_MS = 60_000
const STOP_MS = 20_000

/** An end for every call; the service's own are measured in minutes. */
export const within = (ms = CALL_MS) => ({ signal: AbortSignal.timeout(ms) })

/** Asks again what may be asked twice. A body that breaks off is not retried by the SDK. */
export async function again<T>(call: () => Promise<T>, times = 3): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (times <= 1 || isGone(error)) throw error
    return again(call, times - 1)
  }
}

/** The one address the SDK knows. */
const VERCEL = /^https:\/\/vercel\.com(?=\/)/

/** The SDK names who drives the process in its requests; that is nobody's business. It holds its own connections, which know TLS alone. */
const discreet =
  (url: string | undefined): typeof globalThis.fetch =>
  (input, init) => {
    const told = { ...init, headers: { ...(init?.headers as Record<string, string>), 'user-agent': 'nightshift' } }
    if (url === undefined) return fetch(input, told)
    return fetch(String(input).replace(VERCEL, url), { ...told, dispatcher: undefined } as RequestInit)
  }

export const login = ({ token, teamId, projectId, url }: Account) => ({
  ...{ token, teamId, projectId },
  fetch: discreet(url),
})

const find = (account: Account, name: string) =>
  again(() => Sandbox.get({ ...login(account), name, resume: false, ...within() }))

/** An answer that never came says nothing about the machine: it is looked for by its name before it is given up. */
async function createOrFind(account: Account, plan: MachinePlan): Promise<Sandbox> {
  const { name, from, policy, timeoutMs } = plan
  const source =
    'image' in from ? { image: from.image } : { source: { type: 'snapshot' as const, snapshotId: from.snapshot } }
  const by = plan.by ?? randomUUID()
  const wanted = { name, timeout: timeoutMs, persistent: false, resources: { vcpus: 2 }, env: {}, tags: { by } }
  const create = () =>
    Sandbox.create({ ...login(account), ...wanted, ...source, networkPolicy: asked(policy), ...within() })
  try {
    return await create()
  } catch (error) {
    if (isGone(error)) throw error
    const made = await find(account, name).catch(() => null)
    if (made?.tags?.by === by && isAtWork(made)) return made
    // Somebody else's, still at work, or what is left of one that failed.
    if (!made || isAtWork(made)) throw error
    await made.delete(within(STOP_MS))
    return create()
  }
}

const isAtWork = ({ status }: Sandbox): boolean => ['running', 'pending', 'snapshotting', 'stopping'].includes(status)

/** The machine of a name that runs and is `by`'s, whoever made it; null where there is none any more. */
export async function findMachine(account: Account, name: string, by: string): Promise<Machine | null> {
  const sandbox = await find(account, name).catch((error: unknown) => {
    if (isGone(error)) return null
    throw trouble('looking for a machine', error)
  })
  if (sandbox?.status !== 'running' || sandbox.tags?.by !== by) return null
  return { sandbox, session: sandbox.currentSession(), close: () => close(sandbox) }
}

async function close(sandbox: Sandbox): Promise<void> {
  await again(() => sandbox.stop(within(STOP_MS)), 2).catch(() => undefined)
  // Also what is left of it: a stopped one keeps its name. Where both fail, its own time ends it.
  await again(() => sandbox.delete(within(STOP_MS)), 2).catch(() => undefined)
}

/**
 * A machine with exactly this network policy, as the service itself says. One it does not say it of is stopped at once.
 * Throws `SANDBOX_UNAVAILABLE`; the service's own error where a snapshot is gone (`isGone`) or the name taken (`isTaken`).
 */
export async function openMachine(account: Account, plan: MachinePlan): Promise<Machine> {
  const sandbox = await createOrFind(account, plan).catch((error: unknown) => {
    throw isGone(error) || isTaken(error) ? error : trouble('creating a machine', error)
  })
  const machine = { sandbox, session: sandbox.currentSession(), close: () => close(sandbox) }
  try {
    await verify(account, sandbox, plan)
    return machine
  } catch (error) {
    await machine.close()
    throw trouble('reading its network policy', error)
  }
}

async function verify(account: Account, sandbox: Sandbox, { name, policy }: MachinePlan): Promise<void> {
  const told = inForce(sandbox, policy) ?? inForce(await find(account, name), policy)
  if (told) return
  const what =
    told === null ? 'The service does not say which network policy is in force' : 'Another network policy is in force'
  throw new Fault('SANDBOX_UNAVAILABLE', `${what}; nothing is run in such a machine.`)
}

/** Takes the network from a running machine, before what it holds is kept. */
export async function shut(account: Account, { sandbox, session }: Machine): Promise<void> {
  await again(() => session.update({ networkPolicy: 'deny-all' }, within()))
  const mode = (session.networkPolicy as { mode?: string } | undefined)?.mode
  if (mode !== undefined ? mode === 'deny-all' : inForce(await find(account, sandbox.name), { hosts: [] })) return
  throw new Fault('SANDBOX_UNAVAILABLE', 'The network of a machine could not be shut.')
}
