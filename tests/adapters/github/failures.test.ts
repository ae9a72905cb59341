import { expect, test } from 'vitest'
import { faultOf, said } from '../../../lib/adapters/github/failures.ts'

const TOKEN = `ghp_${'a1'.repeat(18)}`

test('of GitHub’s words a line is shown, without what it was sent', () => {
  expect(said(`token ${TOKEN}\nis bad`)).not.toContain(TOKEN)
  expect(said(`token ${TOKEN}\nis bad`)).not.toContain('\n')
  expect(said('x '.repeat(9000)).length).toBeLessThanOrEqual(300)
})

test.each([
  [401, 'Bad credentials', {}, 'GITHUB_UNAUTHORISED'],
  [403, 'Resource not accessible by integration', {}, 'GITHUB_PERMISSIONS'],
  [403, 'API rate limit exceeded', {}, 'GITHUB_LIMITED'],
  [403, 'Forbidden', { 'x-ratelimit-remaining': '0' }, 'GITHUB_LIMITED'],
  [403, 'Forbidden', {}, 'CODE_UNREACHABLE'],
  [429, 'Slow down', {}, 'GITHUB_LIMITED'],
  [404, 'Not Found', {}, 'CODE_UNREACHABLE'],
  [500, 'Oops', {}, 'GIT_UNREACHABLE'],
  [503, 'Unicorn', {}, 'GIT_UNREACHABLE'],
])('%s "%s" %j is %s', (status, message, headers, code) => {
  const fault = faultOf({ status, message: 'client', response: { headers, data: { message } } }, 'GET /x')
  expect(fault).toMatchObject({ code, detail: expect.stringContaining(message) })
})

test('a limit is over when GitHub says so, whichever of its two ways it says it', () => {
  const limited = (headers: object) =>
    faultOf({ status: 403, response: { headers, data: { message: 'rate limit' } } }, 'GET /x').again?.getTime()
  const inAMinute = Date.now() + 60_000
  for (const headers of [{ 'retry-after': '60' }, { 'x-ratelimit-reset': String(Math.round(inAMinute / 1000)) }])
    expect(Math.abs(limited(headers)! - inAMinute)).toBeLessThan(2000)
  expect(limited({})).toBeUndefined()
})
