import { redactPem, redactSchemes, redactUserinfo } from './credentials.ts'
import { redactPairs } from './keyPairs.ts'
import { redactKnownTokens } from './knownTokens.ts'
import { redactAddresses, redactCards, redactEmails } from './personal.ts'
import { cutText, visible } from './visible.ts'

/** Longest string that is stored, the note about the rest included. */
export const TEXT_MAX = 16 * 1024
/** Looked at before cutting: four times as much, so that the cut never halves a secret that would be kept. */
const INPUT_MAX = 4 * TEXT_MAX
/** A word that reaches over the input's end is dropped up to this length; tokens are shorter. */
const WORD_MAX = 4096
/** Room for the note about what was left out. */
const NOTE_MAX = 40
const CUT = /… \[\d+ more characters\]$/

/**
 * Any untrusted text made fit to store or to leave: escapes visible, credentials and personal data as typed
 * placeholders, at most 16 KB with the number of characters left out. Linear; applying it twice changes nothing.
 */
export function redactText(text: string): string {
  return limited(text, (part) => {
    const pairs = redactPairs(redactSchemes(redactKnownTokens(redactUserinfo(redactPem(visible(part))))))
    return redactAddresses(redactCards(redactEmails(redactNearby(pairs))))
  })
}

/** The same for a line of a program: names there are code, so only literals and recognisable secrets go. */
export function redactSource(text: string): string {
  return limited(text, (part) =>
    redactEmails(redactPairs(redactKnownTokens(redactUserinfo(redactPem(visible(part)))), true)),
  )
}

/**
 * The whole of a long text with program lines in it, as it may leave for a model: nothing is cut, and code stays code.
 * Card numbers go too; what only looks like a secret in prose was taken out when it came in.
 */
export function redactLong(text: string): string {
  const known = redactKnownTokens(redactUserinfo(redactPem(visible(text))))
  return redactCards(redactEmails(redactPairs(known, true)))
}

/** What is a credential wherever it stands, and nothing else: for text that is used as it is, as a patch is. */
export const redactCredentials = (text: string): string => redactKnownTokens(redactUserinfo(redactPem(text)))

/** Whether `redactText` left something out at the end. */
export const isCut = (text: string): boolean => CUT.test(text.slice(-NOTE_MAX))

const NEARBY =
  /\b(secret|token|key|password|credential|signature)(s?(?: is| was|:)?[ '"`(]{1,3})([A-Za-z\d+/_=-]{20,})/gi

/** `using key AbC1…`: long mixed letters and digits right after a word that announces them. */
function redactNearby(text: string): string {
  return text.replace(NEARBY, (whole: string, word: string, gap: string, value: string) =>
    /\d/.test(value) && /[a-z]/i.test(value) ? `${word}${gap}[${word.toLowerCase()}]` : whole,
  )
}

/** Cuts what is too long to store and says how much. */
export const limitText = (text: string): string => (text.length <= TEXT_MAX ? text : cut(text, 0))

function limited(text: string, redacted: (part: string) => string): string {
  if (text.length <= INPUT_MAX) return limitText(redacted(text))
  let end = INPUT_MAX
  while (end > INPUT_MAX - WORD_MAX && !/\s/.test(text[end - 1] ?? '')) end -= 1
  return cut(redacted(text.slice(0, end)), text.length - end)
}

/** @param beyond characters that were not even looked at. */
function cut(text: string, beyond: number): string {
  const end = Math.min(text.length, TEXT_MAX - NOTE_MAX)
  const start = cutText(text, end)
  return `${start}… [${text.length - start.length + beyond} more characters]`
}

const KEY_BEGINS = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY/
const KEY_ENDS = /-----END [A-Z ]{0,40}PRIVATE KEY/

/** A program's lines, each by itself, so that none moves and numbers keep their meaning. */
export function redactLines(lines: string[]): string[] {
  let inKey = false
  return lines.map((line) => {
    inKey ||= KEY_BEGINS.test(line)
    const shown = inKey ? '[private key]' : redactSource(line)
    if (KEY_ENDS.test(line)) inKey = false
    return shown
  })
}
