import type { Block, KnownBlock } from '@slack/web-api'
import type { Asked, Notice, NoticePart } from '../../domain/notice.ts'
import { cut, escaped, LONGEST } from './text.ts'

/** A message's content; `text` is what notifications show. */
export interface Content {
  text: string
  blocks: (Block | KnownBlock)[]
}

/** What a press of approve or reject says: exactly what was shown. */
export const answerValue = ({ fix, tree, target, policyVersion }: Asked): string =>
  JSON.stringify({ fix, tree, target, policyVersion })

/** A notice as blocks. Its words are text: no markup of theirs counts, and the only addresses are pages of ours. */
export function contentOf(notice: Notice, url: string): Content {
  const page = new URL(notice.link, url).href
  const blocks: KnownBlock[] =
    'parts' in notice && notice.parts.length > 0
      ? [header(notice.title), ...notice.parts.map(partOf)]
      : words(notice.title, notice.body)
  if (notice.kind === 'approval-wanted') blocks.push(factsOf(notice), answersOf(notice, page))
  else blocks.push({ type: 'actions', elements: [open(page)] })
  return { text: fallbackOf(notice.title, notice.body), blocks }
}

/** The same message once nothing is asked any more: what was asked, what became of it, and no answer to press. */
export function closedContent(asked: { title: string; link: string }, why: string, url: string): Content {
  const page = new URL(asked.link, url).href
  return {
    text: fallbackOf(asked.title, why),
    blocks: [...words(asked.title, why), { type: 'actions', elements: [open(page)] }],
  }
}

/** What notifications show; without blocks beside it Slack would read it as markup, so it is escaped as well. */
const fallbackOf = (title: string, body: string): string => escaped(`${title}. ${body}`, LONGEST.fallback)

const header = (title: string): KnownBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: cut(title, LONGEST.header), emoji: false },
})

/** The markup is ours, and so are the words; they are escaped all the same. */
const partOf = ({ title, lines }: NoticePart): KnownBlock => {
  const list = lines.map(({ text }) => `• ${escaped(text, LONGEST.line)}`)
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: [`*${escaped(title, LONGEST.line)}*`, ...list].join('\n'), verbatim: true },
  }
}

const words = (title: string, body: string): KnownBlock[] => [
  header(title),
  // Verbatim: an address in it does not become a link.
  { type: 'section', text: { type: 'mrkdwn', text: escaped(body, LONGEST.section), verbatim: true } },
]

const factsOf = ({ severity, target, fix, tree }: Asked): KnownBlock => ({
  type: 'section',
  fields: [
    { type: 'mrkdwn', text: `*Severity*\n${severity}` },
    { type: 'mrkdwn', text: `*Up to*\n${target}` },
    { type: 'mrkdwn', text: `*Fix*\n\`${escaped(fix, 20)}\`` },
    { type: 'mrkdwn', text: `*Tree*\n\`${escaped(tree.slice(0, 12), 20)}\`` },
  ],
})

const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false })

const open = (page: string) => ({ type: 'button' as const, action_id: 'open', text: plain('Open'), url: page })

const answersOf = (ask: Asked, page: string): KnownBlock => ({
  type: 'actions',
  elements: [
    {
      type: 'button',
      action_id: 'approve',
      style: 'primary',
      text: plain('Approve'),
      value: answerValue(ask),
      confirm: {
        title: plain('Approve this fix?'),
        text: plain(`It goes up to ${ask.target}, as the tree that was proven and no other.`),
        confirm: plain('Approve'),
        deny: plain('Not yet'),
      },
    },
    { type: 'button', action_id: 'reject', style: 'danger', text: plain('Reject…'), value: answerValue(ask) },
    open(page),
  ],
})
