import { replaceSpans, type Span } from './spans.ts'

/** Credentials that are known by what surrounds them: key files, addresses with a password, authorization schemes. */

const PEM_BEGIN = '-----BEGIN '
const PEM_END = '-----END '

/** Key files and certificates become `[pem]`; one without an end swallows the rest of the text. */
export function redactPem(text: string): string {
  const spans: Span[] = []
  for (let from = text.indexOf(PEM_BEGIN); from >= 0; ) {
    const end = text.indexOf(PEM_END, from)
    const close = end < 0 ? -1 : text.indexOf('-----', end + PEM_END.length)
    const to = close < 0 ? text.length : close + 5
    spans.push({ from, to, by: '[pem]' })
    from = text.indexOf(PEM_BEGIN, to)
  }
  return replaceSpans(text, spans)
}

const WEB = /^(?:https?|wss?|ftps?)$/i
const SCHEME_MAX = 20
const STOPS = new Set([...' \t\n\r"\'`<>\\'].map((char) => char.charCodeAt(0)))
const PATH_STOPS = new Set([...'/?#'].map((char) => char.charCodeAt(0)))

/** `postgres://u:p@host` becomes `postgres://[credentials]@host`. A web address ends its authority at `/`, `?`, `#`. */
export function redactUserinfo(text: string): string {
  const spans: Span[] = []
  for (let at = text.indexOf('://'); at >= 0; ) {
    const from = at + 3
    const next = text.indexOf('://', from)
    const web = WEB.test(schemeBefore(text, at))
    const limit = next < 0 ? text.length : next
    let last = -1
    let to = from
    for (; to < limit; to++) {
      const code = text.charCodeAt(to)
      if (STOPS.has(code) || (web && PATH_STOPS.has(code))) break
      if (code === 0x40) last = to
    }
    const userinfo = last < 0 ? '' : text.slice(from, last)
    if (userinfo !== '' && userinfo !== 'git') spans.push({ from, to: last, by: '[credentials]' })
    at = next
  }
  return replaceSpans(text, spans)
}

function schemeBefore(text: string, at: number): string {
  return /[a-z][a-z\d+.-]*$/i.exec(text.slice(Math.max(0, at - SCHEME_MAX), at))?.[0] ?? ''
}

const SCHEME = /\b(bearer|basic)(?:[ +\t]|%20)([\w.~+/%=-]{4,})/gi
/** Words of prose that follow "bearer". */
const PROSE = /^(?:tokens?|auth\w*|scheme|realm|error|format|prefix|header|type|methods?|is|was|has|must|not)$/i

/** `Bearer xyz` becomes `Bearer [token]`; `Basic` needs what decodes to `user:password`. */
export function redactSchemes(text: string): string {
  return text.replace(SCHEME, (whole: string, scheme: string, value: string) => {
    const secret =
      scheme.toLowerCase() === 'basic' ? Buffer.from(value.slice(0, 2048), 'base64').includes(':') : !PROSE.test(value)
    return secret ? `${scheme} [token]` : whole
  })
}
