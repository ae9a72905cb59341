import { expect, test } from 'vitest'
import { CASES } from './crashes.ts'
import { answers, crashOf, proposed } from './recipes.ts'

test.each(CASES)('%s', (_, type, message, diff, others) => {
  for (const eol of ['\n', '\r\n'] as const) {
    const { input, after } = crashOf(diff, type, message, { eol, ...(others ? { others } : {}) })
    expect(proposed(input).slice(0, 2)).toContain(after)
  }
})

const whyNot = (diff: string, type: string, message: string): string =>
  answers(crashOf(diff, type, message).input)
    .map((one) => (one.ok ? one.proposal.summary : one.why))
    .join('\n')

test('what nothing in the file shows is refused', () => {
  const none = "'NoneType' object has no attribute 'name'"
  expect(whyNot(' def name(row):\n     return ¦row.name\n', 'AttributeError', none)).toContain(
    'no guard of the file says',
  )
  const unknown = whyNot(' def left(stock, name):\n     return ¦stock[name]\n', 'KeyError', "'pear'")
  expect(unknown).toContain('no guard of the file says')
  const missing = "send() missing 1 required positional argument: 'to'"
  expect(whyNot(' def send(to): pass\n def post():\n     ¦send()\n', 'TypeError', missing)).toContain(
    'nothing called to',
  )
})

test('a model is named, with what it stands for', () => {
  const guarded = CASES.find(([name]) => name.startsWith('something that is None'))
  const { input } = crashOf(guarded?.[3] ?? '', 'AttributeError', guarded?.[2] ?? '')
  const [first] = answers(input).filter((one) => one.ok)
  expect(first).toMatchObject({
    proposal: {
      recipe: 'python-guards',
      summary: expect.stringContaining('Ends early where row is None.'),
      assumes: ['row may be None, and then `return None` is right, as the guard on line 3 has it'],
      modelledOn: { path: 'app/main.py', line: 3 },
    },
  })
})
