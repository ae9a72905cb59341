/** A text, or a button with one, as it was sent: nothing of it is sure. */
interface SlackElement {
  type?: string
  text?: string | SlackElement
  verbatim?: boolean
  action_id?: string
  value?: string
  url?: string
}

/** A block as it was sent. */
export interface SlackBlock {
  type: string
  block_id?: string
  text?: SlackElement
  fields?: SlackElement[]
  elements?: SlackElement[]
  /** Of an input. */
  element?: { action_id?: string }
}

/** Slack's limits, in characters and elements. */
const LONGEST = { header: 150, section: 3000, field: 2000, button: 75, value: 2000, action: 255, url: 3000, block: 255 }

const fits = (text: string | SlackElement | undefined, most: number): boolean =>
  typeof text === 'object' &&
  (text.type === 'plain_text' || text.type === 'mrkdwn') &&
  typeof text.text === 'string' &&
  text.text.length > 0 &&
  text.text.length <= most

const isPlain = (text: string | SlackElement | undefined): boolean =>
  typeof text === 'object' && text.type === 'plain_text'

/** Why Slack would not take these blocks; null where it would. */
export function blocksProblem(blocks: SlackBlock[]): string | null {
  if (!Array.isArray(blocks) || blocks.length > 50) return 'more than 50 blocks'
  for (const block of blocks) {
    if ((block.block_id ?? '').length > LONGEST.block) return 'block_id is too long'
    const problem = problemOf(block)
    if (problem) return `${block.type}: ${problem}`
  }
  return null
}

function problemOf(block: SlackBlock): string | null {
  switch (block.type) {
    case 'header':
      return isPlain(block.text) && fits(block.text, LONGEST.header) ? null : 'text'
    case 'section':
      if (block.text === undefined && block.fields === undefined) return 'neither text nor fields'
      if (block.text !== undefined && !fits(block.text, LONGEST.section)) return 'text'
      if (block.fields && (block.fields.length === 0 || block.fields.length > 10)) return 'fields'
      return (block.fields ?? []).every((field) => fits(field, LONGEST.field)) ? null : 'a field'
    case 'context':
      if (!Array.isArray(block.elements) || block.elements.length === 0 || block.elements.length > 10) return 'elements'
      return block.elements.every((element) => fits(element, LONGEST.section)) ? null : 'an element'
    case 'actions':
      if (!Array.isArray(block.elements) || block.elements.length === 0 || block.elements.length > 25) return 'elements'
      return block.elements.map(buttonProblem).find(Boolean) ?? null
    default:
      return 'unknown'
  }
}

function buttonProblem(button: SlackElement): string | null {
  if (button.type !== 'button') return 'not a button'
  if (!isPlain(button.text) || !fits(button.text, LONGEST.button)) return 'the text of a button'
  if ((button.value ?? '').length > LONGEST.value) return 'a value'
  if ((button.action_id ?? '').length > LONGEST.action) return 'an action_id'
  if ((button.url ?? '').length > LONGEST.url) return 'a url'
  return null
}

/** Every button of a message. */
export const buttonsOf = (blocks: SlackBlock[]): SlackElement[] =>
  blocks.flatMap(({ type, elements = [] }) => (type === 'actions' ? elements : []))

/**
 * What people could follow in it, and whom it would call: buttons' addresses, links and mentions of mrkdwn, and addresses
 * that Slack makes a link of by itself, which it does unless a text is `verbatim`.
 */
export function linksOf(blocks: SlackBlock[]): string[] {
  const found = buttonsOf(blocks).flatMap(({ url }) => url ?? [])
  const texts = blocks.flatMap((block) => [block.text, ...(block.fields ?? []), ...(block.elements ?? [])])
  for (const text of texts) {
    if (text?.type !== 'mrkdwn') continue
    for (const [, inside] of String(text.text).matchAll(/<([^<>]+)>/g)) found.push(inside!.split('|')[0]!)
    const bare = String(text.text).replace(/<[^<>]+>/g, '')
    if (!text.verbatim) found.push(...(bare.match(/https?:\/\/\S+|(?<=^|\s)@(?:here|channel|everyone)\b/g) ?? []))
  }
  return found
}
