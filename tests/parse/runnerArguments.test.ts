import { expect, test } from 'vitest'
import { goArguments } from '../../lib/harness/tests/go/arguments.ts'
import { gradleArguments, mavenArguments } from '../../lib/harness/tests/java/arguments.ts'
import { cargoArguments } from '../../lib/harness/tests/rust/arguments.ts'

type Only = { file: string | null; titles: string[] }[] | null
const asked = (only: Only, coverage = false) => ({ only, coverage, workspace: '/workspace' })
const words = (line: string) => line.split(' ')

test.each<[string, Only, boolean, string, string]>([
  ['test ./...', null, false, '/workspace', 'test -json ./...'],
  [
    'test -v -race ./...',
    null,
    true,
    '/workspace',
    'test -v -race -json -coverprofile=P -covermode=atomic -coverpkg=./... ./...',
  ],
  [
    'test -run Old -timeout 30s ./... -args -x',
    [{ file: 'a/a_test.go', titles: ['TestA'] }],
    false,
    '/workspace',
    'test -timeout 30s -json -run ^(?:TestA)$ ./a -args -x',
  ],
  [
    'test ./...',
    [
      { file: 'api/a_test.go', titles: ['TestA', 'one'] },
      { file: 'api/b_test.go', titles: ['TestB', 'two'] },
    ],
    false,
    '/workspace/api',
    'test -json -run ^(?:TestA|TestB)$/^(?:one|two)$ ./',
  ],
  ['test ./...', [{ file: null, titles: ['Test.A'] }], false, '/workspace', 'test -json -run ^(?:Test\\.A)$ ./...'],
  [
    'test ./...',
    [{ file: 'a_test.go', titles: ['TestA', 'x/y'] }],
    false,
    '/workspace',
    'test -json -run ^(?:TestA)$ ./',
  ],
])('go %s', (line, only, coverage, cwd, expected) => {
  expect(goArguments(words(line), asked(only, coverage), cwd, 'P')).toEqual(words(expected))
})

test.each<[string, Only, string]>([
  ['test', null, 'test --offline --no-fail-fast'],
  [
    '+stable test -p shop --offline -- --nocapture --test-threads 1',
    null,
    '+stable test --no-fail-fast -p shop --offline -- --test-threads 1',
  ],
  [
    'test -- filter',
    [
      { file: null, titles: ['tests::a'] },
      { file: null, titles: ['tests::b'] },
    ],
    'test --offline --no-fail-fast -- --exact tests::a tests::b',
  ],
])('cargo %s', (line, only, expected) => expect(cargoArguments(words(line), { only })).toEqual(words(expected)))

const CART: Only = [
  { file: null, titles: ['shop.CartTest', 'totals{int}[1]'] },
  { file: null, titles: ['shop.CartTest', 'names'] },
  { file: null, titles: ['shop.Cart$Inner', 'a'] },
]

test.each<[string, Only, string | null, string]>([
  ['test', null, null, '-o -B -fae -DtrimStackTrace=false test'],
  ['-Dmaven.repo.local=/r verify', null, '/d', '-o -B -fae -DtrimStackTrace=false -Dmaven.repo.local=/r verify'],
  [
    '-Dtest=Old test',
    CART,
    '/d',
    '-o -B -fae -DtrimStackTrace=false -Dmaven.repo.local=/d -Dtest=shop.CartTest#totals+names,shop.Cart$Inner#a -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false test',
  ],
])('mvn %s', (line, only, repository, expected) => {
  expect(mavenArguments(words(line), { only }, repository)).toEqual(words(expected))
})

test.each<[string, Only, string]>([
  ['test --offline', null, 'test --offline --continue --console=plain'],
  [
    ':core:test -i',
    [{ file: null, titles: ['a.B$C', 'd()'] }],
    ':core:test --tests a.B.C.d -i --offline --continue --console=plain',
  ],
  ['check', CART, 'check --offline --continue --console=plain'],
])('gradle %s', (line, only, expected) => expect(gradleArguments(words(line), { only })).toEqual(words(expected)))
