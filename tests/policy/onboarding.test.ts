import { expect, test } from 'vitest'
import { STEPS } from '../../lib/domain/onboarding.ts'
import { Settings } from '../../lib/domain/project.ts'
import { type OnboardingFacts, onboarding } from '../../lib/policy/onboarding.ts'

const settings = (more: object = {}) => Settings.parse({ repository: 'acme/shop', app: 'shop', ...more })
const AT_VERCEL = { project: 'prj_1', domain: 'shop.example.com', staging: { domain: 's.example.com' } }
const FRESH: OnboardingFacts = {
  ...{ database: null, people: 1, owners: 1, project: null, code: 'git', deploy: 'vercel' },
  ...{ vercel: { drain: false, webhook: false }, lastEvent: null, lastDrained: null, sentry: false, channels: [] },
}
const stand = (more: Partial<OnboardingFacts> = {}) =>
  Object.fromEntries(
    onboarding({ ...FRESH, ...more }).map(({ step, state, why, page }) => [step, { state, why, page }]),
  )

test('every step is told, in its order, whatever there is', () => {
  for (const facts of [FRESH, { ...FRESH, project: { settings: settings(), level: 2 as const } }])
    expect(onboarding(facts).map(({ step }) => step)).toEqual([...STEPS])
})

test('a fresh hosted installation begins with its project, and has a page for each thing to do', () => {
  const steps = onboarding(FRESH)
  expect(steps.find(({ state }) => state === 'todo')?.step).toBe('project')
  expect(steps.filter(({ state, page }) => state === 'todo' && page === null)).toEqual([])
})

test('a database whose login may rewrite the audit, and one without an owner, come first', () => {
  expect(stand({ database: 'role postgres is a superuser' }).database).toMatchObject({
    state: 'todo',
    why: expect.stringContaining('superuser'),
  })
  expect(stand({ owners: 0 }).people?.state).toBe('todo')
  expect(stand({ people: 3, owners: 2 }).people?.state).toBe('done')
})

test('code: GitHub is connected, a git address is done, and a name of GitHub’s without an App is to do', () => {
  const project = (repository: string) => ({ settings: settings({ repository }), level: 1 as const })
  expect(stand({ project: project('acme/shop') }).code).toMatchObject({ state: 'todo', page: 'connect/github' })
  expect(stand({ project: project('https://github.com/acme/shop.git') }).code?.state).toBe('todo')
  expect(stand({ project: project('/srv/shop.git') }).code?.state).toBe('done')
  expect(stand({ project: project('git@git.example.com:shop.git') }).code?.state).toBe('done')
  expect(stand({ code: 'github', project: project('acme/shop') }).code?.state).toBe('done')
  expect(stand({ code: 'github' }).code).toMatchObject({ state: 'todo', page: 'settings' })
})

test('drains are done when requests were counted, not when somebody made them', () => {
  const project = { settings: settings({ vercel: AT_VERCEL }), level: 1 as const }
  expect(stand({ project }).deploy?.state).toBe('done')
  expect(stand({ project }).drains).toMatchObject({ state: 'todo', page: 'connect/vercel' })
  expect(stand({ project, vercel: { drain: true, webhook: true } }).drains).toMatchObject({
    state: 'todo',
    page: 'doctor',
  })
  expect(stand({ project, lastDrained: new Date() }).drains?.state).toBe('done')
  expect(stand({ deploy: 'process', vercel: null }).drains?.state).toBe('done')
})

test('errors are done when one has come; notices and the level are a choice', () => {
  expect(stand({ sentry: true, project: { settings: settings(), level: 1 } }).sources?.why).toContain(
    'Name the project in Sentry',
  )
  expect(stand({ lastEvent: new Date() }).sources?.state).toBe('done')
  expect(stand().notify?.state).toBe('may')
  expect(stand({ channels: ['slack', 'email'] }).notify).toMatchObject({
    state: 'done',
    why: 'The inbox here, and slack and email.',
  })
  expect(stand().level?.state).toBe('may')
  expect(stand({ project: { settings: settings(), level: 2 } }).level?.state).toBe('done')
})
