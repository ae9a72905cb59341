import type { Notice, NoticePart } from '../../domain/notice.ts'
import { visible } from '../../parse/visible.ts'

/** One mail to one person each, as plain text first. */
export interface Mail {
  subject: string
  text: string
  html: string
}

const SUBJECT = 200
const BODY = 10_000

/** A notice as a mail. Its words are text in both; the only addresses are pages of ours, where everything is decided. */
export function mailOf(notice: Notice, project: string, pages: string): Mail {
  const page = new URL(notice.link, pages).href
  const title = oneLine(notice.title).slice(0, SUBJECT)
  const body = visible(notice.body).slice(0, BODY)
  const does = notice.kind === 'approval-wanted' ? 'Approve or reject it there' : 'Open it'
  const parts = 'parts' in notice ? notice.parts : []
  return {
    subject: `[${oneLine(project).slice(0, 60)}] ${title}`,
    text: `${title}\n\n${body}\n\n${does}: ${page}\n`,
    html: [
      `<h1 style="font-size:18px">${inHtml(title)}</h1>`,
      ...(parts.length > 0
        ? parts.map((part) => partInHtml(part, pages))
        : [`<p style="white-space:pre-wrap">${inHtml(body)}</p>`]),
      `<p><a href="${inHtml(page)}">${does}</a></p>`,
    ].join('\n'),
  }
}

/** A heading and a list; what is about an issue leads to its page. */
function partInHtml({ title, lines }: NoticePart, pages: string): string {
  const items = lines.map(({ text, issue }) => {
    const words = inHtml(oneLine(text))
    const page = issue === null ? null : new URL(`/dashboard/agent-control/issues/${issue}`, pages).href
    return `<li>${page ? `<a href="${inHtml(page)}">${words}</a>` : words}</li>`
  })
  return `<h2 style="font-size:15px">${inHtml(oneLine(title))}</h2>\n<ul>\n${items.join('\n')}\n</ul>`
}

const oneLine = (text: string): string => visible(text).replace(/\s+/g, ' ').trim()

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const inHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!)
