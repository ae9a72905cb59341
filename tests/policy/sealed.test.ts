import { expect, test } from 'vitest'
import { seal, sealedBy, sealingKey, unseal } from '../../lib/domain/sealed.ts'

const one = sealingKey('5e'.repeat(32))!
const other = sealingKey('7a'.repeat(32))!

test('what is sealed is opened with its key, in its row, and by nobody else', () => {
  const sealed = seal(one, 'row 1', 'a secret – ünï')
  expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/)
  expect(sealed).not.toContain('secret')
  expect(unseal([other, one], 'row 1', sealed)).toBe('a secret – ünï')
  expect(unseal([one], 'row 2', sealed)).toBeNull()
  expect(unseal([other], 'row 1', sealed)).toBeNull()
  expect(unseal([], 'row 1', sealed)).toBeNull()
})

test('the same text is never sealed the same way', () => {
  expect(new Set(Array.from({ length: 50 }, () => seal(one, 'r', 'x'))).size).toBe(50)
})

test('whatever was changed in it is no seal of ours', () => {
  const sealed = seal(one, 'r', 'a secret')
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
    const opened = unseal([one], 'r', changed)
    // The last letter of a part may hold bits that no byte does.
    expect([null, 'a secret']).toContain(opened)
    if (opened !== null)
      expect(changed.split('.').map((part) => Buffer.from(part, 'base64url'))).toEqual(
        sealed.split('.').map((part) => Buffer.from(part, 'base64url')),
      )
  }
})

test.each([
  '',
  'v1',
  'v2.a.b.c.d',
  'v1.5e5e5e5e....',
  `v1.${one.kid}.AA.AA.AA`,
  `v1.${one.kid}.${'A'.repeat(16)}.AAAA.AA`,
])('%s is none', (sealed) => {
  expect(unseal([one], 'r', sealed)).toBeNull()
})

test('a key is 32 bytes, and known by its hash', () => {
  expect(sealingKey(Buffer.alloc(32, 1).toString('base64'))?.kid).toBe(sealingKey('01'.repeat(32))?.kid)
  expect(sealingKey(Buffer.alloc(32, 1).toString('base64url'))?.kid).toBe(sealingKey('01'.repeat(32))?.kid)
  expect(sealedBy(seal(one, 'r', 'x'))).toBe(one.kid)
  for (const text of ['', 'short', 'ab'.repeat(31), `${'ab'.repeat(31)}zz!`]) expect(sealingKey(text)).toBeNull()
})
