import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { redactCredentials, redactLong } from '../../lib/parse/redactText.ts'
import { ROOT, sources } from '../architecture/imports.ts'

const GITHUB = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_')
const PEM = ['-----BEGIN ', 'PRIVATE KEY-----\nMIIabc\n-----END ', 'PRIVATE KEY-----'].join('')

test.each<[string, string, string]>([
  ['a token', `use ${GITHUB}`, '[github-token]'],
  ['a key', `before\n${PEM}\nafter`, '[pem]'],
  ['a literal', `const password = 'hunter2hunter2'`, `'[password]'`],
  ['a mailbox', 'ask ada@clinic.test', '[email]'],
  ['a card', 'paid with 4111 1111 1111 1111', '[card]'],
  ['a login in an address', 'https://ada:s3cret@host.test/', 'host.test'],
])('%s does not leave, wherever it stands in a long text', (_, text, placeholder) => {
  const long = `${'const a = 1\n'.repeat(20_000)}${text}\n${'const b = 2\n'.repeat(20_000)}`
  const redacted = redactLong(long)
  expect(redacted).toContain(placeholder)
  for (const gone of [GITHUB, 'MIIabc', 'hunter2', 'ada@', '4111 1111', 's3cret']) expect(redacted).not.toContain(gone)
  expect(redacted.length).toBeGreaterThan(long.length - 200)
})

test('twice is once, and code stays code: of this repository fewer than 4 lines in 1,000 change', () => {
  let lines = 0
  let changed = 0
  for (const path of sources().slice(0, 400)) {
    const text = readFileSync(join(ROOT, path), 'utf8')
    const once = redactLong(text)
    expect({ path, twice: redactLong(once) === once }).toEqual({ path, twice: true })
    const after = once.split('\n')
    for (const [i, line] of text.split('\n').entries()) {
      lines += 1
      if (line !== after[i]) changed += 1
    }
  }
  expect(changed / lines).toBeLessThan(0.004)
})

test('what is used as it is loses nothing but credentials', () => {
  const code = `headers: { authorization: 'Bearer test-owner', password: 'pw-1' } // ada@clinic.test`
  expect(redactCredentials(code)).toBe(code)
  expect(redactCredentials(`${code} ${GITHUB}`)).not.toContain(GITHUB)
})

test('four megabytes take seconds, not minutes', () => {
  const started = performance.now()
  redactLong('password="a b c" 4111 token: x@y '.repeat(120_000))
  expect(performance.now() - started).toBeLessThan(20_000)
})
