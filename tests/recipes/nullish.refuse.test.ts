import { expect, test } from 'vitest'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

type Options = Parameters<typeof caseOf>[1]
const handler = (body: string): string => `
 function launch(req, res) {
${body}
 }
`

const CASES: Record<string, [string, string, Options?]> = {
  'another message': ['does not speak', handler('   x.¦id'), { message: 'boom' }],
  'another type': ['does not speak', handler('   x.¦id'), { type: 'RangeError' }],
  'a global': ['is a global', handler('   return json(res, 200, settings.¦id)')],
  'an import': [
    'not a variable or a parameter',
    `
 import { settings } from './settings.ts'
 function launch(req, res) {
   return json(res, 200, settings.¦id)
 }
`,
  ],
  'a value of the module': [
    'belongs to the module',
    `
 const settings = load('settings')
 function launch(req, res) {
   return json(res, 200, settings.¦id)
 }
`,
  ],
  'the state of the object': [
    "object's own state",
    `
 class Launch {
   run(req, res) {
     return json(res, 200, this.practice.¦id)
   }
 }
`,
  ],
  'a value made on the spot': [
    'made on the spot',
    handler('   const practice = { owner: 1 }\n   return json(res, 200, practice.¦id)'),
  ],
  'one of many': [
    'one of many',
    handler('   for (const row of rows(req)) total += row.¦amount\n   return json(res, 200, total)'),
  ],
  'what was caught': [
    'what was caught',
    handler('   try { run(req) } catch (error) { return json(res, 200, error.¦id) }'),
  ],
  "another service's answer": [
    "another service's answer",
    handler('   const page = fetch(req.url)\n   return json(res, 200, page.¦id)'),
  ],
  "another service's body": [
    "another service's answer",
    handler(
      '   const answered = upstream()\n   const practice = answered.json()\n   return json(res, 200, practice.¦id)',
    ),
  ],
  'a missing await': [
    'is async and is called without await',
    handler('   const practice = findPractice(req.params.id)\n   return json(res, 200, practice.owner.¦id)'),
    {
      others: { 'src/rows.ts': 'export async function findPractice(id) {}\nexport const owner = 1' },
    },
  ],
  'a missing await in front of an index': [
    'is async and is called without await',
    handler('   const rows = findRows(req.params.id)\n   return json(res, 200, rows[0].¦id)'),
    { others: { 'src/rows.ts': 'export const findRows = async (id) => []' } },
  ],
  'a missing await in one expression': [
    'is async and is called without await',
    handler('   return json(res, 200, findPractice(req.params.id).owner.¦id)'),
    { others: { 'src/rows.ts': 'class Rows { async findPractice(id) {} }' } },
  ],
  'a property nobody else names': [
    'may be misspelt',
    handler('   const practice = practices.get(req.params.id)\n   return json(res, 200, practice.ownr.¦id)'),
  ],
  'who is asking': ['who is asking', handler('   const user = userOfSession(req)\n   return json(res, 200, user.¦id)')],
  'who is asking, set by middleware': ['who is asking', handler('   return json(res, 200, req.user.¦id)')],
  'a read its author expects to fail': [
    'read with ?.',
    handler('   const practice = practices.get(req.params.id)\n   return json(res, 200, practice?.owner.¦id)'),
  ],
}

test.each(Object.entries(CASES))('refuses %s', (_, [why, diff, options]) => {
  const answer = nullish(caseOf(diff, options).input)
  expect(answer).toMatchObject({ ok: false, recipe: 'nullish' })
  expect(answer.ok ? '' : answer.why).toContain(why)
})

test('refuses a file that was not given', () => {
  const { input } = caseOf(handler('   practice.¦id'))
  expect(nullish({ ...input, files: {} })).toMatchObject({
    ok: false,
    why: 'src/routes/launch.ts is not among the files given',
  })
})
