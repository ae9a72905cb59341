import { expect, test } from 'vitest'
import { farFault } from '../../../lib/adapters/git/far.ts'
import { gitAddress } from '../../../lib/domain/gitAddress.ts'

/** What git, ssh and curl say, word for word, and what people are told to do about it. */
const HTTPS = gitAddress('https://git.example.com/a/shop.git')!
const SSH = gitAddress('git@git.example.com:a/shop.git')!
const at = (said: string, address = HTTPS) => farFault(said, { address })
const url = "fatal: unable to access 'https://git.example.com/a/shop.git/'"

test.each([
  [`${url}: Could not resolve host: git.example.com`, 'GIT_UNREACHABLE'],
  [`${url}: Failed to connect to git.example.com port 443 after 1 ms: Couldn't connect to server`, 'GIT_UNREACHABLE'],
  [`${url}: Operation too slow. Less than 1 bytes/sec transferred the last 120 seconds`, 'GIT_UNREACHABLE'],
  [`${url}: The requested URL returned error: 503`, 'GIT_UNREACHABLE'],
  [`${url}: The requested URL returned error: 429`, 'GIT_LIMITED'],
  [`${url}: The requested URL returned error: 403`, 'GIT_UNAUTHORISED'],
  [`${url}: The requested URL returned error: 301`, 'CODE_UNREACHABLE'],
  ["fatal: Authentication failed for 'https://git.example.com/a/shop.git/'", 'GIT_UNAUTHORISED'],
  ["fatal: could not read Username for 'https://git.example.com': terminal prompts disabled", 'GIT_UNAUTHORISED'],
  [`${url}: SSL certificate problem: self-signed certificate`, 'GIT_CERTIFICATE'],
  [`${url}: server certificate verification failed. CAfile: none CRLfile: none`, 'GIT_CERTIFICATE'],
  ["fatal: repository 'https://git.example.com/a/shop.git/' not found", 'CODE_UNREACHABLE'],
  ['error: RPC failed; curl 92 HTTP/2 stream 5 was not closed cleanly\nfatal: early EOF', 'GIT_UNREACHABLE'],
  ['remote: You are not allowed to push code to this project.', 'GIT_UNAUTHORISED'],
])('over HTTPS: %s is %s', (said, code) => {
  const fault = at(said)
  expect(fault.code).toBe(code)
  expect(fault.detail).toMatch(/^git\.example\.com: /)
})

const remote =
  'fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.'
test.each([
  [`git@git.example.com: Permission denied (publickey).\n${remote}`, 'GIT_UNAUTHORISED', 'Permission denied'],
  [`Host key verification failed.\n${remote}`, 'GIT_HOST_KEY', 'a key that nobody trusted'],
  [
    `@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.\n${remote}`,
    ...['GIT_HOST_KEY', 'another key than the one that was trusted'],
  ],
  [`ssh: connect to host git.example.com port 22: Connection refused\n${remote}`, 'GIT_UNREACHABLE', 'refused'],
  [`ssh: connect to host git.example.com port 22: Connection timed out\n${remote}`, 'GIT_UNREACHABLE', 'timed out'],
  [`kex_exchange_identification: read: Connection reset by peer\n${remote}`, 'GIT_UNREACHABLE', 'reset by peer'],
  [
    `ERROR: The key you are authenticating with has been marked as read only.\n${remote}`,
    'GIT_UNAUTHORISED',
    'read only',
  ],
  ['fatal: cannot exec /usr/bin/ssh: No such file', 'GIT_PROGRAM_MISSING', 'openssh-client'],
])('over SSH: %s is %s', (said, code, words) => {
  const fault = at(said!, SSH)
  expect(fault).toMatchObject({ code, detail: expect.stringContaining(words!) })
  expect(fault.detail).not.toMatch(/Please make sure|and the repository exists/)
})

test('a key that changed is never taken for one that is merely unknown, nor for a wrong login', () => {
  const said =
    'WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!\nPermission denied (publickey).\nHost key verification failed.'
  expect(at(said, SSH).detail).toContain('another key than the one that was trusted')
})

test('what a far side says is one line of plain text, and no more than fits', () => {
  const { detail } = at(`remote: \u001b[31mno\u001b[0m\u202e\nhint: try this\n\nremote: ${'x'.repeat(9000)}`)
  expect(detail).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(detail).not.toContain('hint:')
  expect(detail.length).toBeLessThan(450)
})

test('of a path nothing is said before it: there is no host', () => {
  expect(at('fatal: not a git repository', gitAddress('/srv/a.git')!).detail).toBe('fatal: not a git repository')
})
