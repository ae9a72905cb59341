import { expect, test } from 'vitest'
import { sender } from '../../components/request.ts'

interface Heard {
  url: string
  body: string
  headers: Headers
}

/** A control room with behaviour: it keeps what it heard, and answers, is silent, or breaks in the ways real ones do. */
type Mood = number | 'lost' | 'html' | { status: number; body: object }

function room(moods: Mood[]) {
  const heard: Heard[] = []
  const ask: typeof fetch = async (url, init) => {
    heard.push({ url: String(url), body: String(init?.body), headers: new Headers(init?.headers) })
    const mood = moods[heard.length - 1] ?? 200
    if (mood === 'lost') throw new TypeError('Failed to fetch')
    if (mood === 'html') return new Response('<h1>Bad gateway</h1>', { status: 502 })
    if (typeof mood === 'object') return Response.json(mood.body, { status: mood.status })
    return Response.json({ ok: mood < 400, code: 'REFUSED' }, { status: mood })
  }
  const keys = () => heard.map(({ headers }) => headers.get('idempotency-key'))
  return { send: sender(ask), heard, keys }
}

const BODY = { project: 'clinic' }

test('a decision goes to its verb as JSON with a key of its own, and the password beside the body', async () => {
  const { send, heard } = room([200])
  expect(await send('resume', BODY, 'grüne Tür')).toEqual({ status: 200, body: { ok: true, code: 'REFUSED' } })
  expect(heard[0]).toMatchObject({ url: '/api/control/resume', body: '{"project":"clinic"}' })
  expect(heard[0]?.headers.get('content-type')).toBe('application/json')
  expect(heard[0]?.headers.get('idempotency-key')).toMatch(/^[\w-]{36}$/)
  const given = heard[0]?.headers.get('nightshift-password') ?? ''
  expect(Buffer.from(given, 'base64').toString('utf8')).toBe('grüne Tür')
})

test('without a password none is sent', async () => {
  const { send, heard } = room([200])
  await send('pause', BODY, null)
  expect(heard[0]?.headers.has('nightshift-password')).toBe(false)
})

test.each<[string, Mood]>([
  ['done', 200],
  ['refused', 409],
  ['malformed', 400],
])('once it is known that it was %s, the next one is a new request', async (_, mood) => {
  const { send, keys } = room([mood])
  expect((await send('pause', BODY, null))?.status).toBe(mood)
  await send('pause', BODY, null)
  expect(new Set(keys()).size).toBe(2)
})

test.each<[string, Mood]>([
  ['the network lost it', 'lost'],
  ['something between answered', 'html'],
  ['the server fell', { status: 500, body: { ok: false } }],
  ['it answered something else', { status: 200, body: [] }],
])('when %s, nobody knows, and sending it again is the same request', async (_, mood) => {
  const { send, keys } = room([mood])
  expect(await send('pause', BODY, null)).toBeNull()
  await send('pause', BODY, null)
  expect(new Set(keys()).size).toBe(1)
})

test('while the same request is being answered it stays the same request', async () => {
  const { send, keys } = room([{ status: 409, body: { ok: false, code: 'IN_PROGRESS' } }])
  await send('pause', BODY, null)
  await send('pause', BODY, null)
  expect(new Set(keys()).size).toBe(1)
})

test('what was typed anew after a lost answer is a new request: the key never stands for two', async () => {
  const { send, keys } = room(['lost', 'lost', 'lost'])
  await send('pause', { ...BODY, why: 'a' }, null)
  await send('pause', { ...BODY, why: 'b' }, null)
  await send('pause', { ...BODY, why: 'b' }, null)
  expect(new Set(keys()).size).toBe(2)
  expect(keys()[1]).toBe(keys()[2])
})
