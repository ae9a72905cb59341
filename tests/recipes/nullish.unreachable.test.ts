import { expect, test } from 'vitest'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

type Options = Parameters<typeof caseOf>[1]
const handler = (body: string): string => `
 function launch(req, res) {
${body}
 }
`

/** Where a guard has no place, or its answer no receiver. */
const CASES: Record<string, [string, string, Options?]> = {
  'a guard that is already there': [
    'already tested on line 3',
    handler(
      '   const practice = practices.get(req.params.id)\n   if (!practice) return json(res, 404, {})\n   return json(res, 200, practice.¦id)',
    ),
  ],
  'a branch that already tests it': [
    'already tested on line 3',
    handler(
      '   const practice = practices.get(req.params.id)\n   if (practice) {\n     return json(res, 200, practice.¦id)\n   }',
    ),
  ],
  'a line that is never reached': [
    'never reached',
    handler('   const practice = practices.get(req.params.id)\n   return json(res, 200, {})\n   practice.¦id'),
  ],
  'a condition inside an expression': [
    'on a condition',
    handler(
      '   const practice = practices.get(req.params.id)\n   return json(res, 200, req.query.full ? practice.¦id : null)',
    ),
  ],
  'the right of &&': [
    'on a condition',
    handler(
      '   const practice = practices.get(req.params.id)\n   return json(res, 200, req.query.full && practice.¦id)',
    ),
  ],
  'a callback at another time': [
    'at another time',
    handler(
      '   const practice = practices.get(req.params.id)\n   setTimeout(() => send(practice.¦id), 10)\n   return json(res, 200, {})',
    ),
  ],
  'a helper that cannot answer': [
    'gives no answer of its own',
    `
 function summary(practice) {
   return { id: practice.¦id }
 }
`,
  ],
  'a helper next to handlers that can': [
    'needs res',
    `
 function summary(practice, options) {
   return { id: practice.¦id, options }
 }
 function show(req, res) {
   const campaign = campaigns.get(req.params.id)
   if (!campaign) return json(res, 404, { error: 'campaign not found' })
   return json(res, 200, summary(campaign, {}))
 }
`.replace('practice, options', 'practice, verbose, options'),
  ],
  'a callback for each row must not answer for all': [
    'gives no answer',
    `
 function list(req, res) {
   return json(res, 200, find(req).map((practice) => practice.¦id))
 }
`,
  ],
  'nothing of the request decides, and no guard shows how': [
    'nothing in the request decides',
    handler("   const settings = settingsFor('clinic')\n   return json(res, 200, settings.¦id)"),
  ],
  'a throw that a catch would swallow': [
    'would be caught',
    `
 function show(req) {
   const campaign = campaigns.get(req.params.id)
   if (!campaign) throw new HttpError(404, 'campaign not found')
   return campaign
 }
 function launch(req) {
   try {
     const practice = practices.get(req.params.id)
     return practice.¦id
   } catch (error) {
     return null
   }
 }
`,
  ],
  'two things on one line and no column': [
    'more than one thing',
    handler('   const a = as.get(req.id)\n   const b = bs.get(req.id)\n   return json(res, 200, [a.id, b.¦id])'),
    { column: false },
  ],
  'a lookup that would move in front of another effect': [
    'runs before',
    handler('   return json(res, 200, [save(req), practices.get(req.params.id).¦id])'),
  ],
  'a line that has no such read': [
    'has no .id',
    handler('   return json(res, 200, ¦{})'),
    { message: "Cannot read properties of undefined (reading 'id')" },
  ],
  'a file that cannot be parsed': ['cannot be parsed (line 2)', handler('   const = practice.¦id')],
  'a file of another language': [
    'neither JavaScript nor TypeScript',
    handler('   practice.¦id'),
    { path: 'src/launch.py' },
  ],
  'the top of a file': [
    'belongs to the module',
    `
 const practice = practices.get(process.argv[2])
 console.log(practice.¦id)
`,
  ],
  'a constructor': [
    'constructor',
    `
 class Launch {
   constructor(id) {
     const practice = practices.get(id)
     this.id = practice.¦id
   }
 }
`,
  ],
  'an argument of an optional call': [
    'on a condition',
    handler(
      '   const practice = practices.get(req.params.id)\n   log?.note(practice.¦id)\n   return json(res, 200, {})',
    ),
  ],
  'one turn of a loop': [
    'hide the others',
    handler(
      '   for (const id of req.ids) {\n     const row = rows.get(id)\n     sum += row.¦size\n   }\n   return json(res, 200, sum)',
    ),
  ],
  'a condition inside a loop': [
    'on a condition in the loop',
    handler(
      '   const practice = practices.get(req.id)\n   for (const id of req.ids) {\n     if (id) send(practice.¦id)\n   }\n   return json(res, 200, {})',
    ),
  ],
  'the statement that declares it': [
    'in the statement that declares it',
    handler('   const practice = practices.get(req.id), id = practice.¦id\n   return json(res, 200, id)'),
  ],
  'a generator': [
    'a generator does not answer',
    `
 function* pages(req, res) {
   const practice = practices.get(req.id)
   yield practice.¦id
 }
`,
  ],
}

test.each(Object.entries(CASES))('refuses %s', (_, [why, diff, options]) => {
  const answer = nullish(caseOf(diff, options).input)
  expect(answer).toMatchObject({ ok: false, recipe: 'nullish' })
  expect(answer.ok ? '' : answer.why).toContain(why)
})
