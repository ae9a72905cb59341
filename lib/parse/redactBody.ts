import { redactText } from './redactText.ts'
import { secretKind } from './secretKeys.ts'

/** Encoded forms and query strings: names and values are decoded before they are judged, the shape stays. */

/** A whole string of `name=value` joined by `&`: no white space, quotes or braces, as encoders leave it. */
const FORM = /^[^\s"'<>{}=&?/]{1,200}=[^\s"'<>{}]*$/

export const isForm = (text: string): boolean => FORM.test(text.slice(0, 64 * 1024))

export function redactForm(text: string): string {
  return text.split('&').map(redactField).join('&')
}

/** The query of an address or request target; text around it is redacted as text. */
export function redactAddress(text: string): string {
  const query = text.indexOf('?')
  const hash = text.indexOf('#', query)
  if (query < 0) return redactText(text)
  const end = hash < 0 ? text.length : hash
  const fields = redactForm(text.slice(query + 1, end))
  return redactText(`${text.slice(0, query)}?${fields}${text.slice(end)}`)
}

/** An address or request target by its look: no white space, a scheme or a slash first. */
export const isAddress = (text: string): boolean => /^(?:\/|[a-z][a-z\d+.-]{0,19}:\/\/)\S*$/i.test(text)

function redactField(field: string): string {
  const split = field.indexOf('=')
  if (split < 0) return field
  const name = field.slice(0, split)
  const value = field.slice(split + 1)
  const kind = secretKind(decoded(name))
  if (kind !== null && value !== '') return `${name}=[${kind}]`
  const plain = decoded(value)
  const safe = redactText(plain)
  return safe === plain ? field : `${name}=${kept(safe)}`
}

/** Encoded again, except for the brackets of placeholders, which are to be recognised. */
const kept = (text: string): string => encodeURIComponent(text).replaceAll('%5B', '[').replaceAll('%5D', ']')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
