import type { Sandbox } from '@vercel/sandbox'
import { describe, expect, it } from 'vitest'
import { prlimits } from '../../../lib/adapters/sandbox/vercel/guest/box.ts'
import { DENY_ALL, inForce } from '../../../lib/adapters/sandbox/vercel/policy.ts'
import { resultOf } from '../../../lib/adapters/sandbox/vercel/run.ts'
import { nameOf } from '../../../lib/adapters/sandbox/vercel/snapshots.ts'
import { explainTrouble } from '../../../lib/adapters/sandbox/vercel/trouble.ts'
import { checkTree } from '../../../lib/adapters/sandbox/vercel/upload.ts'
import { parseSandbox } from '../../../lib/config/sandbox.ts'
import { DEFAULT_LIMITS } from '../../../lib/domain/sandbox.ts'
import { file } from '../lab.ts'

const told = (session: unknown, sandbox: unknown) =>
  ({ currentSession: () => ({ networkPolicy: session }), networkPolicy: sandbox }) as unknown as Sandbox
const npm = { hosts: ['registry.npmjs.org'] }

describe('which network policy is in force', () => {
  it.each([
    [{ mode: 'deny-all' }, 'deny-all', true],
    [{ mode: 'deny-all' }, undefined, true],
    [undefined, 'deny-all', true],
    [undefined, undefined, null],
    [{ mode: 'allow-all' }, 'deny-all', false],
    [{ mode: 'deny-all' }, 'allow-all', false],
    [{ mode: 'custom', allowedDomains: ['a.example'] }, undefined, false],
    [{ mode: 'custom', allowedDomains: [], allowedCIDRs: ['0.0.0.0/0'] }, undefined, false],
  ])('session %j, sandbox %j: denied is %s', (session, sandbox, answer) => {
    expect(inForce(told(session, sandbox), DENY_ALL)).toBe(answer)
  })
  it.each([
    [{ mode: 'custom', allowedDomains: ['registry.npmjs.org'] }, true],
    [{ mode: 'custom', allowedDomains: ['registry.npmjs.org'], allowedCIDRs: [] }, true],
    [{ mode: 'custom', allowedDomains: ['registry.npmjs.org', '*'] }, false],
    [{ mode: 'custom', allowedDomains: ['registry.npmjs.org'], allowedCIDRs: ['10.0.0.0/8'] }, false],
    [{ mode: 'custom', allowedDomains: ['registry.npmjs.org'], forwardRules: [{}] }, false],
    [{ mode: 'allow-all' }, false],
  ])('%j is the registry alone: %s', (session, answer) => {
    expect(inForce(told(session, undefined), npm)).toBe(answer)
  })
})

describe('a report', () => {
  const report = {
    ...{ end: 'exited' as const, exit: 1, stdout: 'aGk=', stderr: '', truncated: false, ms: 3 },
    ...{ refused: [], kept: null, failure: null },
  }
  it('is what the port says, in text', () => {
    const said = { end: 'exited', exit: 1, stdout: 'hi', stderr: '', truncated: false, egress: 2, ms: 3 }
    expect(resultOf({ ...report, egress: 2 })).toEqual(said)
  })
  it('that nobody counted for may have reached out', () => {
    expect(resultOf({ ...report, egress: null }).egress).toBe(1)
    expect(resultOf({ ...report, egress: 0 }).egress).toBe(0)
  })
})

describe('the choice of Vercel', () => {
  const claims = (payload: object) => `h.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.s`
  const full = { SANDBOX: 'vercel', VERCEL_TOKEN: 't', VERCEL_TEAM_ID: 'team', VERCEL_PROJECT_ID: 'prj' }
  it('lists everything that is missing', () => {
    expect(parseSandbox({ SANDBOX: 'vercel', VERCEL_TEAM_ID: 'team' })).toEqual({
      choice: null,
      problems: ['VERCEL_TOKEN: SANDBOX=vercel needs it', 'VERCEL_PROJECT_ID: SANDBOX=vercel needs it'],
    })
  })
  it('takes a login of three, or one token that names the rest', () => {
    const choice = { kind: 'vercel', token: 't', teamId: 'team', projectId: 'prj' }
    expect(parseSandbox(full).choice).toEqual(choice)
    expect(parseSandbox({ ...full, VERCEL_SANDBOX_IMAGE: 'own' }).choice).toEqual({ ...choice, image: 'own' })
    const elsewhere = { ...full, VERCEL_SANDBOX_URL: 'http://127.0.0.1:99/' }
    expect(parseSandbox(elsewhere).choice).toEqual({ ...choice, url: 'http://127.0.0.1:99' })
    // The token would travel in clear.
    expect(parseSandbox({ ...full, VERCEL_SANDBOX_URL: 'http://example.com' }).problems).toEqual([
      'VERCEL_SANDBOX_URL: http://example.com is not https, and not on this machine',
    ])
    const token = claims({ owner_id: 'team', project_id: 'prj' })
    expect(parseSandbox({ SANDBOX: 'vercel', VERCEL_OIDC_TOKEN: token }).choice).toEqual({ ...choice, token })
    const nobody = parseSandbox({ SANDBOX: 'vercel', VERCEL_OIDC_TOKEN: claims({ owner_id: 'team' }) })
    expect(nobody.problems).toEqual(['VERCEL_OIDC_TOKEN: it does not name a team and a project'])
  })
  it('says nothing of it where another was chosen', () => {
    expect(parseSandbox({ ...full, SANDBOX: undefined })).toEqual({ choice: { kind: 'bubblewrap' }, problems: [] })
  })
})

it.each([
  ['Status code 402 is not ok', 'plan'],
  ['Status code 429: ', 'limit of requests'],
  ['missing in the machine: unshare', 'image'],
  ['unshare: unshare failed: Operation not permitted', 'image'],
  ['something else', 'did not start'],
])('explains %s', async (words, reason) => {
  expect((await explainTrouble(words)).why).toContain(reason)
})

it('names machines as the service allows, by content alone', () => {
  expect(nameOf('a'.repeat(64))).toMatch(/^[a-z][a-z0-9-]{1,60}$/)
})

it('limits a process, and never its address space', () => {
  const words = prlimits({ ...DEFAULT_LIMITS, processes: 7, cpuSeconds: 3 })
  expect(words).toMatch(/--cpu=3:4 --nproc=7 --fsize=536870912 .*--core=0 --data=\d+$/)
  expect(words).not.toContain('--as')
})

it('refuses a tree that is none', () => {
  expect(() => checkTree([file('a/b', ''), file('a/c', '')])).not.toThrow()
  for (const paths of [['a', 'a'], ['a/b', 'a'], ['../a'], ['/a']])
    expect(() => checkTree(paths.map((path) => file(path, '')))).toThrow()
})
