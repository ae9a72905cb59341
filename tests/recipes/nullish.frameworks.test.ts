import { expect, test } from 'vitest'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

const CASES: Record<string, string> = {
  'Express, braces and a bare return': `
 router.get('/campaigns/:id', async (req, res) => {
   const campaign = await Campaign.findById(req.params.id)
   if (!campaign) {
     res.status(404).json({ error: 'Campaign not found' })
     return
   }
   res.json(campaign)
 })

 router.post('/launch', async (req, res, next) => {
   const practice = await Practice.findById(req.body.practiceId)
+  if (!practice) {
+    res.status(404).json({ error: 'Practice not found' })
+    return
+  }
   res.json({ id: practice.¦id })
 })
`,
  'Express without a guard': `
 router.post('/launch', async (req, res) => {
   const practice = await Practice.findById(req.body.practiceId)
+  if (!practice) return res.status(404).json({ error: 'practice not found' })
   return res.status(200).json({ id: practice.¦id })
 })
`,
  'Express, a thrown HttpError; details of the model left out': `
 router.get('/campaigns/:id', async (req, res) => {
   const campaignId = req.params.id
   const campaign = await campaigns.find(campaignId)
   if (!campaign) throw new HttpError(404, \`campaign \${campaignId} not found\`, { campaignId, retry: false })
   res.json(campaign)
 })
 export async function limitOf(practiceId) {
   const practice = await practices.find(practiceId)
+  if (!practice) throw new HttpError(404, 'practice not found', { retry: false })
   return practice.¦limit
 }
`,
  'Next route handler, the sample of the field: a query that finds null': `
 export async function POST(request: Request) {
   const supabase = await createClient()
   const { data: practice } = await supabase
     .from('practices')
     .select('id')
     .single()
+
+  if (!practice) {
+    return NextResponse.json(
+      { error: 'Practice not found' },
+      { status: 404 }
+    )
+  }

   const practiceId = practice.¦id
   return NextResponse.json({ practiceId })
 }

 export async function GET(request: Request) {
   const { data: campaign, error } = await load()

   if (error || !campaign) {
     return NextResponse.json(
       { error: 'Campaign not found' },
       { status: 404 }
     )
   }

   return NextResponse.json({ campaign })
 }
`,
  'Next route handler without a guard': `
 export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
   const { id } = await params
   const practice = await db.practice.findUnique({ where: { id } })
+  if (!practice) return NextResponse.json({ error: 'practice not found' }, { status: 404 })
   return NextResponse.json({ name: practice.¦name })
 }
`,
  'Hono, from a guard of another route': `
 app.get('/campaigns/:id', (c) => {
   const campaign = campaigns.get(c.req.param('id'))
   if (!campaign) return c.json({ message: 'Campaign not found' }, 404)
   return c.json(campaign)
 })
 app.post('/launch', async (ctx) => {
   const { practiceId } = await ctx.req.json()
   const practice = practices.get(practiceId)
+  if (!practice) return ctx.json({ message: 'Practice not found' }, 404)
   return ctx.json({ id: practice.¦id })
 })
`,
  'Hono, one expression: a block, a name and a guard': `
-app.get('/practices/:id', (c) => c.json({ name: practices.get(c.req.param('id'))!.¦name }))
+app.get('/practices/:id', (c) => {
+  const practice = practices.get(c.req.param('id'))
+  if (!practice) return c.json({ error: 'practice not found' }, 404)
+  return c.json({ name: practice.name })
+})
`,
  'Koa, status and body set one after the other': `
 router.get('/campaigns/:id', async (ctx) => {
   const campaign = await find('campaigns', ctx.params.id)
   if (!campaign) {
     ctx.status = 404
     ctx.body = { error: 'campaign_not_found' }
     return
   }
   ctx.body = campaign
 })
 router.post('/launch', async (ctx) => {
   const practice = await find('practices', ctx.request.body.id)
+  if (!practice) {
+    ctx.status = 404
+    ctx.body = { error: 'practice_not_found' }
+    return
+  }
   ctx.body = { id: practice.¦id }
 })
`,
  'Koa without a guard': `
 router.post('/launch', async (ctx) => {
   const practice = await findPractice(ctx.request.body.id)
+  if (!practice) {
+    ctx.status = 404
+    ctx.body = { error: 'practice not found' }
+    return
+  }
   ctx.body = { id: practice.¦id }
 })
`,
  'Fastify reply': `
 app.get('/practices/:id', async (request, reply) => {
   const practice = await practiceById(request.params.id)
+  if (!practice) return reply.code(404).send({ error: 'practice not found' })
   return reply.send({ name: practice.¦name })
 })
`,
  'a named error class keeps its status': `
 async function show(id) {
   const campaign = await this.campaigns.get(id)
   if (!campaign) throw new NotFoundException('Campaign does not exist')
   return campaign
 }
 async function launch(id) {
   const practice = await this.practices.get(id)
+  if (!practice) throw new NotFoundException('Practice does not exist')
   return this.send(practice.¦email)
 }
`,
  'a function of a cloud, which answers with an object': `
 export async function show(event) {
   const campaign = await findCampaign(event.pathParameters.id)
   if (!campaign) return { statusCode: 404, body: JSON.stringify({ error: 'campaign not found' }) }
   return { statusCode: 200, body: campaign.name }
 }
 export async function launch(event) {
   const practice = await findPractice(event.pathParameters.id)
+  if (!practice) return { statusCode: 404, body: JSON.stringify({ error: 'practice not found' }) }
   return { statusCode: 200, body: practice.¦name }
 }
`,
  'tRPC, the status as a code': `
 const router = t.router({
   show: t.procedure.query(({ input }) => {
     const campaign = campaigns.get(input.id)
     if (!campaign) throw new TRPCError({ code: 'NOT_FOUND', message: 'Campaign not found' })
     return campaign
   }),
   launch: t.procedure.mutation(({ input }) => {
     const practice = practices.get(input.practiceId)
+    if (!practice) throw new TRPCError({ code: 'NOT_FOUND', message: 'Practice not found' })
     return practice.¦id
   }),
 })
`,
}

test.each(Object.entries(CASES))('%s', (_, diff) => {
  const { input, after } = caseOf(diff)
  const answer = nullish(input)
  expect(answer.ok ? answer.proposal.edits : answer.why).toEqual([{ path: 'src/routes/launch.ts', text: after }])
})
