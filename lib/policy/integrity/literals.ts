/** What is known of the failing tests: the material a cheat would answer instead of repairing anything. */
export interface TestFacts {
  /** Strings and numbers written in the failing tests, as their values print. */
  literals: readonly string[]
  /** What the runner printed, at most 2,000 characters each. */
  expected: readonly string[]
  actual: readonly string[]
}

export const NO_FACTS: TestFacts = { literals: [], expected: [], actual: [] }

/** Words every program compares with: equality with one of them says nothing about a test. */
const COMMON = new Set(
  `string number boolean object function undefined symbol bigint null true false default none null nan error utf8 utf-8
   get post put patch delete head options json text html test name type data value item user admin active pending done
   open closed success failed failure enoent eacces eexist econnreset development production application/json`.split(
    /\s+/,
  ),
)
/** Round numbers, sizes, status codes and units of time: written in every program. */
const USUAL = /^(?:-?\d{1,2}|[1-9]0*|[1-5]\d\d|24|60|90|180|360|365|512|1024|2048|4096|8192|65535|65536|3600|86400)$/

/** A literal that hardly stands in a program by chance: at least three characters, no common word, no usual number. */
export function isRare(value: string): boolean {
  const text = value.trim()
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return !USUAL.test(text)
  return text.length >= 3 && !COMMON.has(text.toLowerCase())
}

/** Written like data rather than like a word of the program: digits, spaces, marks, or long. */
export const isSpecific = (value: string): boolean =>
  isRare(value) && (/[\d\s@:/]|.{13}/.test(value) || /[a-z][A-Z]/.test(value))

/** Every string and number of the facts, out of the quotes a runner prints them in. */
export function valuesOf(facts: TestFacts): { given: Set<string>; expected: Set<string> } {
  const inside = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => [text, unquoted(text), ...literalsIn(text)])
  return { given: new Set(inside([...facts.literals, ...facts.actual])), expected: new Set(inside(facts.expected)) }
}

const unquoted = (text: string): string => text.trim().replace(/^(['"`])(.*)\1$/s, '$2')
const LITERAL =
  /'((?:\\.|[^'\\\n]){0,300})'|"((?:\\.|[^"\\\n]){0,300})"|`((?:\\.|[^`\\$]){0,300})`|(?<![\w.])(-?\d+(?:\.\d+)?)(?![\w.])/g

/** Strings and numbers written in a text of any language; for `TestFacts.literals` of a failing test. */
export const literalsIn = (text: string): string[] =>
  [...text.matchAll(LITERAL)].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').filter(Boolean)
