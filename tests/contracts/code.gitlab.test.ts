import { expect, test } from 'vitest'
import { pathOf } from '../../lib/adapters/gitlab/place.ts'
import { codeContract } from './code.contract.ts'
import { openGitlab } from './gitlabHost.ts'
import { projectAt } from './projectAt.ts'

codeContract('code.gitlab on an emulated GitLab', () => openGitlab())

test.each([
  ['acme/shop', 'acme/shop'],
  ['acme/web/deep/shop', 'acme/web/deep/shop'],
  ['https://gitlab.com/acme/shop.git', 'acme/shop'],
  ['https://gitlab.com/acme/shop/', 'acme/shop'],
])('%s is the project %s', (repository, path) => {
  expect(pathOf('https://gitlab.com', projectAt(repository))).toBe(path)
})

test.each(['shop', '../acme', 'acme/..', 'https://elsewhere.example/acme/shop', 'acme/sh op', 'acme/shop?x=1'])(
  '%s is no project there',
  (repository) => {
    expect(() => pathOf('https://gitlab.com', projectAt(repository))).toThrow('group/project')
  },
)
