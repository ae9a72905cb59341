import { lineAt, type NumberedChange } from '../lines.ts'
import { codeOnly } from './codeOnly.ts'
import type { Remark } from './mark.ts'

/** Go, Rust, the JVM and others, read as text: their tests are few in what Nightshift repairs. */
const SKIPS =
  /\bt\.Skip\w*\(|@(?:Disabled|Ignore)\b|#\[ignore|\[(?:Ignore|Skip)\b|^\s*(?:skip|pending)\b|\bmarkTestSkipped\(/
const TESTS = /^\s*func Test|@Test\b|#\[(?:tokio::)?test\]|^\s*(?:it|test|specify) ['"]/gm
const ASSERTIONS = /\bassert(?:\w*|\s*\.\s*\w+|!|_\w+!)\s*\(|\bt\.(?:Error|Fatal)\w*\(|\brequire\.\w+\(|\bexpect\b/g
const STRICT = /\b(?:assert_?eq(?:uals)?!?|assertEquals|assertThat|require\.Equal|assert\.Equal|\.to eq)\b/gi
const LOOSE =
  /\b(?:assertTrue|assertNotNull|assert!|assert\.(?:True|NotNil|NotEmpty)|require\.(?:True|NotNil)|be_truthy)/g

/** What weakens tests. A new test may say what it likes; one that was there may only grow. */
export function testFindings(before: string | null, after: string, { came }: NumberedChange): Remark[] {
  const found: Remark[] = came
    .filter(({ text }) => SKIPS.test(codeOnly(text)))
    .map(({ number }) => ({ line: number, rule: 'test-skipped', why: 'It skips tests, or runs only some of them.' }))
  if (before === null) return found
  const [old, now] = [codeOnly(before), codeOnly(after)]
  const went = (pattern: RegExp): number => count(old, pattern) - count(now, pattern)
  const [tests, assertions] = [went(TESTS), went(ASSERTIONS)]
  if (tests > 0)
    found.push({ line: firstOf(now, TESTS), rule: 'fewer-tests', why: `It takes away ${tests} of the tests.` })
  if (assertions > 0)
    found.push({
      line: firstOf(now, ASSERTIONS),
      rule: 'fewer-assertions',
      why: `It takes away ${assertions} of the assertions.`,
    })
  if (went(STRICT) > 0 && went(LOOSE) < 0)
    found.push({ line: firstOf(now, LOOSE), rule: 'looser-matcher', why: 'It asserts less exactly than before.' })
  return found
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

const firstOf = (text: string, pattern: RegExp): number => {
  const at = text.search(pattern)
  return at === -1 ? 0 : lineAt(text, at)
}
