import type { ISql, JSONValue } from 'postgres'

/** `new`: go ahead. `known`: this was answered. `busy`: it is being answered. `other`: the key stands for another request. */
export type Reserved = { state: 'new' | 'busy' | 'other' } | { state: 'known'; status: number; answer: JSONValue }

/** A request that never got its answer, its process having ended, may be made again after this long. */
const ABANDONED_SECONDS = 60

/** Reserves a person's key for one request. */
export async function reserve(sql: ISql, person: number, key: string, verb: string, hash: string): Promise<Reserved> {
  const made = await sql`
    insert into requests (person, key, verb, hash) values (${person}, ${key}, ${verb}, ${hash})
    on conflict (person, key) do update set at = clock_timestamp()
      where requests.status is null and requests.hash = excluded.hash
        and requests.at < clock_timestamp() - make_interval(secs => ${ABANDONED_SECONDS})
    returning 1`
  if (made.length === 1) return { state: 'new' }
  const [row] = await sql<{ hash: string; status: number | null; answer: JSONValue }[]>`
    select hash, status, answer from requests where person = ${person} and key = ${key}`
  if (row?.hash !== hash) return { state: 'other' }
  return row.status === null ? { state: 'busy' } : { state: 'known', status: row.status, answer: row.answer }
}

export async function answerRequest(sql: ISql, person: number, key: string, status: number, answer: JSONValue) {
  await sql`update requests set status = ${status}, answer = ${sql.json(answer)} where person = ${person} and key = ${key}`
}
