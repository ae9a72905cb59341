import { expect, test } from 'vitest'
import { Findings } from '../../components/doctor.tsx'
import { GithubForm } from '../../components/githubForm.tsx'
import { OnboardingSteps } from '../../components/onboardingSteps.tsx'
import { SetupNav } from '../../components/setupNav.tsx'
import { ShownOnceForm } from '../../components/shownOnce.tsx'
import { envLines, vercelLines } from '../../lib/domain/envLines.ts'
import { ill, noted, well } from '../../lib/domain/finding.ts'
import { policyWith } from '../../proxy.ts'
import { html, words } from './markup.tsx'
import { HOSTILE } from './sample.ts'

test('each finding is an icon, a word, what was found and what to do', () => {
  const looks = [
    ill('login', 'it is refused', 'Make a new token.'),
    noted('drain', 'none'),
    well('host', HOSTILE.script),
  ]
  const shown = html(
    <Findings area="code" looks={looks.map((one) => ({ ...one, area: 'code' as const, project: null }))} />,
  )
  expect(words(shown)).toContain('Fails login : it is refused Make a new token.')
  expect(words(shown)).toContain('Note drain : none')
  expect(words(shown)).toContain('Well host')
  expect(shown.match(/<svg/g)).toHaveLength(3)
  expect(shown).not.toMatch(/<script|<img/)
})

test('two findings of one name are both there', () => {
  const twice = ['a', 'b'].map((detail) => ({ ...well('branch main', detail), area: 'code' as const, project: 'shop' }))
  expect(html(<Findings area="code" looks={twice} />).match(/<li>/g)).toHaveLength(2)
})

test('steps are told in order, with one that is next; its link is the button', () => {
  const shown = html(
    <OnboardingSteps
      project="shop"
      steps={[
        { step: 'database', state: 'done', why: 'It answers.', page: 'doctor' },
        { step: 'code', state: 'todo', why: 'Make an App.', page: 'connect/github' },
        { step: 'sources', state: 'todo', why: HOSTILE.image, page: null },
      ]}
    />,
  )
  expect(words(shown)).toContain('Next: code.')
  expect(shown.match(/aria-current="step"/g)).toHaveLength(1)
  expect(shown).toContain('href="/dashboard/agent-control/connect/github?project=shop"')
  expect(shown).not.toContain('<script')
})

test('when nothing is left, that is what it says', () => {
  const shown = html(
    <OnboardingSteps project={undefined} steps={[{ step: 'level', state: 'may', why: 'Level 1.', page: '' }]} />,
  )
  expect(words(shown)).toContain('Everything that is needed is there.')
  expect(words(html(<SetupNav here="Doctor" />))).toBe('Steps Settings Doctor')
})

test('the form to GitHub holds the manifest and goes to its address; secrets are asked for by a click alone', () => {
  const shown = html(
    <GithubForm action="https://github.com/settings/apps/new?state=S" ofOrganization="x" manifest={'{"name":"N"}'} />,
  )
  expect(shown).toContain('action="https://github.com/settings/apps/new?state=S"')
  expect(shown).toContain('name="manifest"')
  const form = html(<ShownOnceForm at="setup/vercel" body={{}} submit="Make them" sending="…" password />)
  expect(form).toContain('name="password"')
  expect(form).not.toMatch(/<form[^>]* action=/)
})

test('only the page that leaves for GitHub may send a form there', () => {
  expect(policyWith('abc')).toContain("form-action 'self';")
  expect(policyWith('abc', 'https://github.com')).toContain("form-action 'self' https://github.com;")
})

test('settings as a file has them, and the names alone for what asks for values', () => {
  const settings = { CODE: 'github', GITHUB_APP_ID: '4711', GITHUB_PRIVATE_KEY: '-----BEGIN KEY-----\\nabc=\\n' }
  expect(envLines(settings)).toEqual([
    'CODE=github',
    'GITHUB_APP_ID=4711',
    'GITHUB_PRIVATE_KEY="-----BEGIN KEY-----\\nabc=\\n"',
  ])
  expect(vercelLines(['A', 'B'])).toEqual(['vercel env add A production', 'vercel env add B production'])
})
