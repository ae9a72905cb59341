/**
 * Made-up values of the same shape: a fixture goes into a repository for ever, so nothing a person typed may stay in
 * it. Deterministic, so that the same fault gives the same fixture. Addresses are those reserved for documentation
 * (RFC 2606, RFC 5737).
 */

/** Values to try in order; none when a value says nothing about anybody (null, booleans, '', -1 to 1). */
export function candidatesFor(value: unknown): (string | number)[] {
  if (typeof value === 'number') return numbersLike(value)
  return typeof value === 'string' && value !== '' ? textsLike(value) : []
}

/** What redaction leaves behind; it tells nothing, so it may stay where nothing else works. */
export const isPlaceholder = (value: unknown): boolean => typeof value === 'string' && /^\[[a-z-]{2,30}\]$/.test(value)

function numbersLike(value: number): number[] {
  if (!Number.isFinite(value) || Math.abs(value) <= 1) return []
  const text = String(value)
  if (text.includes('e')) return [10]
  return ['1', '9', '5'].map((digit) => Number(text.replace(/\d/g, digit)))
}

const PLACEHOLDERS: Record<string, string> = {
  '[email]': 'someone@example.com',
  '[ip]': '192.0.2.1',
  '[phone]': '+44 20 7946 0000',
}

const SHAPES: [RegExp, (text: string, match: RegExpExecArray) => string[]][] = [
  [/^\[[a-z-]{2,30}\]$/, (text) => [PLACEHOLDERS[text] ?? 'made-up']],
  [/^[^\s@]{1,64}@[^\s@]{1,255}$/, () => ['someone@example.com']],
  [/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, () => ['00000000-0000-4000-8000-000000000001']],
  [
    /^\d{4}-\d\d-\d\d((?:[T ][\d:.]{4,20})?)((?:Z|[+-]\d\d:?\d\d)?)$/,
    (_, match) => ['2024', '2099'].map((year) => `${year}-01-02${(match[1] ?? '').replace(/\d/g, '0')}${match[2]}`),
  ],
  [/^\d\d?:\d\d(?::\d\d)?$/, (text) => ['10:20:30'.slice(0, text.split(':').length * 3 - 1)]],
  [/^([a-z][a-z0-9+.-]{1,20}):\/\//i, (_, match) => [`${match[1]}://example.com/`]],
  [/^\d{1,3}(?:\.\d{1,3}){3}$/, () => ['192.0.2.1']],
  [/^((?:[A-Za-z]{1,3}[-_:#])?)(\d{1,30})$/, (_, match) => digitsLike(match[1] ?? '', match[2] ?? '')],
]

function textsLike(text: string): string[] {
  for (const [shape, make] of SHAPES) {
    const match = shape.exec(text)
    if (match) return make(text, match)
  }
  return [classesOf(text)]
}

/** `p-97` → `p-99`, `p-11`: as many digits, with the prefix that says what it names; a longer one could be a name. */
const digitsLike = (prefix: string, digits: string): string[] =>
  ['9', '1', '5'].map((digit) => prefix + digit.repeat(digits.length))

/** Letters spell "example" over and over, digits count up, everything else stays: length and classes are kept. */
function classesOf(text: string): string {
  let letters = 0
  let digits = 0
  return text.replace(/\p{L}|\p{N}/gu, (char) => {
    if (/\p{N}/u.test(char)) {
      digits += 1
      return String(digits % 10)
    }
    const letter = 'example'[letters % 7] ?? 'e'
    letters += 1
    return char !== char.toLowerCase() ? letter.toUpperCase() : letter
  })
}
