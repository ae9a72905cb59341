import { MailService } from '@sendgrid/mail'
import type { Sql } from 'postgres'
import { z } from 'zod'
import type { Notice } from '../domain/notice.ts'
import { issueOf } from '../domain/notice.ts'
import type { EmailChoice } from '../domain/notifyChoice.ts'
import type { Project } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import { intend, remember, sentUnder } from '../store/deliveries.ts'
import type { Notify, NotSent } from '../world.ts'
import { mailOf } from './email/mail.ts'

/** Milliseconds for one call; nothing it answers is longer than a few lines of errors. */
const LIMITS = { timeout: 8000, maxContentLength: 64 * 1024, maxRedirects: 0, proxy: false }

/**
 * Mail through SendGrid. Nobody can ask whether a mail arrived: what is known is whether it was accepted, which is written
 * down. A call whose answer was lost is made again, so a mail may come twice and never not at all; its key goes with it.
 */
export function emailNotify(sql: Sql, { key, from, to, url, pages }: EmailChoice & { pages: string }): Notify {
  const service = new MailService()
  service.setApiKey(key)
  // After the key, which sets the address anew.
  for (const [name, value] of Object.entries({ baseUrl: url, ...LIMITS }))
    clientOf(service).setDefaultRequest(name, value)
  const accepted = async (project: Project, notice: string) =>
    ((await sentUnder(sql, project.id, 'email', notice))?.ref ?? null) !== null
  return {
    arrived: (project, notice) => accepted(project, notice),
    async send(project, notice) {
      if (await accepted(project, notice.key)) return undefined
      const people = project.settings.notify.emailTo ?? to
      await intend(sql, project.id, 'email', { key: notice.key, place: people.join(','), thread: null })
      // What was answered is on the page the first mail leads to.
      const sent = notice.kind === 'answered' ? { id: 'none' } : await post(notice, project, people)
      if ('refused' in sent) return sent
      await remember(sql, project.id, 'email', notice.key, sent.id)
      return undefined
    },
  }

  async function post(notice: Notice, project: Project, people: string[]): Promise<{ id: string } | NotSent> {
    const { subject, text, html } = mailOf(notice, project.name, pages)
    const issue = issueOf(notice)
    const thread: Record<string, string> =
      issue === null ? {} : { References: `<issue-${issue}.${project.slug}@${new URL(pages).hostname}>` }
    try {
      const [response] = await service.send({
        from: { email: from, name: 'Nightshift' },
        // One each: nobody sees who else is told.
        personalizations: people.map((email) => ({ to: [{ email }] })),
        ...{ subject, text, html, headers: thread },
        customArgs: { nightshift_project: String(project.id), nightshift_key: notice.key },
        trackingSettings: { clickTracking: { enable: false, enableText: false }, openTracking: { enable: false } },
      })
      const id: unknown = (response.headers as Record<string, unknown>)['x-message-id']
      return { id: typeof id === 'string' && id ? id.slice(0, 200) : 'accepted' }
    } catch (error) {
      return refusalOf(error)
    }
  }
}

const Failure = z.object({
  code: z.number(),
  response: z.object({ headers: z.record(z.string(), z.unknown()).catch({}) }).optional(),
})

/** A request that was refused was not sent; everything else nobody knows. The key is in the error and stays there. */
function refusalOf(error: unknown): NotSent {
  const { data } = Failure.safeParse(error)
  if (!data || data.code < 400 || data.code >= 500 || data.code === 408)
    throw new Fault('CHANNEL_UNREACHABLE', data ? `SendGrid answered ${data.code}` : 'SendGrid gave no answer')
  if (data.code !== 429) return { refused: `SendGrid: ${data.code}` }
  const resets = Number(data.response?.headers['x-ratelimit-reset'])
  const inMs = Number.isFinite(resets) ? Math.min(Math.max(resets * 1000 - Date.now(), 1000), 3_600_000) : 60_000
  return { refused: 'SendGrid: 429', inMs }
}

/** The service's own client, which its types hide: there is no other way to say where SendGrid is. */
const clientOf = (service: object) =>
  (service as { client: { setDefaultRequest(name: string, value: unknown): void } }).client
