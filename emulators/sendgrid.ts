import { type Emulated, emulate, fieldsOf, type Heard } from './service.ts'
import type { Reply } from './trouble.ts'

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
export interface EmulatedSendGrid extends Emulated {
  key: string
  mails: EmulatedMail[]
  /** Whoever may be a sender; null: anybody. */
  senders: string[] | null
  /** Calls, answered or not. */
  calls: number
}

export async function emulateSendGrid(): Promise<EmulatedSendGrid> {
  const door = await emulate({
    note({ method, url }) {
      far.calls += 1
      return `${method} ${url.pathname}`
    },
    answer(heard) {
      const { method, url, headers } = heard
      if (headers.authorization !== `Bearer ${far.key}`) return no(401, 'The provided authorization grant is invalid')
      return method === 'POST' && url.pathname === '/v3/mail/send' ? accept(far, heard) : no(404, 'not found')
    },
    refusal: (status, why) => no(status, why),
    limited: ({ seconds }) => ({ ...no(429, 'too many requests'), headers: { 'retry-after': String(seconds) } }),
  })
  const far: EmulatedSendGrid = Object.assign(door, {
    ...{ url: `${door.url}/`, key: 'SG.of-the-emulated-account', senders: null, mails: [], calls: 0 },
  })
  return far
}

const no = (status: number, message: string, field: string | null = null): Reply => ({
  status,
  body: JSON.stringify({ errors: [{ message, field, help: null }] }),
})

/** A mail as it was sent; nothing of it is sure. */
interface Sent {
  personalizations?: { to?: { email?: unknown }[] }[]
  from?: { email?: unknown }
  subject?: unknown
  content?: EmulatedMail['content']
  custom_args?: Record<string, string>
  headers?: Record<string, string>
  mail_settings?: { sandbox_mode?: { enable?: boolean } }
  tracking_settings?: { click_tracking?: { enable?: boolean } }
}

function accept(far: EmulatedSendGrid, heard: Heard): Reply {
  let mail: Sent
  try {
    mail = fieldsOf(heard)
  } catch {
    return no(400, 'Bad Request')
  }
  const to = (mail.personalizations ?? []).map((one) => one.to?.[0]?.email)
  const { from, subject, content = [] } = mail
  if (to.length === 0 || to.some((email) => typeof email !== 'string'))
    return no(400, 'no recipient', 'personalizations')
  if (typeof from?.email !== 'string') return no(400, 'no sender', 'from')
  if (typeof subject !== 'string' || /[\r\n]/.test(subject)) return no(400, 'the subject', 'subject')
  // Plain text comes first, or it is refused.
  if (content[0]?.type !== 'text/plain') return no(400, 'text/plain must come first', 'content')
  if (far.senders && !far.senders.includes(from.email))
    return no(403, 'The from address does not match a verified Sender Identity')
  // Looked at, and sent to nobody.
  if (mail.mail_settings?.sandbox_mode?.enable === true) return { status: 200, body: '' }
  for (const email of to as string[])
    far.mails.push({
      ...{ to: email, from: from.email, subject, content },
      ...{ customArgs: mail.custom_args ?? {}, headers: mail.headers ?? {} },
      clickTracking: mail.tracking_settings?.click_tracking?.enable !== false,
    })
  return { status: 202, body: '', headers: { 'x-message-id': `id-${far.mails.length}` } }
}
