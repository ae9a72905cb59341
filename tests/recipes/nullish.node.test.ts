import { expect, test } from 'vitest'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

/** node:http handlers with a helper, with raw `writeHead`, as methods and in callbacks. */
const CASES: Record<string, string> = {
  'a guard of another handler, below': `
 export async function launch(req, res) {
   const body = await readJson(req)
   const practice = practices.get(body.practiceId)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   const id = practice.¦id
   return json(res, 200, { id })
 }

 export function show(req, res) {
   const campaign = campaigns.get(req.params.id)
   if (!campaign) return json(res, 404, { error: 'campaign not found' })
   return json(res, 200, campaign)
 }
`,
  'what is imported is there for both': `
 import { json } from '../http.ts'
 export function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 422, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id })
 }
 export function show(req, res) {
   const campaign = campaigns.get(req.params.id)
   if (!campaign) return json(res, 422, { error: 'campaign not found' })
   return json(res, 200, campaign)
 }
`,
  'the guard of the same handler before one that stands nearer': `
 export function other(req, res) {
   const invoice = invoiceOf(req)
   if (!invoice) return json(res, 410, { error: 'invoice is gone' })
   return json(res, 200, invoice)
 }
 export function launch(req, res) {
   const practice = practiceById(req.params.id)
+  if (!practice) return json(res, 404, { code: 'PRACTICE_NOT_FOUND' })
   const owner = practice.¦owner
   const campaign = campaignById(req.params.campaign)
   if (!campaign) return json(res, 404, { code: 'CAMPAIGN_NOT_FOUND' })
   return json(res, 200, { owner, campaign })
 }
`,
  'a lookup guard of the file before an input guard of the same function, whose form would do': `
 export async function launch(req, res) {
   const body = await readJson(req)
   if (!body.practiceId) return json(res, 400, { error: 'practiceId is required' })
   const practice = await findPractice(body.practiceId)
+  if (practice === undefined) return json(res, 404, { error: 'no such practice' })
   return json(res, 200, { id: practice.¦id })
 }
 export async function show(req, res) {
   const campaign = await findCampaign(req.params.id)
   if (campaign === undefined) return json(res, 404, { error: 'no such campaign' })
   return json(res, 200, campaign)
 }
`,
  'only an input guard: its form, with 404 and words of its own': `
 export async function launch(req, res) {
   const body = await readJson(req)
   if (!body.practiceId) return json(res, 400, { error: 'practiceId is required' })
   const practice = await findPractice(body.practiceId)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id })
 }
`,
  'an authorisation guard lends its form, never its status': `
 function launch(req, res) {
   if (!req.headers.authorization) {
     json(res, 401, { error: 'Sign in first' })
     return
   }
   const practice = practices.get(req.params.id)
+  if (!practice) {
+    json(res, 404, { error: 'Practice not found' })
+    return
+  }
   json(res, 200, { id: practice.¦id })
 }
`,
  'no guard at all: 404 in the way the function answers': `
 export function launch(req, res) {
   const practice = practices.get(req.params.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id })
 }
`,
  'raw writeHead and end': `
 const server = createServer((req, res) => {
   const practice = practices.get(req.url.slice(1))
+  if (!practice) {
+    res.writeHead(404, { 'content-type': 'application/json' })
+    res.end(JSON.stringify({ error: 'practice not found' }))
+    return
+  }
   res.writeHead(200, { 'content-type': 'application/json' })
   res.end(JSON.stringify({ id: practice.¦id }))
 })
`,
  'a raw guard as the model': `
 function show(req, res) {
   const campaign = campaigns.get(req.url)
   if (campaign == null) {
     metrics.count('missing')
     res.writeHead(404, { 'content-type': 'text/plain' })
     res.end('Campaign not found')
     return
   }
   res.end(campaign.name)
 }
 function launch(request, response) {
   const practice = practices.get(request.url)
+  if (practice == null) {
+    response.writeHead(404, { 'content-type': 'text/plain' })
+    response.end('Practice not found')
+    return
+  }
   response.end(practice.¦name)
 }
`,
  'the body read by events: the callback answers': `
 function launch(req, res) {
   let raw = ''
   req.on('data', (chunk) => (raw += chunk))
   req.on('end', () => {
     const practice = practices.get(raw)
+    if (!practice) return json(res, 404, { error: 'practice not found' })
     json(res, 200, { id: practice.¦id })
   })
 }
 function show(req, res) {
   const campaign = campaigns.get(req.url)
   if (!campaign) return json(res, 404, { error: 'campaign not found' })
   json(res, 200, campaign)
 }
`,
  'methods of a class that answer through this': `
 class Campaigns {
   show(req, res) {
     const campaign = this.rows.find((row) => row.id === req.params.id)
     if (!campaign) return this.answer(res, 404, 'Campaign not found')
     return this.answer(res, 200, campaign)
   }
   async launch(req, res) {
     const billingAccount = await this.accounts.byPractice(req.params.id)
+    if (!billingAccount) return this.answer(res, 404, 'Billing account not found')
     return this.answer(res, 200, billingAccount.¦limit.daily)
   }
 }
`,
}

test.each(Object.entries(CASES))('%s', (_, diff) => {
  const { input, after } = caseOf(diff)
  const answer = nullish(input)
  expect(answer.ok ? answer.proposal.edits : answer.why).toEqual([{ path: 'src/routes/launch.ts', text: after }])
})
