import { expect, test } from 'vitest'
import { protection } from '../../lib/policy/glob.ts'
import { foldPath } from '../../lib/policy/paths.ts'

const answer = (pattern: string, path: string) => protection(pattern, foldPath(path)).answer

test.each([
  ['src/pay.ts', 'src/pay.ts', 'src/pay.js'],
  ['src/*.ts', 'src/a.ts', 'src/a/b.ts'],
  ['src/**', 'src/a/b/c.ts', 'lib/src/a.ts'],
  ['src', 'src/a/b.ts', 'srcs/a.ts'],
  ['src/', 'src/a/b.ts', 'srcs/a.ts'],
  ['**/keys/*.pem', 'a/b/keys/x.pem', 'a/keys/b/x.pem.txt/y'],
  ['*.sql', 'a/b/c.sql', 'a/b/c.sqlite'],
  ['secrets', 'a/secrets/b.ts', 'a/secrets.ts'],
  ['a?c.ts', 'src/abc.ts', 'src/ac.ts'],
  ['src/**/deep.ts', 'src/deep.ts', 'src/deep2.ts'],
  ['/src/a.ts', 'src/a.ts', 'lib/src/a.ts'],
  ['app/[id]/page.tsx', 'app/[id]/page.tsx', 'app/i/page.tsx'],
  ['app/[[...all]]/a.ts', 'app/[[...all]]/a.ts', 'app/l/a.ts'],
  ['app/(shop)/*', 'app/(shop)/a.ts', 'app/shop/a.ts'],
  ['SRC/Pay.ts', 'src/pay.ts', 'src/pays.ts'],
  ['a/*/c/**/f', 'a/b/c/d/e/f', 'a/b/x/d/e/f'],
])('%s protects %s and leaves %s', (pattern, inside, outside) => {
  expect(answer(pattern, inside)).toBe('protected')
  expect(answer(pattern, outside)).toBe('open')
})

test('the spelling of the path does not help', () => {
  expect(answer('src/pay.ts', 'SRC/Pay.TS')).toBe('protected')
  expect(answer('src/pay.ts', 'src/p\u200Bay.ts. ')).toBe('protected')
})

test.each(['', '  ', '!src/a.ts', '{a,b}.ts', 'src/[ab].ts', 'src/x[0-9]', '@(a|b).ts', 'src/+(a).ts'])(
  'unreadable: %j',
  (pattern) => {
    expect(protection(pattern, foldPath('docs/a.md'))).toMatchObject({ answer: 'unreadable' })
  },
)

test('stars do not multiply: a pattern made to be slow is answered', () => {
  expect(answer(`${'*a'.repeat(100)}b`, 'a'.repeat(1000))).toBe('open')
  expect(answer(`${'**/a/'.repeat(30)}b`, 'a/'.repeat(60))).toBe('open')
})
