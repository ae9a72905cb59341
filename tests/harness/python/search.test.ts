import { expect, test } from 'vitest'
import type { SearchInput } from '../../../lib/domain/repair.ts'
import type { TestFailure } from '../../../lib/domain/testRun.ts'
import { caseOf } from '../../recipes/diff.ts'
import { answers, told } from './recipes.ts'

const FAILURE: TestFailure = { type: 'AssertionError', message: '', expected: null, actual: null, frames: [] }

/** The lines of a change are the suspicious ones; `+` lines are what has to be found. */
function searchOf(diff: string, failure: Partial<TestFailure> = {}, most = 400): { input: SearchInput; after: string } {
  const { before, after } = caseOf(diff, { path: 'a.py' })
  const changed = before.split('\n').flatMap((_, at) => (at < before.split('\n').length - 1 ? [at + 1] : []))
  const suspects = changed.map((line) => ({ path: 'a.py', line, weight: 0.5 }))
  const failures = [{ test: 't', file: 'test_a.py', failure: { ...FAILURE, ...failure } }]
  return { input: { files: { 'a.py': before }, suspects, failures, most }, after }
}

const texts = (input: SearchInput): string[] =>
  answers(input).flatMap((one) => (one.ok ? one.proposal.edits.map(({ text }) => text) : []))

const CASES: [string, string, Partial<TestFailure>?][] = [
  ['a boundary', ' def f(a, b):\n-    return a < b  # kept\n+    return a <= b  # kept\n'],
  ['both ends of a range', ' def f(a, b, c):\n-    return a <= b and c <= a\n+    return a < b and c < a\n'],
  ['an operator', ' def f(a, b):\n-    return a + b\n+    return a - b\n', { expected: '1', actual: '5' }],
  ['a grouping', ' def f(a, b, c):\n-    return a + b / c\n+    return (a + b) / c\n'],
  ['a negation', ' def f(a):\n-    if a:\n+    if not a:\n         return 1\n     return 2\n'],
  ['and for or', ' def f(a, b):\n-    return a or b\n+    return a and b\n', { expected: 'False', actual: 'True' }],
  ['the end of a range', ' def f(n):\n-    return list(range(n))\n+    return list(range(n + 1))\n'],
  ['arguments', ' def f(a, b):\n-    return pow(a, b)\n+    return pow(b, a)\n'],
  ['a name', ' def f(left, right):\n-    return left + left\n+    return left + right\n'],
  ['a flag', ' def f(a):\n-    return sorted(a, reverse=True)\n+    return sorted(a, reverse=False)\n'],
  ['a return', ' def f(a):\n-    len(a)\n+    return len(a)\n', { expected: '3', actual: 'None' }],
  [
    'self',
    ' class A:\n     def __init__(self):\n         self.n = 0\n     def f(self):\n-        return n\n+        return self.n\n',
  ],
  [
    'a default made once',
    ' def f(a, seen=[]):\n+    if seen is None:\n+        seen = []\n     seen.append(a)\n     return seen\n'.replace(
      ' def f(a, seen=[]):\n',
      '-def f(a, seen=[]):\n+def f(a, seen=None):\n',
    ),
  ],
  [
    'a return inside the loop',
    ' def f(items):\n     n = 0\n     for one in items:\n         n += one\n-        return n\n+    return n\n',
  ],
  [
    'an elif',
    ' def f(a):\n     if a:\n         b = 1\n-    if a > 2:\n+    elif a > 2:\n         b = 2\n     return b\n',
  ],
  ['an await', ' async def g():\n     return 1\n async def f():\n-    return g()\n+    return await g()\n'],
  [
    'an await of a future',
    ' async def f(self):\n     waiting = self.start()\n-    value = waiting\n+    value = await waiting\n     return value\n',
  ],
  ['an await of the library', ' import asyncio\n async def f():\n-    asyncio.sleep(1)\n+    await asyncio.sleep(1)\n'],
  [
    'an await of somebody else’s method',
    ' async def f(client):\n-    return client.get(1)\n+    return await client.get(1)\n',
  ],
  [
    'an await of what is handed over, which Python itself misses',
    ' async def pages(fetch, at):\n-    items = fetch(at)\n+    items = await fetch(at)\n     return len(items)\n',
    { type: 'TypeError', message: "object of type 'coroutine' has no len()" },
  ],
  [
    'a key that may be missing',
    ' def f(table, key):\n-    found = table[key]\n+    found = table.get(key)\n     if found is not None:\n         return found\n     return 0\n',
  ],
  ['a key that has to be there', ' def f(table, key):\n-    return table.get(key, 0)\n+    return table[key]\n'],
  ['parentheses', ' def g():\n     return 1\n def f():\n-    return g\n+    return g()\n'],
  [
    'what another method does',
    ' class A:\n     def put(self, key):\n         self.seen.move_to_end(key)\n     def get(self, key):\n+        self.seen.move_to_end(key)\n         return self.seen[key]\n',
  ],
  [
    'what is left behind a loop, where there is any',
    ' def split(items, size):\n     parts = []\n     part = []\n     for item in items:\n         if not part:\n             part = [item]\n' +
      '         else:\n             parts.append(part)\n             part = [item]\n+    if part:\n+        parts.append(part)\n     return parts\n',
  ],
  [
    'the same, behind a statement that follows the loop',
    ' def split(items):\n     parts = []\n     part = ""\n     for item in items:\n         if not part:\n             part = item\n' +
      '         else:\n             parts.append(part)\n             part = item\n     part = part.strip()\n+    if part:\n+        parts.append(part)\n     return parts\n',
  ],
  ['None first', ' def f(a):\n-    while a.next:\n+    while a is not None and a.next:\n         a = a.next\n'],
]

