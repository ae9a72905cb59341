import { isAlphanumeric, replaceSpans, type Span } from './spans.ts'

/** What names a person in any text: e-mail addresses, payment cards, public network addresses. */

const AT = /@|%40/g
const LOCAL_MARKS = new Set([..."._%+'-"].map((char) => char.charCodeAt(0)))

/** `ann@example.com`, also percent-encoded, becomes `[email]`. A domain needs a dot and a last label of letters. */
export function redactEmails(text: string): string {
  const spans: Span[] = []
  let done = 0
  for (const match of text.matchAll(AT)) {
    const at = match.index
    let from = at
    while (from > done && isLocal(text.charCodeAt(from - 1))) from -= 1
    const to = domainEnd(text, at + match[0].length)
    if (from === at || to === 0) {
      done = Math.max(done, at + match[0].length)
      continue
    }
    spans.push({ from, to, by: '[email]' })
    done = to
  }
  return replaceSpans(text, spans)
}

function domainEnd(text: string, from: number): number {
  let to = from
  while (to < text.length && isDomain(text.charCodeAt(to))) to += 1
  while (to > from && (text[to - 1] === '.' || text[to - 1] === '-')) to -= 1
  const domain = text.slice(from, to)
  const label = domain.slice(domain.lastIndexOf('.') + 1)
  return domain.includes('.') && !domain.startsWith('.') && /^(?:xn--.+|\D{2,})$/.test(label) ? to : 0
}

/** Sixteen digits in a row or in groups, fifteen as 4-6-5; 13 to 19 digits with a valid check digit. */
const CARD = /(?<![\w.])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|3\d{3}[ -]\d{6}[ -]\d{5})(?![\w.]\d|\d)/g

export const redactCards = (text: string): string =>
  text.replace(CARD, (whole: string) => (isCard(whole.replace(/[ -]/g, '')) ? '[card]' : whole))

/** Luhn, and a first digit that issuers use; 13 digits only as the oldest Visa numbers, since times have 13 too. */
export function isCard(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !/^[2-6]\d*$/.test(digits)) return false
  if (digits.length === 13 && !digits.startsWith('4')) return false
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 0x30
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Not after `/` (a host in an address, or a version as in `Chrome/120.0.0.0`). */
const IPV4 = /(?<![\w./-])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w-]|\.\d)/g
const IPV6 = /(?<![\w:./-])[\da-f:]{7,45}(?![\w-])/gi
/** Loopback, private, link-local, unspecified: they name machines of the team, and say where a connection failed. */
const OWN = /^(?:0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./

/** Public IPv4 and IPv6 addresses become `[ip]`. */
export function redactAddresses(text: string): string {
  const without4 = text.replace(IPV4, (ip) => {
    const public4 = !OWN.test(ip) && ip.split('.').every((part) => Number(part) <= 255)
    return public4 ? '[ip]' : ip
  })
  return without4.replace(IPV6, (ip) => (isPublic6(ip) ? '[ip]' : ip))
}

function isPublic6(text: string): boolean {
  const groups = text.split(':').filter((group) => group !== '')
  if (groups.some((group) => group.length > 4) || /^(?:f[cde]|::)/i.test(text)) return false
  const elisions = text.split('::').length - 1
  return elisions === 1 ? groups.length >= 2 && groups.length < 8 : elisions === 0 && groups.length === 8
}

const isLocal = (code: number): boolean => isAlphanumeric(code) || code > 0xbf || LOCAL_MARKS.has(code)
const isDomain = (code: number): boolean => isAlphanumeric(code) || code > 0xbf || code === 0x2e || code === 0x2d
