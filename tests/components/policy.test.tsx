import { expect, test } from 'vitest'
import { Floor } from '../../components/floor.tsx'
import { FLOOR_EXAMPLES, wholeInWords } from '../../components/floorWords.ts'
import { PolicyHistory, PolicyNow } from '../../components/policyChapters.tsx'
import { policyFrom, problemsOf } from '../../components/policyFields.ts'
import { PolicyForm } from '../../components/policyForm.tsx'
import {
  changesInWords,
  daysInWords,
  policyInWords,
  secondsInWords,
  type Version,
} from '../../components/policyWords.ts'
import { Policy } from '../../lib/domain/project.ts'
import { CAPS } from '../../lib/policy/content.ts'
import { FLOOR_RULES, floorHits } from '../../lib/policy/floor.ts'
import { foldPath } from '../../lib/policy/paths.ts'
import { treeGate } from '../../lib/policy/treeGate.ts'
import { html, words } from './markup.tsx'
import { HOSTILE } from './sample.ts'
import { minutesAgo } from './sampleIssue.ts'

const policy = Policy.parse({})
const YEAR_END = { from: '2026-12-20', until: '2027-01-03', why: 'Year end' }
/** As a newer Nightshift might write it. */
const newer = { ...policy, approvalHours: 24, hours: { ...policy.hours, freezes: [YEAR_END] }, shadow: true }

test.each([
  [[1, 2, 3, 4, 5], 'Mon–Fri'],
  [[7, 6, 5, 4, 3, 2, 1], 'every day'],
  [[1, 3], 'Mon, Wed'],
  [[6, 7], 'Sat, Sun'],
  [[2, 2], 'Tue'],
  [[], 'no day'],
  [[9], '9'],
])('days %j are %s', (days, expected) => {
  expect(daysInWords(days)).toBe(expected)
})

test.each([
  [20, '20 s'],
  [59, '59 s'],
  [60, '1 min'],
  [90, '90 s'],
  [600, '10 min'],
  [3600, '1 h'],
  [5400, '1 h 30 min'],
])('%d seconds are %s', (seconds, expected) => {
  expect(secondsInWords(seconds)).toBe(expected)
})

test('every setting in words, also those this version does not know', () => {
  const told = Object.fromEntries(policyInWords(newer, 10))
  expect(told).toMatchObject({
    'Production hours': ['09:00–18:00, Mon–Fri, Europe/London'],
    Freezes: ['2026-12-20 to 2027-01-03: Year end'],
    Soak: ['10 min on staging'],
    Probes: ['at least 60 in a soak'],
    Watch: ['30 min in production'],
    Promotions: ['at most 10 a day'],
    Approvals: ['hold for 24 hours'],
    Models: ['at most $5 an issue, $20 a day, $100 a month'],
    Protected: ['nothing besides the floor'],
    shadow: ['true'],
  })
})

const version = (over: object, level = 2, capPerDay = 10) => ({ level, capPerDay, policy: { ...policy, ...over } })

test.each<[string, Version, Version, string[]]>([
  ['nothing', version({}), version({}), []],
  ['a level', version({}), version({}, 1), ['level 2 (auto-fix low risk) → level 1 (propose)']],
  ['a cap', version({}), version({}, 2, 0), ['Promotions: at most 10 a day → at most 0 a day']],
  ['a window', version({}), version({ soakSeconds: 20 }), ['Soak: 10 min on staging → 20 s on staging']],
  [
    'hours',
    version({}),
    version({ hours: { ...policy.hours, days: [1, 2, 3, 4, 5, 6] } }),
    ['Production hours: 09:00–18:00, Mon–Fri, Europe/London → 09:00–18:00, Mon–Sat, Europe/London'],
  ],
  ['a first pattern', version({}), version({ protect: ['a/**'] }), ['Protected: + a/**']],
  ['patterns', version({ protect: ['a', 'b'] }), version({ protect: ['b', 'c'] }), ['Protected: + c, − a']],
  ['their order', version({ protect: ['a', 'b'] }), version({ protect: ['b', 'a'] }), ['Protected: in another order']],
  ['the last pattern', version({ protect: ['a'] }), version({}), ['Protected: − a']],
  [
    'settings that came with a newer version',
    { ...version({}), policy: { hours: { zone: 'UTC', from: 9, to: 18, days: [1] } } },
    { ...version({}), policy: { hours: { ...policy.hours, zone: 'UTC', days: [1] }, approvalHours: 24, shadow: true } },
    ['Approvals: not set → hold for 24 hours', 'shadow: not set → true'],
  ],
  ['a freeze', version({}), version({ hours: newer.hours }), ['Freezes: + 2026-12-20 to 2027-01-03: Year end']],
  ['settings that went', version({ shadow: true }), version({}), ['shadow: true → not set']],
])('what changed: %s', (_, before, after, expected) => {
  expect(changesInWords(before, after)).toEqual(expected)
})

function formOf(fields: [string, string][]): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

const FILLED: [string, string][] = [
  ['zone', 'Europe/Berlin'],
  ['from', '8'],
  ['to', '17'],
  ['days', '1'],
  ['days', '3'],
  ['soakSeconds', '300'],
  ['watchSeconds', '900'],
  ['probes', '80'],
  ['capPerDay', '3'],
  ['approvalHours', '8'],
  ['freezes', '2026-12-24T16:00  2026-12-27 Nobody is there\n'],
  ['protect', ' src/money/** \n\nops/*.sql\n'],
]