test.each(CASES)('%s is among the candidates', (_, diff, failure) => {
  const { input, after } = searchOf(diff, failure)
  expect(texts(input)).toContain(after)
})

const NET = 'def net(a):\n    return a\n\n\ndef gross(a):\n    return a\n'
const importing = (line: string, failure: Partial<TestFailure> = {}, others: Record<string, string> = {}) => {
  const { input } = searchOf(` ${line}\n def f(a):\n     return net(a)\n`, failure)
  return texts({ ...input, files: { ...input.files, 'rates.py': NET, ...others } }).map((text) => text.split('\n')[0])
}

test('an import takes another name of the module, or the name from another module', () => {
  expect(importing('from rates import gross as net')).toContain('from rates import net')
  expect(importing('from .rates import gross as net')).toContain('from .rates import net')
  expect(importing('from rates import net')).toContain('from rates import gross as net')
  expect(importing('from rates import net', {}, { 'taxes.py': NET })).toContain('from taxes import net')
  // A module that is not the repository's is left alone.
  expect(importing('from os import path as net').filter((text) => text?.includes('import'))).toEqual(
    importing('from os import path as net').map(() => 'from os import path as net'),
  )
})

test('the likelier comes first, and what the test says counts', () => {
  const diff = ' def f(a):\n-    return a[len(a) - 1] < 2\n+    return a[len(a) - 1] <= 2\n'
  const { input, after } = searchOf(diff)
  expect(texts(input)[0]).toBe(after)
  const none = searchOf(' def f(a):\n-    len(a) + 1\n+    return len(a) + 1\n', { expected: '2', actual: 'None' })
  expect(texts(none.input)[0]).toBe(none.after)
  const handed =
    ' async def f(fetch, at):\n-    items = fetch(at)\n+    items = await fetch(at)\n     return len(items)\n'
  const missed = searchOf(handed, { type: 'TypeError', message: "object of type 'coroutine' has no len()" })
  expect(texts(missed.input)[0]).toBe(missed.after)
})

test('a missing key that the next line asks about is looked up first', () => {
  const { input, after } = searchOf(
    ' def f(table, key):\n-    found = table[key]\n+    found = table.get(key)\n     if found is None:\n         return 0\n     return found\n',
    { type: 'KeyError', message: "'a'" },
  )
  expect(texts(input)[0]).toBe(after)
})

test('a heavier line comes before a lighter one', () => {
  const { input } = searchOf(' def f(a, b):\n     c = a < b\n     return c and a < 3\n')
  const weighed = { ...input, suspects: input.suspects.map((one) => ({ ...one, weight: one.line === 3 ? 1 : 0.1 })) }
  expect(answers(weighed)[0]).toMatchObject({ proposal: { summary: 'Writes `<=` instead of `<` on line 3.' } })
})

test('candidates are as many as asked for, different, and never the text as it is', () => {
  const { input } = searchOf(' def f(a, b):\n     return [a < b, a + b, a[0], b[1:]]\n', {}, 25)
  const found = texts(input)
  expect(found).toHaveLength(25)
  expect(new Set(found).size).toBe(25)
  expect(found).not.toContain(input.files['a.py'])
  expect(texts({ ...input, most: 0 })).toEqual([])
})

test('what cannot be read is refused with a reason, and odd files are passed over', () => {
  expect(told('no json')).toEqual([{ ok: false, recipe: 'all', why: 'the task is not JSON' }])
  expect(told('[]')[0]).toMatchObject({ ok: false })
  expect(told('{"files":{},"suspects":[1],"most":1}')[0]).toMatchObject({ ok: false })
  const { input } = searchOf(' def f(:\n     return 1\n')
  expect(texts(input)).toEqual([])
})
