import type { Notice } from '../../domain/notice.ts'
import { visible } from '../../parse/visible.ts'

/** One mail to one person each, as plain text first. */
export interface Mail {
  subject: string
  text: string
  html: string
}

const SUBJECT = 200
const BODY = 10_000

/** A notice as a mail. Its words are text in both; the only address is a page of ours, where everything is decided. */
export function mailOf(notice: Notice, project: string, pages: string): Mail {
  const page = new URL(notice.link, pages).href
  const title = oneLine(notice.title).slice(0, SUBJECT)
  const body = visible(notice.body).slice(0, BODY)
  const does = notice.kind === 'approval-wanted' ? 'Approve or reject it there' : 'Open it'
  return {
    subject: `[${oneLine(project).slice(0, 60)}] ${title}`,
    text: `${title}\n\n${body}\n\n${does}: ${page}\n`,
    html: [
      `<h1 style="font-size:18px">${inHtml(title)}</h1>`,
      `<p style="white-space:pre-wrap">${inHtml(body)}</p>`,
      `<p><a href="${inHtml(page)}">${does}</a></p>`,
    ].join('\n'),
  }
}

const oneLine = (text: string): string => visible(text).replace(/\s+/g, ' ').trim()

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const inHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!)
