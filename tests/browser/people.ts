import { createHash } from 'node:crypto'
import { sealData } from 'iron-session'
import { hashPassword } from '../../lib/actions/signIn.ts'
import type { Role } from '../../lib/domain/person.ts'
import type { ADesk } from './desk.ts'

export const PASSWORD = 'a password of a person'

/** Somebody with this role, and the cookie of their session, sealed as signing in seals it. */
export async function someone(desk: ADesk, role: Role): Promise<{ id: number; cookie: string }> {
  const hash = await hashPassword(PASSWORD)
  const [row] = await desk.admin<{ id: number }[]>`
    insert into nightshift.people (name, role, password_hash) values (${`Ada the ${role}`}, ${role}, ${hash}) returning id`
  const id = row?.id ?? 0
  await desk.admin`insert into nightshift.members (project, person) select id, ${id} from nightshift.projects`
  const stamp = createHash('sha256').update(hash).digest('hex').slice(0, 32)
  const seal = await sealData({ person: id, stamp }, { password: desk.stack.secrets.sessionSecret, ttl: 7 * 86_400 })
  return { id, cookie: `nightshift=${seal}` }
}

export interface Sent {
  verb: string
  method?: string
  /** Of a page of ours, with JSON and a key, unless said otherwise; null leaves one out. */
  headers?: Record<string, string | null>
  body?: unknown
}

let keys = 0

/** A request to the control room as a program would make it: browsers may not choose these headers, attackers may. */
export async function send(desk: ADesk, { verb, method = 'POST', headers = {}, body = {} }: Sent) {
  const all: Record<string, string | null> = {
    origin: desk.stack.url,
    'content-type': 'application/json',
    'idempotency-key': `key-${++keys}-xxxxxxx`,
    ...headers,
  }
  const sent = Object.entries(all).filter((header): header is [string, string] => header[1] !== null)
  const answer = await fetch(`${desk.stack.url}/api/control/${verb}`, {
    method,
    headers: sent,
    redirect: 'manual',
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown> }
}

export const password = (text: string): Record<string, string> => ({
  'nightshift-password': Buffer.from(text, 'utf8').toString('base64'),
})

/** What the server notes about itself, whoever asks for what. */
const OF_ITSELF = ['agent_ticks', 'heard', 'part_checks']

/** Every row of every table, as one value: two that are equal mean that nothing was written. */
export async function everything({ admin }: ADesk): Promise<string> {
  const tables = await admin<{ name: string }[]>`
    select tablename as name from pg_tables
    where schemaname = 'nightshift' and not tablename = any(${OF_ITSELF}) order by 1`
  const hashes = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from nightshift.${name} t`,
  )
  return JSON.stringify(await admin.unsafe(hashes.join(' union all ')))
}
