import { type Finding, ill, noted, well } from '../../domain/finding.ts'
import type { EmailChoice } from '../../domain/notifyChoice.ts'
import { guardedFetch } from '../http/guardedFetch.ts'

const PATIENCE_MS = 8000

/** A mail in SendGrid's sandbox: the key, the sender and the addresses are checked, and nothing is sent. */
export async function emailFindings({ key, from, to, url }: EmailChoice, people = to): Promise<Finding[]> {
  const body = JSON.stringify({
    personalizations: people.map((email) => ({ to: [{ email }] })),
    ...{ from: { email: from }, subject: 'Nightshift', content: [{ type: 'text/plain', value: 'A try.' }] },
    mail_settings: { sandbox_mode: { enable: true } },
  })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const status = await guardedFetch()(`${url}v3/mail/send`, { method: 'POST', headers, body, signal }).then(
    (answer) => answer.body?.cancel().then(() => answer.status) ?? answer.status,
    () => null,
  )
  if (status === null)
    return [noted('mail', 'SendGrid gave no answer', 'Nothing to do: mails wait, and are tried again.')]
  if (status < 300) return [well('mail', `SendGrid would send from ${from} to ${people.length}`)]
  if (status === 401) return [ill('mail', 'SendGrid does not know the key', 'Make a new one and set SENDGRID_API_KEY.')]
  if (status === 403)
    return [
      ill('mail', `SendGrid lets this key not send as ${from}`, 'Verify the sender there, and give the key Mail Send.'),
    ]
  return [ill('mail', `SendGrid answered ${status}`, 'Check SENDGRID_FROM, EMAIL_TO and the address that is set.')]
}