test('the form makes a whole policy that the domain takes', () => {
  const { policy: made, capPerDay } = policyFrom(formOf(FILLED), policy)
  expect(Policy.parse(made)).toEqual({
    hours: {
      zone: 'Europe/Berlin',
      from: 8,
      to: 17,
      days: [1, 3],
      freezes: [{ from: '2026-12-24T16:00', until: '2026-12-27', why: 'Nobody is there' }],
    },
    approvalHours: 8,
    soakSeconds: 300,
    watchSeconds: 900,
    probes: 80,
    protect: ['src/money/**', 'ops/*.sql'],
    spend: { issue: 5, day: 20, month: 100 },
  })
  expect(capPerDay).toBe(3)
})

test('what the form does not ask for stays as it was', () => {
  expect(policyFrom(formOf(FILLED), newer).policy).toMatchObject({ shadow: true })
})

test('an emptied number is refused by name, and shown at its field', () => {
  const { policy: made } = policyFrom(formOf([...FILLED.filter(([name]) => name !== 'probes'), ['probes', '']]), policy)
  expect(Policy.safeParse(made).success).toBe(false)
  const problems = problemsOf(
    'policy.probes: Too small: expected number to be >=60; policy.hours.days.0: no; capPerDay: x',
  )
  expect([...problems]).toEqual([
    ['probes', 'Too small: expected number to be >=60'],
    ['days', 'no'],
    ['capPerDay', 'x'],
  ])
  expect(problemsOf('the body is not JSON')).toEqual(new Map())
})

test('the form begins with what holds, and says which version it makes', () => {
  const markup = html(<PolicyForm project="clinic" policy={newer} capPerDay={10} policyVersion={3} />)
  expect(markup).toMatch(/name="freezes"[^>]*>2026-12-20 2027-01-03 Year end</)
  expect(markup.match(/<input type="checkbox"[^>]*checked=""/g)).toHaveLength(5)
  expect(words(markup)).toContain('Save as version 4')
})

test('the rules of the floor are all there, and each example really falls under its rule', () => {
  expect(Object.keys(FLOOR_EXAMPLES).sort()).toEqual(FLOOR_RULES.map(({ rule }) => rule).sort())
  for (const [rule, examples] of Object.entries(FLOOR_EXAMPLES))
    for (const example of examples) {
      const path = example.endsWith('/') ? `${example}file.ts` : example
      expect({ example, rules: floorHits(foldPath(path)).map((hit) => hit.rule) }).toMatchObject({
        example,
        rules: expect.arrayContaining([rule]),
      })
    }
})

test('what the floor holds besides names is what the gate does', () => {
  const oid = 'a'.repeat(40)
  const gate = (path: string, mode: string, existing = false) => {
    const entry = { path, mode, oid, size: 1 }
    const base = existing ? [{ ...entry, oid: 'b'.repeat(40) }] : []
    const blobs = new Map([oid, 'b'.repeat(40)].map((one) => [one, Buffer.from(`${one}\n`)] as const))
    return treeGate(base, [entry], { blobs, manifest: null, protect: [], fixtureAllowed: 'tests/nightshift/x.json' })
      .answer
  }
  expect(gate('src/a.ts', '100644')).toBe('pass')
  expect(['100755', '120000', '160000'].map((mode) => gate('src/a.ts', mode))).toEqual(Array(3).fill('refused'))
  expect(gate('tests/a.test.ts', '100644', true)).toBe('refused')
  expect(['package.json', 'package-lock.json'].map((path) => gate(path, '100644'))).toEqual(
    Array(2).fill('needs-approval'),
  )
  expect(wholeInWords(CAPS)[0]).toBe('At most 10 files, 300 lines and 64 KB a change.')
})

test('the page: what holds, whether production is open, the floor with reasons, and the history', () => {
  const now = words(html(<PolicyNow policy={policy} capPerDay={10} hours="Open now." promoted={2} />))
  expect(now).toContain(
    'Production hours 09:00–18:00, Mon–Fri, Europe/London Open now. Freezes none Soak 10 min on staging',
  )
  expect(now).toContain('Promotions at most 10 a day 2 so far today')
  expect(words(html(<Floor rules={FLOOR_RULES} caps={CAPS} />))).toContain(
    'Decides how the app is deployed. vercel.json , netlify.toml , Procfile',
  )
  const past = (n: number, over: object) => ({
    ...version(over),
    version: n,
    at: minutesAgo(9 - n),
    by: HOSTILE.script,
  })
  const history = html(<PolicyHistory versions={[past(2, { probes: 99 }), past(1, {})]} zone="Europe/London" />)
  expect(words(history)).toContain(
    `Version 2 20 Nov, 04:03 ${HOSTILE.script} Probes: at least 60 in a soak → at least 99`,
  )
  expect(words(history)).toContain('Version 1 20 Nov, 04:02')
  expect(words(history)).toMatch(/The first policy$/)
  expect(history).not.toContain('<script')
})

test('a list that begins later does not call its oldest row the first', () => {
  const row = { ...version({}), version: 7, at: minutesAgo(1), by: 'Ines' }
  expect(words(html(<PolicyHistory versions={[row]} zone="UTC" />))).toContain('further back than this list')
})
