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
  'a helper that returns plain values, next to one that returns answers': [
    'does not answer with { statusCode }',
    `
 function show(event) {
   const campaign = campaigns.get(event.id)
   if (!campaign) return { statusCode: 404, body: '' }
   return { statusCode: 200, body: campaign.name }
 }
 function nameOf(id) {
   const practice = practices.get(id)
   return practice.¦name
 }
`,
  ],
  'the default of a parameter': [
    'default of a parameter',
    `
 function launch(practice, id = practice.¦id) {
   return json(practice, 200, id)
 }
`,
  ],
  'a callback of its own, kept for later': [
    'inner function that may run at another time',
    handler(
      '   const practice = practices.get(req.id)\n   const later = () => practice.¦id\n   return json(res, 200, later())',
    ),
  ],
  'a model of another class': [
    'gives no answer of its own that could be given early (the nearest guard does not fit: it answers through another class)',
    `
 class Campaigns {
   show(id) {
     const campaign = find(id)
     if (!campaign) return this.fail(404, 'campaign not found')
     return campaign
   }
 }
 class Practices {
   show(id) {
     const practice = find(id)
     return practice.¦name
   }
 }
`,
  ],
  'a model that awaits, in a function that cannot': [
    'it answers after an await',
    `
 async function show(reply, id) {
   const campaign = find(id)
   if (!campaign) return await reply.gone(404)
   return campaign
 }
 function launch(reply, id) {
   const practice = find(id)
   return practice.¦name
 }
`,
  ],
  'a model that answers another status by name': [
    'answers 401 by name',
    `
 function show(id) {
   if (!id) throw new UnauthorizedError()
   const practice = find(id)
   return practice.¦name
 }
`,
  ],
  'a throw from a timer': [
    'would be caught',
    `
 function show(id) {
   const campaign = find(id)
   if (!campaign) throw new HttpError(404)
   setTimeout(() => {
     const practice = find(id)
     practice.¦touch()
   }, 10)
 }
`,
  ],
  'no function around it': [
    'not inside a function',
    `
 console.log(rows(process.argv)[0].¦name)
`,
  ],
  'a later case': [
    'on a condition',
    handler(
      '   const room = rooms.get(req.id)\n   switch (req.kind) {\n     case room.¦kind:\n       return json(res, 200, {})\n   }',
    ),
  ],
  'the end of a do loop': [
    'on a condition',
    handler('   const room = rooms.get(req.id)\n   do { step() } while (room.¦next)\n   return json(res, 200, {})'),
  ],
  'the step of a for loop': [
    'on a condition',
    handler(
      '   const room = rooms.get(req.id)\n   for (let i = 0; i < 9; i += room.¦size) step(i)\n   return json(res, 200, {})',
    ),
  ],
  'an else if': [
    'no braces',
    handler(
      '   const room = rooms.get(req.id)\n   if (req.all) return json(res, 200, [])\n   else if (room.¦free) return json(res, 200, {})',
    ),
  ],
  'a body without braces over several lines': [
    'no braces',
    handler(
      '   const room = rooms.get(req.id)\n   if (req.all)\n     return json(res, 200, {\n       size: room.¦size,\n     })',
    ),
  ],
  'a session': [
    'who is asking',
    handler('   const session = store.get(req.id)\n   return json(res, 200, session.¦id)'),
  ],
  'a test for null': [
    'already tested on line 3',
    handler(
      '   const room = rooms.get(req.id)\n   if (null === room || req.all) return json(res, 404, {})\n   return json(res, 200, room.¦id)',
    ),
  ],
  'a branch behind more than one test': [
    'already tested on line 3',
    handler('   const room = rooms.get(req.id)\n   if (req.all && room != null) {\n     send(room.¦id)\n   }'),
  ],
  'the other branch of its test': [
    'already tested on line 3',
    handler(
      '   const room = rooms.get(req.id)\n   if (room === undefined) {\n     note()\n   } else {\n     send(room.¦id)\n   }',
    ),
  ],
}

test.each(Object.entries(CASES))('refuses %s', (_, [why, diff, options]) => {
  const answer = nullish(caseOf(diff, options).input)
  expect(answer).toMatchObject({ ok: false, recipe: 'nullish' })
  expect(answer.ok ? '' : answer.why).toContain(why)
})
