import { expect, test } from 'vitest'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

type Options = Parameters<typeof caseOf>[1]
const handler = (body: string): string => `
 function launch(req, res) {
${body}
 }
`

/** Where the code around the crash leaves no place for an answer of its kind. */
const CASES: Record<string, [string, string, Options?]> = {
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
