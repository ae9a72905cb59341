import { expect, test } from 'vitest'
import { problemNamed } from '../../app/login/words.ts'
import { safeNext, toLogin } from '../../app/next.ts'

const BOARD = '/dashboard/agent-control'

test.each([BOARD, `${BOARD}/issues/3`, `${BOARD}/audit?project=shop&kind=people`, '/dashboard'])(
  'a page of ours is gone to: %s',
  (path) => {
    expect(safeNext(path)).toBe(path)
  },
)

test.each([
  'https://elsewhere.example/dashboard',
  '//elsewhere.example/dashboard',
  '/\\elsewhere.example/dashboard',
  '\\\\elsewhere.example',
  '/\t/elsewhere.example/dashboard',
  '/\n//elsewhere.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/dashboard/../login',
  '/dashboard/..//elsewhere.example',
  '/dashboard@elsewhere.example',
  '/dashboards',
  '/api/control/pause',
  '/auth/github',
  'dashboard',
  '',
  `/dashboard/${'x'.repeat(500)}`,
  null,
  7,
  ['/dashboard'],
])('anything else leads to the board: %j', (wanted) => {
  expect(safeNext(wanted)).toBe(BOARD)
})

test('what is gone to is one line, as an address', () => {
  expect(safeNext('/dashboard/a?b="c"\r\nset-cookie: x')).toMatch(/^\/dashboard\/[\w?=%:.-]+$/)
})

test('the sign-in page leads back, and says known words alone', () => {
  expect(toLogin(`${BOARD}/issues/3`)).toBe(`/login?next=${encodeURIComponent(`${BOARD}/issues/3`)}`)
  expect([toLogin(BOARD), toLogin(null), toLogin('//x')]).toEqual(['/login', '/login', '/login'])
  expect(problemNamed('wrong')).toMatch(/^That did not work/)
  for (const name of ['constructor', '<b>', undefined]) expect(problemNamed(name)).toBeNull()
})
