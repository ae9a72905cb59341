/**
 * Text of others made unable to do anything where it is read: on GitHub (Markdown, mentions, closing keywords, squashed
 * into a commit), in a CI log (workflow commands) and in a terminal. Words either are of a harmless alphabet or are left
 * out; everything else is quoted in a fence.
 */

/** Bytes of one quotation (promises, rule 27). */
export const QUOTED_MAX = 2048
/** Longest path or route that is repeated; longer ones say nothing to a reader. */
const WORD_MAX = 160

/** What neither a word nor a quotation may hold: controls but for line breaks and tabs, bidi, invisible, tags, halves. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

const PATH = /^[A-Za-z0-9_(][A-Za-z0-9._/()[\]+-]*$/
const ROUTE = /^[A-Z]{3,7} \/[A-Za-z0-9._/:*()[\]{}-]*$/
/** Names that are links, numbers of issues, objects or switches by themselves, however harmless their letters. */
const ACTS = /\bwww\.|\bgh-\d|\b[0-9a-f]{40}\b|::|\[[^\]]*\bskip|\bskip[^\]]*\]|--|\/\/|\]\(|\[\[|!\[/i

/** A path fit for plain text, or null when its letters could mean something to somebody. */
export const plainPath = (path: string): string | null =>
  path.length <= WORD_MAX && PATH.test(path) && !ACTS.test(path) ? path : null

/** `POST /api/launch`, or null. */
export const plainRoute = (route: string | null): string | null =>
  route !== null && route.length <= WORD_MAX && ROUTE.test(route) && !ACTS.test(route) ? route : null

/** The name of an error's class, or null. 48: no class of a platform has a longer name. */
export const plainType = (type: string): string | null => (/^[A-Z][A-Za-z]{2,47}$/.test(type) ? type : null)

/** What acts in spite of a fence once a body becomes a commit message or a line of a log; each made visibly different. */
export const DEFUSED: [RegExp, string][] = [
  [/@(?=[A-Za-z0-9])/g, '(at)'],
  [/#(?=\d)/g, '# '],
  [/\bGH-(?=\d)/gi, 'GH '],
  [/:\/\//g, ': //'],
  [/\bwww\./gi, 'www .'],
  [/##\[/g, '# # ['],
  [/\[(?=[^\]\n]{0,20}\b(?:skip|ci|no|actions)\b)/gi, '('],
  [/\*\*\*NO_CI\*\*\*/gi, 'NO CI'],
  [/<(?=[!@#])/g, '< '],
]

/** Stands before each quoted line: no line of others begins a line of ours, so it is no trailer and no command. */
const MARK = '| '

/** A fenced quotation of at most 2 KB. `redact` takes out secrets and personal data: the last look before it leaves. */
export function quoted(text: string, redact: (text: string) => string): string {
  let safe = redact(text).replace(/\r\n?/g, '\n').replace(UNSEEN, '')
  for (const [pattern, instead] of DEFUSED) safe = safe.replace(pattern, instead)
  const marked = safe.split('\n').map((line) => MARK + line)
  const body = withinBytes(marked.join('\n'))
  const longest = Math.max(0, ...(body.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}text\n${body}\n${fence}`
}

const CUT = '… (cut)'

function withinBytes(text: string): string {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length <= QUOTED_MAX) return text
  // Decoding a prefix may end in half a character, which decodes to one replacement character.
  const kept = bytes.subarray(0, QUOTED_MAX - Buffer.byteLength(CUT)).toString('utf8')
  return kept.replace(/\uFFFD$/, '') + CUT
}
