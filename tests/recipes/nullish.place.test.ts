import { expect, test } from 'vitest'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

/** Where the guard goes: behind the declaration when every way leads to the crash, else in front of it. */
const CASES: Record<string, string> = {
  'another answer stands between: in front of the statement that fails': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
   const campaign = campaigns.get(req.params.campaign)
   if (!campaign) return json(res, 404, { error: 'campaign not found' })
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id })
 }
`,
  'only a branch needs it: inside the branch': `
 function launch(req, res) {
   const row = practices.get(req.params.id)
   const label = row?.name ?? 'all'
   if (req.query.full) {
+    if (!row) return json(res, 404, { error: 'practice not found' })
     return json(res, 200, { id: row.¦id, label })
   }
   return json(res, 200, { label })
 }
`,
  'a branch without braces gets them': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
-  if (req.query.full) return json(res, 200, { id: practice.¦id })
+  if (req.query.full) {
+    if (!practice) return json(res, 404, { error: 'practice not found' })
+    return json(res, 200, { id: practice.id })
+  }
   return json(res, 200, {})
 }
`,
  'something copes with its absence in between: in front of what fails': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
   audit(req.params.id, practice?.name)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id })
 }
`,
  'a comparison is no test of absence': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
   if (practice < undefined) return
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id })
 }
`,
  'the condition of an if': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   audit.push(req.params.id)
   if (practice.¦active) return json(res, 200, { ok: true })
   return json(res, 409, { error: 'inactive' })
 }
`,
  'inside try: behind the declaration, before the try': `
 async function launch(req, res) {
   const practice = await findPractice(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   try {
     return json(res, 200, { id: practice.¦id })
   } catch (error) {
     return json(res, 500, { error: 'failed' })
   }
 }
`,
  'a callback over a list: the handler answers': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   const mails = patients.map((patient) => ({ to: patient.email, from: practice.¦email }))
   return json(res, 200, mails)
 }
`,
  'a chain of a looked-up thing': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
   if (!practice) return json(res, 404, { error: 'practice not found' })
   log(practice.owner)
+  if (!practice.owner) return json(res, 404, { error: 'owner not found' })
   return json(res, 200, { mail: practice.owner.¦email })
 }
`,
  'an index into a list': `
 function launch(req, res) {
   const rows = db.prepare('select * from practices where id = ?').all(req.params.id)
+  if (!rows[0]) return json(res, 404, { error: 'record not found' })
   return json(res, 200, { name: rows[0].¦name })
 }
`,
  'an index by id': `
 const byId = await rows()
 function launch(req, res) {
   const { practiceId } = req.params
+  if (!byId[practiceId]) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { name: byId[practiceId].¦name })
 }
`,
  'an index into what another file keeps': `
 import { roomsById } from './rooms.ts'
 function launch(req, res) {
-  return json(res, 200, { name: roomsById[req.params.id].¦name })
+  const room = roomsById[req.params.id]
+  if (!room) return json(res, 404, { error: 'room not found' })
+  return json(res, 200, { name: room.name })
 }
`,
  'a lookup without a name gets one': `
 function launch(req, res) {
-  const { name, owner } = practices.find((one) => one.slug === req.params.slug).¦details
+  const practice = practices.find((one) => one.slug === req.params.slug)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
+  const { name, owner } = practice.details
   return json(res, 200, { name, owner })
 }
`,
  'an awaited lookup without a name, over several lines, whose obvious name is taken': `
 async function launch(req, res) {
   const practice = req.params.practice
-  const email = (
-    await findPractice(practice)
-  ).¦email
+  const foundPractice = await findPractice(practice)
+  if (!foundPractice) return json(res, 404, { error: 'practice not found' })
+  const email = foundPractice.email
   return json(res, 200, { email })
 }
`,
  'a name that is assigned again: in front of the statement': `
 function launch(req, res) {
   let practice = practices.get(req.params.id)
   if (!practice) practice = practices.get(req.query.fallback)
   const when = Date.now()
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id, when })
 }
`,
  'a parameter of a function that can answer': `
 function answer(res, practice) {
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id })
 }
`,
  'what the caller sent: 400 in the manner of an input guard': `
 async function launch(req, res) {
   const body = await readJson(req)
   if (!body.name) return json(res, 400, { error: 'name is required' })
+  if (!body.practice) return json(res, 400, { error: 'practice is required' })
   return json(res, 200, { id: body.practice.¦id })
 }
`,
  'a statement on the same line': `
 function launch(req, res) {
-  const practice = practices.get(req.params.id); return json(res, 200, { id: practice.¦id })
+  const practice = practices.get(req.params.id);
+  if (!practice) return json(res, 404, { error: 'practice not found' })
+  return json(res, 200, { id: practice.id })
 }
`,
  'a loop over something else: before it, behind the declaration': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   for (const patient of patients) send(patient, practice.¦email)
   return json(res, 200, {})
 }
`,
  'a name that gets its value later': `
 function launch(req, res) {
   let practice
   practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id })
 }
`,
  'a list that is missing as a whole': `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
   if (!practice) return json(res, 404, { error: 'practice not found' })
+  if (!practice.rooms) return json(res, 404, { error: 'room not found' })
   const first = practice.rooms¦[0]
   const rooms = first ? [first] : practice.rooms
   return json(res, 200, { rooms })
 }
`,
}

test.each(Object.entries(CASES))('%s', (_, diff) => {
  const { input, after } = caseOf(diff)
  const answer = nullish(input)
  expect(answer.ok ? answer.proposal.edits : answer.why).toEqual([{ path: 'src/routes/launch.ts', text: after }])
})
