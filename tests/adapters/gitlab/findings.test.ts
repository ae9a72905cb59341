import { afterEach, beforeEach, expect, test } from 'vitest'
import { gitlabFindings } from '../../../lib/adapters/gitlab/findings.ts'
import { TOKEN } from '../../contracts/gitHosts.ts'
import { openGitlab } from '../../contracts/gitlabHost.ts'

let hub: Awaited<ReturnType<typeof openGitlab>>
beforeEach(async () => {
  hub = await openGitlab()
})
afterEach(() => hub.close())

const look = async (hasReadToken = true) =>
  (await gitlabFindings({ ...hub.options, hasReadToken }, hub.project, hub.reader)).map(({ state, detail }) =>
    [state, detail].join(': '),
  )

test('where all is well, the branch is named', async () => {
  expect(await look()).toEqual([`ok: main is at ${hub.base.slice(0, 12)}`])
})

test.each<[string, object | null, string]>([
  ['lacks a scope', { scopes: ['api'] }, 'fails: it lacks write_repository'],
  ['may do too much', { scopes: ['api', 'write_repository', 'sudo'] }, 'fails: it may do more than is accepted: sudo'],
  ['was revoked', { revoked: true }, 'fails: it was revoked or has expired: make a new one'],
  ['ends soon', { expires_at: new Date().toISOString().slice(0, 10) }, 'note: it ends on '],
  ['says nothing', null, 'note: GitLab does not say what it may do'],
])('a token that %s is found', async (_, more, words) => {
  const { token } = hub.host.project
  hub.host.project.token = more && { ...token, ...more }
  expect((await look())[0]).toContain(words)
})

test('one token for everything is worth a word; one that is refused fails twice', async () => {
  expect(await look(false)).toContain('note: what only reads holds the token that may push: GITLAB_READ_TOKEN')
  hub.host.tokens.clear()
  const found = await look()
  expect(found.map((one) => one.split(':')[0])).toEqual(['fails', 'fails'])
  expect(found.join()).not.toContain(TOKEN)
})
