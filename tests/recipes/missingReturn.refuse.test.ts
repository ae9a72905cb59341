import { expect, test } from 'vitest'
import { RECIPES } from '../../lib/recipes/all.ts'
import { missingReturn } from '../../lib/recipes/missingReturn.ts'
import { caseOf } from './diff.ts'

type Options = Parameters<typeof caseOf>[1]
const TWICE = { type: 'Error', message: 'Cannot set headers after they are sent to the client' }
const NONE = 'no guard in front of the second answer answers without leaving'
const handler = (body: string): string => `
 function show(req, res) {
${body}
 }
`

const CASES: Record<string, [string, string, Options?]> = {
  'another error': ['speaks neither of', handler('   ¦json(res, 200, {})'), { message: 'boom' }],
  'a guard that returns': [NONE, handler('   if (!req.id) return json(res, 404, {})\n   ¦json(res, 200, {})')],
  'a guard that throws': [NONE, handler('   if (!req.id) {\n     throw new Gone()\n   }\n   ¦json(res, 200, {})')],
  'a guard that sometimes leaves': [
    NONE,
    handler('   if (!req.id) {\n     if (req.soft) return\n     json(res, 404, {})\n   }\n   ¦json(res, 200, {})'),
  ],
  'two branches': [NONE, handler('   if (!req.id) json(res, 404, {})\n   else note(req)\n   ¦json(res, 200, {})')],
  'a success that goes on': [NONE, handler('   if (req.id) json(res, 202, {})\n   ¦json(res, 200, {})')],
  'a guard that answers nobody': [NONE, handler('   if (!req.id) log(404)\n   ¦json(res, 200, {})')],
  'a guard of something that is not the answer': [
    NONE,
    handler('   const other = open()\n   if (!req.id) other.send(404)\n   ¦json(res, 200, {})'),
  ],
  'a guard after the crash': [NONE, handler('   ¦json(res, 200, {})\n   if (!req.id) json(res, 404, {})')],
  'a guard in another branch': [
    NONE,
    handler('   if (req.a) {\n     if (!req.id) json(res, 404, {})\n   }\n   ¦json(res, 200, {})'),
  ],
  'a line that answers nobody': [
    NONE,
    handler('   if (!req.id) json(res, 404, {})\n   ¦note(req)\n   json(res, 200, {})'),
  ],
  'a guard whose function answers once': [
    'no second answer follows',
    `
 function show(req, res) {
   const practice = find(req.id)
   if (!practice) json(res, 404, {})
   return practice.¦id
 }
`,
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" },
  ],
  'a value no guard asked for': [
    'asks for the missing value',
    handler('   const a = find(req.id)\n   if (!req.id) json(res, 404, {})\n   json(res, 200, a.¦id)'),
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" },
  ],
  'another value of the same thing': [
    'asks for the missing value',
    handler('   if (!req.b) json(res, 404, {})\n   json(res, 200, req.a.¦id)'),
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" },
  ],
  'a comment that looks like the end of the condition': [
    'would not parse there',
    handler('   if (!req.id /* :) */) json(res, 404, {})\n   ¦json(res, 200, {})'),
  ],
  'a value of the same name': [
    'asks for the missing value',
    handler(
      '   const a = find(req.id)\n   if (!a) json(res, 404, {})\n   rows.map((a) => a.¦id)\n   json(res, 200, {})',
    ),
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" },
  ],
  'an error that is no parameter beside the value': [
    'asks for the missing value',
    handler('   const [error, a] = find(req.id)\n   if (error) json(res, 500, {})\n   json(res, 200, a.¦id)'),
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" },
  ],
  'a length that is not asked to be nothing': [
    'asks for the missing value',
    handler('   const a = find(req.id)\n   if (a.length > 9) json(res, 400, {})\n   json(res, 200, a[0].¦id)'),
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" },
  ],
  'two things on one line': [
    'reads .id of more than one thing',
    handler('   json(res, 200, [req.a.¦id, req.b.id])'),
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')", column: false },
  ],
  'a file that cannot be parsed': [
    'cannot be parsed',
    handler('   const = a.¦id'),
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')" },
  ],
  'a file of another language': [NONE, handler('   ¦json(res)'), { path: 'src/launch.py' }],
  'a constructor': [
    'no second answer follows',
    `
 class Answer {
   constructor(req, res) {
     if (!req.id) json(res, 404, {})
     ¦json(res, 200, {})
   }
 }
`,
  ],
}

test.each(Object.entries(CASES))('refuses %s', (_, [why, diff, options]) => {
  const answers = missingReturn(caseOf(diff, { ...TWICE, ...options }).input)
  expect(answers).toEqual([{ ok: false, recipe: 'missing-return', why: expect.stringContaining(why) }])
})

const HELPED = `
 export function show(req, res) {
   if (!req.id) json(res, 404, {})
   ¦json(res, 200, {})
 }
 function json(res, status, body) {
   res.writeHead(status)
   res.end(body)
 }
`

test.each([
  'Cannot set headers after they are sent to the client',
  'Cannot write headers after they are sent to the client',
  'Cannot remove headers after they are sent to the client',
  'write after end',
  'Reply was already sent, did you forget to "return reply" in "/rows" (GET)?',
])('%s: from a helper out to its handler', (message) => {
  const { input } = caseOf(HELPED, { type: 'Error', message })
  const crash = { ...input.crash, line: 6, column: 7 }
  expect(missingReturn({ ...input, crash, frames: [crash, input.crash] })).toMatchObject([
    {
      ok: true,
      proposal: {
        summary: 'Returns after the answer of the guard on line 2, instead of giving a second answer.',
        assumes: [
          'the answer of the guard on line 2 is meant to be the last: nothing after it is wanted for that request',
        ],
        modelledOn: null,
      },
    },
  ])
  expect(missingReturn({ ...input, crash, frames: [crash] })).toMatchObject([{ ok: false, why: NONE }])
})

test('of several guards each is proposed, the nearest first', () => {
  const guards = Array.from({ length: 5 }, (_, at) => `   if (!req.a${at}) json(res, 400, {})`).join('\n')
  const answers = missingReturn(caseOf(handler(`${guards}\n   ¦json(res, 200, {})`), TWICE).input)
  const lines = answers.map((answer) => (answer.ok ? answer.proposal.summary.match(/line (\d+)/)?.[1] : answer.why))
  expect(lines).toEqual(['6', '5', '4'])
})

test('it comes before a second guard', () => {
  const names = RECIPES.map(({ name }) => name)
  expect(names.indexOf('missing-return')).toBeLessThan(names.indexOf('nullish'))
})
