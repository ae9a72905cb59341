/** Words for people, made from names in code: `billingAccount` is "billing account". */

/** Lower-case words of an identifier. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

/** `practices` → `practice`, `companies` → `company`, `addresses` → `address`. */
export function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word)) return word
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:sses|xes|ches|shes)$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

const VERBS = new Set([
  'find',
  'get',
  'load',
  'fetch',
  'read',
  'lookup',
  'look',
  'select',
  'query',
  'require',
  'one',
  'first',
  'by',
  'the',
  'up',
])
const JOINTS = new Set(['by', 'for', 'of', 'from', 'with', 'in', 'or', 'where'])

/** `findPracticeById` → practice; `practices` → practice; null when the name says only that something was looked up. */
export function thingIn(name: string): string[] | null {
  const words = wordsOf(name)
  while (words.length > 0 && VERBS.has(words[0]!)) words.shift()
  const joint = words.findIndex((word) => JOINTS.has(word))
  const kept = joint === -1 ? words : words.slice(0, joint)
  const last = kept.at(-1)
  if (last === undefined) return null
  return [...kept.slice(0, -1), singular(last)]
}

export const camel = (words: string[]): string =>
  words.map((word, at) => (at === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('')

/** A text that names one thing, naming another in the same manner; null when it does not name the first. */
export function rename(text: string, from: string[], to: string[]): string | null {
  if (from.length === 0) return null
  const pattern = from.map((word) => word.replace(/[^a-z0-9]/gi, '')).join('([ _-]?)')
  const match = new RegExp(`(?<![A-Za-z])${pattern}`, 'i').exec(text)
  if (!match) return null
  const joiner = match[1] ?? joinerOf(text)
  const named = inCase(match[0], to, joiner)
  const before = text.slice(0, match.index).replace(/\b([Aa])n?( )$/, (_, a: string, space: string) => {
    return /^[aeiou]/i.test(named) ? `${a}n${space}` : `${a}${space}`
  })
  return before + named + text.slice(match.index + match[0].length)
}

const joinerOf = (text: string): string =>
  /^[A-Z0-9_]+$/i.test(text) && text.includes('_') ? '_' : /^[a-z0-9-]+$/.test(text) && text.includes('-') ? '-' : ' '

function inCase(like: string, words: string[], joiner: string): string {
  const letters = like.replace(/[^A-Za-z]/g, '')
  if (letters.length > 1 && letters === letters.toUpperCase()) return words.join(joiner || '_').toUpperCase()
  if (joiner === '' && words.length > 1) {
    const joined = camel(words)
    return /^[A-Z]/.test(like) ? joined[0]!.toUpperCase() + joined.slice(1) : joined
  }
  const plain = words.join(joiner)
  return /^[A-Z]/.test(like) ? plain[0]!.toUpperCase() + plain.slice(1) : plain
}

const NOTHING =
  /^(?:not|none)[ _-]?found\W*$|^no such (?:thing|record|resource|entry)\W*$|^(?:missing|unknown|gone|nothing here)\W*$/i
const NOT_FOUND = /^(.{0,80}?)([ _-](?:was |is |could |does )?not[ _-](?:be )?(?:found|exist).*)$/i
/** Only words of absence may be said of another thing: "is archived" would be a claim nobody checked. */
const ABSENCE =
  /\b(?:not|no|missing|unknown|unable|cannot|can't|couldn't|does ?n.t|required|needs?|invalid|none|without)\b|[_-](?:not|missing|unknown|required|invalid)\b|\b(?:no|not|missing|unknown|invalid)[_-]|NOT_|MISSING|UNKNOWN|NotFound/i
/** Longer texts say more than that something is absent; they are not copied. */
const MAX_WORDS = 8
const UNUSABLE = /^(?:bad[ _-]request|invalid[ _-](?:request|body|input|json)|malformed[ _-]\w+)\W*$/i

/** The message a new guard gives, in the manner of its model's. */
export function reword(
  text: string,
  model: string[] | null,
  thing: string[],
  kind: 'lookup' | 'input',
  same: boolean,
): string {
  const general = kind === 'lookup' ? NOTHING : UNUSABLE
  if (general.test(text)) return text
  const usable = same && ABSENCE.test(text) && text.split(/\s+/).length <= MAX_WORDS
  const renamed = usable && model ? rename(text, model, thing) : null
  if (renamed !== null) return renamed
  const parts = usable && kind === 'lookup' ? NOT_FOUND.exec(text) : null
  if (parts) {
    const joiner = parts[2]![0]!
    return inCase(parts[1]!, thing, joiner) + parts[2]!
  }
  return manner(text, kind === 'lookup' ? [...thing, 'not', 'found'] : [...thing, 'is', 'required'])
}

/** A sentence of its own in the manner of a model's; words that fit any unusable request stay. */
export const restate = (text: string, says: string[]): string => (UNUSABLE.test(text) ? text : manner(text, says))

/** A plain sentence in the letter case of another. */
function manner(like: string, words: string[]): string {
  if (/^[A-Z][A-Z0-9_]+$/.test(like)) return words.join('_').toUpperCase()
  if (/^[a-z0-9]+(?:_[a-z0-9]+)+$/.test(like)) return words.join('_').toLowerCase()
  if (/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(like)) return words.join('-').toLowerCase()
  const plain = words.join(' ')
  const sentence = /^[A-Z]/.test(like) ? plain[0]!.toUpperCase() + plain.slice(1) : plain
  return /\.$/.test(like) ? `${sentence}.` : sentence
}
