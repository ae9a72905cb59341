import { expect, test } from 'vitest'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

/** Which guard serves as a model, and how much of it is taken over. */

/** A handler with a guard of its own, above the one that fails. */
const below = (guard: string, launch: string): string => `
 function show({ req, res }, next) {
   const campaignId = req.params.id
   const campaign = campaigns.get(campaignId)
${guard}
   return json(res, 200, campaign)
 }
 function launch({ req, res }, next) {
   const practice = practices.get(req.params.practice)
${launch}
   return json(res, 200, { id: practice.¦id })
 }
`
const OWN = "+  if (!practice) return json(res, 404, { error: 'practice not found' })"

const CASES: Record<string, string> = {
  'parameters that are taken apart': below(
    "   if (!campaign) return json(res, 404, { error: 'campaign not found' })",
    OWN,
  ),
  'a status of its own is kept where a lookup was guarded': below(
    "   if (!campaign) return json(res, 422, { error: 'no such campaign' })",
    "+  if (!practice) return json(res, 422, { error: 'no such practice' })",
  ),
  'details of the other thing are left out': below(
    "   if (!campaign) return json(res, 404, { id: campaignId, error: 'campaign not found', retry: false, campaignId })",
    "+  if (!practice) return json(res, 404, { error: 'practice not found', retry: false })",
  ),
  'a guard that answers but goes on is none': below(
    "   if (!campaign) {\n     json(res, 410, { error: 'campaign not found' })\n   }",
    OWN,
  ),
  'a guard with a comment inside its answer is none': below(
    "   if (!campaign) return json(res, 404 /* as always */, { reason: 'campaign not found' })",
    OWN,
  ),
  'a guard with two statuses is none': below(
    "   if (!campaign) return json(res, req.old ? 404 : 410, { reason: 'campaign not found' })",
    OWN,
  ),
  'a guard that needs what is not there is none': below(
    "   if (!campaign) return json(res, 404, { reason: 'campaign not found' }, campaignId)",
    OWN,
  ),
  'a guard whose only detail is of the other thing is none': below(
    '   if (!campaign) return json(res, 404, { reason: campaignId })',
    OWN,
  ),
  'a guard that names the other thing in its function is none': below(
    "   if (!campaign) return campaignMissing(res, 404, { reason: 'campaign not found' })",
    OWN,
  ),
  'only the answer is taken, not what is done beside it': below(
    "   if (!campaign) {\n     count('missing', campaignId)\n     return json(res, 404, { error: 'campaign not found' })\n   }",
    "+  if (!practice) {\n+    return json(res, 404, { error: 'practice not found' })\n+  }",
  ),
  'details of the same thing stay': `
 function launch(req, res) {
   const practiceId = req.params.id
   const practice = practices.get(practiceId)
   if (!practice) return json(res, 404, { error: 'practice not found', practiceId })
   const owner = owners.get(practice.ownerId)
+  if (!owner) return json(res, 404, { error: 'owner not found' })
   return json(res, 200, { id: owner.¦id })
 }
`,
  'what is declared later cannot be used': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   const desk = deskOf(practice.¦id)
   const campaign = campaigns.get(req.params.campaign)
   if (!campaign) return json(res, 404, { error: 'campaign not found', desk })
   return json(res, 200, { campaign })
 }
`,
  'a Response made anew': `
 export async function GET(request) {
   const campaign = await campaignOf(request)
   if (!campaign) return new Response('Campaign not found', { status: 404 })
   return new Response(campaign.name)
 }
 export async function POST(request) {
   const practice = await practiceOf(request)
+  if (!practice) return new Response('Practice not found', { status: 404 })
   return new Response(practice.¦name)
 }
`,
  'an input guard lends its words to what the caller sent': `
 async function launch(req, res) {
   const body = await readJson(req)
   if (!body.name) return json(res, 422, { error: 'missing name' })
+  if (!body.practice) return json(res, 422, { error: 'missing practice' })
   return json(res, 200, { id: body.practice.¦id })
 }
`,
  'a body that is missing as a whole': `
 function launch(req, res) {
+  if (!req.body) return json(res, 400, { error: 'body is required' })
   const id = req.body.¦practiceId
   return json(res, 200, { id })
 }
`,
  'Express without a guard and without a status': `
 router.get('/:id', (req, res) => {
   const practice = practices.get(req.params.id)
+  if (!practice) {
+    res.status(404).json({ error: 'practice not found' })
+    return
+  }
   res.json(practice.¦name)
 })
`,
  'a name that the language keeps for itself': `
 function launch(req, res) {
-  const size = classes.get(req.params.id).¦size
+  const foundClass = classes.get(req.params.id)
+  if (!foundClass) return json(res, 404, { error: 'class not found' })
+  const size = foundClass.size
   return json(res, 200, { size })
 }
`,
  'two reads by index on one line, told apart by the column': `
 function launch(req, res) {
   const campaign = campaigns.get(req.params.campaign)
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, [campaign['id'], practice¦['id']])
 }
`,
}

test.each(Object.entries(CASES))('%s', (_, diff) => {
  const { input, after } = caseOf(
    diff,
    diff.includes("¦['id']") ? { message: "Cannot read properties of undefined (reading 'id')" } : {},
  )
  const answer = nullish(input)
  expect(answer.ok ? answer.proposal.edits[0]?.text : answer.why).toBe(after)
})

const handler = (body: string): string => `\n function launch(req, res) {\n${body}\n }\n`

test.each([
  [
    'an answer from outside, given once for each row',
    `
 function list(req, res) {
   const campaign = campaigns.get(req.params.id)
   if (!campaign) return json(res, 404, { error: 'campaign not found' })
   const names = req.ids.map((id) => {
     const practice = practices.get(id)
     return practice.¦name
   })
   return json(res, 200, names)
 }
`,
    'needs res',
  ],
  [
    'a lookup in the condition of a loop',
    handler('   while (rooms.get(req.id).¦next) step()\n   return json(res, 200, {})'),
    'again and again',
  ],
  [
    'a helper whose other arguments are made on the way',
    handler('   const practice = practices.get(req.id)\n   return json(wrap(res), 200, { id: practice.¦id })'),
    'gives no answer of its own',
  ],
])('refuses %s', (_, diff, why) => {
  const answer = nullish(caseOf(diff).input)
  expect(answer.ok ? answer.proposal.edits[0]?.text : answer.why).toContain(why)
})

test('an async function of the same name elsewhere does not matter to a name that was awaited or is read itself', () => {
  const others = { 'src/other.ts': 'export async function findPractice(id) {}' }
  const diff = handler(
    `   const practice = findPractice(req.id)\n${OWN}\n   return json(res, 200, { id: practice.¦id })`,
  )
  const { input, after } = caseOf(diff, { others })
  const answer = nullish(input)
  expect(answer.ok ? answer.proposal.edits[0]?.text : answer.why).toBe(after)
})

test('a name is a name, whatever it means in a pattern', () => {
  const diff = handler(
    "   const practice = practices.get(req.id)\n   note(practice.own$r)\n+  if (!practice.own$r) return json(res, 404, { error: 'own r not found' })\n   return json(res, 200, { id: practice.own$r.¦id })",
  )
  const { input, after } = caseOf(diff)
  const answer = nullish(input)
  expect(answer.ok ? answer.proposal.edits[0]?.text : answer.why).toBe(after)
})
