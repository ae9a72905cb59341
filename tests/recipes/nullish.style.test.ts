import { expect, test } from 'vitest'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

type Options = Parameters<typeof caseOf>[1]

/** Layout, messages and the other ways V8 says it. */
const CASES: Record<string, [string, Options?]> = {
  'tabs, semicolons and double quotes': [
    `
 function launch(req: Request, res: Response): void {
 	const practice = practices.get(req.params.id);
+	if (!practice) { res.status(404).json({ error: "practice not found" }); return; }
 	res.json({ id: practice.¦id });
 }
 function show(req: Request, res: Response): void {
 	const campaign = campaigns.get(req.params.id);
 	if (!campaign) { res.status(404).json({ error: "campaign not found" }); return; }
 	res.json(campaign);
 }
`,
  ],
  'CRLF line ends': [
    `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) {
+    return json(res, 404, { error: 'practice not found' })
+  }
   return json(res, 200, { id: practice.¦id })
 }
 function show(req, res) {
   const campaign = campaigns.get(req.params.id)
   if (!campaign) {
     return json(res, 404, { error: 'campaign not found' })
   }
   return json(res, 200, campaign)
 }
`,
    { eol: '\r\n' },
  ],
  'comments are not copied, and neither is a claim nobody checked': [
    `
 function launch(req, res) {
   const campaign = campaigns.get(req.params.campaign)
   if (!campaign) {
     // campaigns are archived after a year
     return json(res, 410, { error: 'campaign is archived' })
   }
   const practice = practices.get(req.params.id) // by slug, too
+  if (!practice) {
+    return json(res, 404, { error: 'practice not found' })
+  }
   return json(res, 200, { id: practice.¦id })
 }
`,
  ],
  'a deeper place than its model': [
    `
 function show(req, res) {
   const campaign = campaigns.get(req.params.id)
   if (!campaign)
     return json(res, 404, {
       error: 'No such campaign.',
     })
   return json(res, 200, campaign)
 }
 const routes = {
   launch: {
     handle(req, res) {
       const emailTemplate = templates.get(req.params.id)
+      if (!emailTemplate)
+        return json(res, 404, {
+          error: 'No such email template.',
+        })
       return json(res, 200, { id: emailTemplate.¦id })
     },
   },
 }
`,
  ],
  'an article that has to change': [
    `
 function launch(req, res) {
   const campaign = campaigns.get(req.params.campaign)
   if (!campaign) return json(res, 404, { error: 'There is not a campaign like that' })
   const invoice = invoices.get(req.params.id)
+  if (!invoice) return json(res, 404, { error: 'There is not an invoice like that' })
   return json(res, 200, { id: invoice.¦id, campaign })
 }
`,
  ],
  'a string member: an empty string has it too': [
    `
 function launch(req, res) {
   const name = names.get(req.params.id)
+  if (name == null) return json(res, 404, { error: 'name not found' })
   return json(res, 200, { name: name.¦trim() })
 }
`,
  ],
  'null, seen where the model tests undefined': [
    `
 function launch(req, res) {
   const campaign = find('campaigns', req.params.campaign)
   if (campaign === undefined) return json(res, 404, { error: 'campaign not found' })
   const practice = find('practices', req.params.id)
+  if (practice === null) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id, campaign })
 }
`,
    { message: "Cannot read properties of null (reading 'id')" },
  ],
  'setting a property': [
    `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   practice.¦launchedAt = Date.now()
   return json(res, 200, practice)
 }
`,
    { message: "Cannot set properties of undefined (setting 'launchedAt')" },
  ],
  destructuring: [
    `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   const { ¦id, name } = practice
   return json(res, 200, { id, name })
 }
`,
    { message: "Cannot destructure property 'id' of 'practice' as it is undefined." },
  ],
  'destructuring over several lines': [
    `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   const {
     ¦id,
     name,
   } = practice
   return json(res, 200, { id, name })
 }
`,
    { message: "Cannot destructure property 'id' of 'practice' as it is undefined." },
  ],
  'an index on a line of its own': [
    `
 function launch(req, res) {
   const practice = practices.get(req.params.id)
   if (!practice) return json(res, 404, { error: 'practice not found' })
+  if (!practice.rooms) return json(res, 404, { error: 'room not found' })
   const first = practice
     .rooms¦[0]
   return json(res, 200, { first, rooms: practice.rooms })
 }
`,
  ],
  'destructuring a lookup without a name': [
    `
 function launch(req, res) {
-  const { ¦id, name } = practices.get(req.params.id)
+  const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
+  const { id, name } = practice
   return json(res, 200, { id, name })
 }
`,
    { message: "Cannot destructure property 'id' of 'practices.get(...)' as it is undefined." },
  ],
  'calling what was looked up': [
    `
 function launch(req, res) {
   const channel = channels.get(req.params.channel)
+  if (!channel) return json(res, 404, { error: 'channel not found' })
   return json(res, 200, ¦channel(req.body))
 }
`,
    { message: 'channel is not a function' },
  ],
  'two reads on one line, told apart by the column': [
    `
 function launch(req, res) {
   const campaign = campaigns.get(req.body.campaign)
   const practice = practices.get(req.body.practice)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, [campaign.id, practice.¦id])
 }
`,
  ],
}

test.each(Object.entries(CASES))('%s', (_, [diff, options]) => {
  const { input, after } = caseOf(diff, options)
  const answer = nullish(input)
  expect(answer.ok ? answer.proposal.edits : answer.why).toEqual([{ path: input.crash.path, text: after }])
})
