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
  [500, 'Oops', {}, 'CODE_UNREACHABLE'],
])('%s "%s" %j is %s', (status, message, headers, code) => {
  const fault = faultOf({ status, message: 'client', response: { headers, data: { message } } }, 'GET /x')
  expect(fault).toMatchObject({ code, detail: expect.stringContaining(message) })
})
