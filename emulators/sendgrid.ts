import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bodyOf, type Fault, type Reply, troubled } from './trouble.ts'

export interface EmulatedMail {
  to: string
  from: string
  subject: string
  /** By type, in the order they were given. */
  content: { type: string; value: string }[]
  customArgs: Record<string, string>
  headers: Record<string, string>
  clickTracking: boolean
}

/** The mail API of SendGrid in memory: what it accepted, in order, one entry a recipient. */
export interface EmulatedSendGrid {
  url: string
  key: string
  mails: EmulatedMail[]
  /** Whoever may be a sender; null: anybody. */
  senders: string[] | null
  /** Calls, answered or not. */
  calls: number
  faults: Fault[]
  close(): Promise<void>
}

export async function emulateSendGrid(): Promise<EmulatedSendGrid> {
  const server = createServer((request, response) => void serve(far, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const far: EmulatedSendGrid = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ...{ key: 'SG.of-the-emulated-account', senders: null, mails: [], calls: 0, faults: [] },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return far
}

async function serve(far: EmulatedSendGrid, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await bodyOf(request)
  far.calls += 1
  await troubled(far.faults, `${request.method} ${request.url}`, response, () => {
    if (request.headers.authorization !== `Bearer ${far.key}`)
      return no(401, 'The provided authorization grant is invalid')
    if (request.method !== 'POST' || request.url !== '/v3/mail/send') return no(404, 'not found')
    return accept(far, text)
  })
}

const no = (status: number, message: string, field: string | null = null): Reply => ({
  status,
  body: JSON.stringify({ errors: [{ message, field, help: null }] }),
})

function accept(far: EmulatedSendGrid, text: string): Reply {
  // biome-ignore lint/suspicious/noExplicitAny: a mail as it was sent, read field by field
  let mail: any
  try {
    mail = JSON.parse(text)
  } catch {
    return no(400, 'Bad Request')
  }
  const to = (mail.personalizations ?? []).map((one: { to?: { email: string }[] }) => one.to?.[0]?.email)
  if (to.length === 0 || to.some((email: unknown) => typeof email !== 'string'))
    return no(400, 'no recipient', 'personalizations')
  if (typeof mail.from?.email !== 'string') return no(400, 'no sender', 'from')
  if (typeof mail.subject !== 'string' || /[\r\n]/.test(mail.subject)) return no(400, 'the subject', 'subject')
  const types = (mail.content ?? []).map(({ type }: { type: string }) => type)
  // Plain text comes first, or it is refused.
  if (types[0] !== 'text/plain') return no(400, 'text/plain must come first', 'content')
  if (far.senders && !far.senders.includes(mail.from.email))
    return no(403, 'The from address does not match a verified Sender Identity')
  // Looked at, and sent to nobody.
  if (mail.mail_settings?.sandbox_mode?.enable === true) return { status: 200, body: '' }
  for (const email of to)
    far.mails.push({
      ...{ to: email, from: mail.from.email, subject: mail.subject, content: mail.content },
      ...{ customArgs: mail.custom_args ?? {}, headers: mail.headers ?? {} },
      clickTracking: mail.tracking_settings?.click_tracking?.enable !== false,
    })
  return { status: 202, body: '', headers: { 'x-message-id': `id-${far.mails.length}` } }
}
