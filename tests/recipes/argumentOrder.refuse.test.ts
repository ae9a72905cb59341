import { expect, test, vi } from 'vitest'
import { argumentOrder } from '../../lib/recipes/argumentOrder.ts'
import { ask, COMMONJS, type Files, type Told, whyOf } from './project.ts'

const f = (parameters: string, call: string): string => `
 declare function f(${parameters}): void
 declare const text: string, count: number, loose: any, list: string[], day: Date
 ${call}
`

const CASES: Record<string, [string, string | Partial<Told>, Files?]> = {
  'a call that is right': ['accepts the arguments of every call', f('a: string, b: number', '¦f(text, count)')],
  'arguments of one type': ['accepts the arguments', f('a: string, b: string', '¦f(text, text)')],
  'arguments of any type': ['accepts the arguments', f('a: string, b: number', '¦f(loose, loose)')],
  'a call on another line': ['accepts the arguments', f('a: string, b: number', '¦f(text, count)\n f(count, text)')],
  'no exchange that fits': ['no exchange of two', f('a: string, b: number', '¦f(count, day)')],
  'a single argument': ['no exchange of two', f('a: string', '¦f(count)')],
  'a round of three': ['no exchange of two', f('a: string, b: number, c: Date', '¦f(count, day, text)')],
  'two exchanges that fit': [
    'more than one exchange',
    f('a: string, b: number | string, c: number | string', '¦f(count, text, text)'),
  ],
  'an argument that may be anything': ['may be of any type', f('a: string, b: number', '¦f(count, loose)')],
  'a place that takes anything': ['takes anything in the place of', f('a: string, b: unknown', '¦f(count, text)')],
  'a list spread out': ['spread out', f('a: string, b: number, c?: number', '¦f(count, text, ...[1] as const)')],
  'a long list of arguments': [
    'more than 6 arguments',
    f('a: string, b: number, c: number, d: number, e: number, g: number, h: number', '¦f(count, text, 1, 1, 1, 1, 1)'),
  ],
  'two calls on a line': ['more than one call', f('a: string, b: number', '¦f(count, text); f(count, text)')],
  'an exchange that breaks what follows': [
    'no exchange of two',
    `
 declare function pick<A extends string, B>(a: A, b: B): B
 export const n: string = ¦pick(1, 'x')
`,
  ],
  'JavaScript without types': [
    'accepts the arguments',
    {
      path: 'src/a.js',
      diff: '\n const f = (name, times) => name.trim().repeat(times)\n exports.a = () => ¦f(3, "x")\n',
    },
    COMMONJS,
  ],
  'a test': ['is a test', { path: 'tests/a.test.ts', diff: f('a: string, b: number', '¦f(count, text)') }],
}

vi.setConfig({ testTimeout: 60_000 })

test.each(Object.entries(CASES))('refuses %s', (_, [why, told, project]) => {
  const given = typeof told === 'string' ? { diff: told } : told
  const { answers } = ask(argumentOrder, { diff: '', message: 'x.trim is not a function', ...given }, project)
  expect(answers).toMatchObject([{ ok: false, recipe: 'argument-order' }])
  expect(whyOf(answers)).toContain(why)
})
