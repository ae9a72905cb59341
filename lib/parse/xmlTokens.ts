/** Tags and texts of an XML document in order, in linear time. No entities but the five and numbers, no DTD. */

export type XmlToken =
  | { kind: 'open'; name: string; attributes: Record<string, string>; closed: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string }

const TAG_MAX = 256 * 1024
const ATTRIBUTES_MAX = 50
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** A document that breaks off, or is none, gives what could be read of it. */
export function* xmlTokens(text: string): Generator<XmlToken> {
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('<', at)
    if (open !== at) yield { kind: 'text', text: decoded(text.slice(at, open < 0 ? text.length : open)) }
    if (open < 0) return
    if (text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open)
      yield { kind: 'text', text: text.slice(open + 9, end < 0 ? text.length : end) }
      at = end < 0 ? text.length : end + 3
    } else if (text.startsWith('<!--', open)) at = after(text, '-->', open)
    else if (text.startsWith('<?', open)) at = after(text, '?>', open)
    else {
      const end = tagEnd(text, open)
      if (end < 0) return
      const tag = end - open > TAG_MAX ? null : tagOf(text.slice(open + 1, end))
      if (tag) yield tag
      at = end + 1
    }
  }
}

const after = (text: string, mark: string, from: number): number => {
  const end = text.indexOf(mark, from)
  return end < 0 ? text.length : end + mark.length
}

/** The `>` outside of quotes. */
function tagEnd(text: string, from: number): number {
  let quote: string | null = null
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at] as string
    if (quote !== null) quote = char === quote ? null : quote
    else if (char === '"' || char === "'") quote = char
    else if (char === '>') return at
  }
  return -1
}

function tagOf(inner: string): XmlToken | null {
  if (inner.startsWith('/')) return { kind: 'close', name: inner.slice(1).trim() }
  const name = /^[\w:.-]{1,100}/.exec(inner)?.[0]
  if (name === undefined) return null
  const attributes: Record<string, string> = {}
  let count = 0
  for (const [, key = '', double, single] of inner
    .slice(name.length)
    .matchAll(/([\w:.-]{1,100})\s{0,10}=\s{0,10}(?:"([^"]*)"|'([^']*)')/g)) {
    count += 1
    if (count > ATTRIBUTES_MAX) break
    attributes[key] = decoded(double ?? single ?? '')
  }
  return { kind: 'open', name, attributes, closed: inner.endsWith('/') }
}

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{2,4}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
