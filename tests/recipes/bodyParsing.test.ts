import { expect, test } from 'vitest'
import { integrityOf } from '../../lib/policy/integrity.ts'
import { bodyParsing } from '../../lib/recipes/bodyParsing.ts'
import { caseOf, last } from './diff.ts'

const JSON_CRASH = { type: 'SyntaxError', message: 'Unexpected end of JSON input' }

/** Plain node:http, Express, Fastify, Koa, Hono and Next.js, each in the manner of its file. */
const CASES: Record<string, string> = {
  'node:http, beside a guard of the same function': `
 export async function save(req, res) {
-  const answers = JSON.¦parse(await readText(req))
+  let answers
+  try {
+    answers = JSON.parse(await readText(req))
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return json(res, 400, { error: 'body is not JSON' })
+  }
   if (!answers) return json(res, 400, { error: 'no answers given' })
   return json(res, 200, answers)
 }
`,
  'node:http by its events, answered raw, with semicolons': `
 http.createServer((req, res) => {
     let text = '';
     req.on('data', (chunk) => { text += chunk; });
     req.on('end', () => {
-        const order = JSON.¦parse(text);
+        let order;
+        try {
+            order = JSON.parse(text);
+        } catch (error) {
+            if (!(error instanceof SyntaxError)) {
+                throw error;
+            }
+            res.writeHead(400, { 'content-type': 'application/json' });
+            res.end(JSON.stringify({ error: 'body is not JSON' }));
+            return;
+        }
         if (!order.id) {
             res.writeHead(422, { 'content-type': 'application/json' });
             res.end(JSON.stringify({ error: 'id is required' }));
             return;
         }
         res.end(JSON.stringify(orders.add(order)));
     });
 });
`,
  'node:http, chunks of a buffer, no guard to follow': `
 async function save(req, res) {
   const chunks = []
   for await (const chunk of req) chunks.push(chunk)
-  const body = JSON.¦parse(Buffer.concat(chunks).toString('utf8'))
+  let body
+  try {
+    body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return send(res, 400, { error: 'body is not JSON' })
+  }
   return send(res, 200, body)
 }
`,
  'Express, a field of the query, guards in braces': `
 router.get('/rows', async (req, res) => {
   if (!req.query.filter) {
     res.status(400).json({ message: 'Filter is required' })
     return
   }
-  const filter = JSON.¦parse(req.query.filter)
+  let filter
+  try {
+    filter = JSON.parse(req.query.filter)
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) {
+      throw error
+    }
+    res.status(400).json({ message: 'Filter is not JSON' })
+    return
+  }
   res.json(await rows.find(filter))
 })
`,
  'Express, a body kept as text, cast to a type': `
 router.post('/hook', express.text(), (req: Request, res: Response) => {
-  const event = JSON.¦parse(req.body) as HookEvent
+  let event
+  try {
+    event = JSON.parse(req.body) as HookEvent
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return res.status(400).json({ error: 'body is not JSON' })
+  }
   return res.status(202).json({ seen: event.id })
 })
`,
  'Express, a thrown error of the file': `
 export const save = wrap(async (req, res) => {
   if (!req.headers['x-meta']) throw new BadRequest('no meta given')
-  const meta: Meta = JSON.¦parse(req.headers['x-meta'])
+  let meta: Meta
+  try {
+    meta = JSON.parse(req.headers['x-meta'])
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    throw new BadRequest('x meta is not JSON')
+  }
   res.json(meta)
 })
`,
  'Fastify, handed on in one statement': `
 app.post('/import', async (request, reply) => {
-  const rows = await load(JSON.¦parse(request.body))
+  let body
+  try {
+    body = JSON.parse(request.body)
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return reply.code(400).send({ error: 'body is not JSON' })
+  }
+  const rows = await load(body)
   return reply.send({ rows })
 })
`,
  'Koa, status and body set one after the other': `
 router.get('/rows', async (ctx) => {
-  const { sort, page } = JSON.¦parse(ctx.query.view)
+  let view
+  try {
+    view = JSON.parse(ctx.query.view)
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    ctx.status = 400
+    ctx.body = { error: 'view is not JSON' }
+    return
+  }
+  const { sort, page } = view
   ctx.body = await rows.list(sort, page)
 })
`,
  'Hono, destructured': `
 app.post('/launch', async (c) => {
-  const { practiceId } = await c.req.¦json()
+  let body
+  try {
+    body = await c.req.json()
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return c.json({ message: 'Body is not JSON' }, 400)
+  }
+  const { practiceId } = body
   if (!practiceId) return c.json({ message: 'Practice is required' }, 400)
   return c.json({ practiceId })
 })
`,
  'Next route handler, a type and double quotes': `
 export async function POST(request: NextRequest) {
-  const body: LaunchBody = ¦await request.json();
+  let body: LaunchBody;
+  try {
+    body = await request.json();
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error;
+    return NextResponse.json({ error: "body is not JSON" }, { status: 400 });
+  }
   return NextResponse.json({ id: body.id, name: "launch" });
 }
`,
  'Next route handler, checked by a schema, cast': `
 export async function POST(req: Request) {
-  const { id } = schema.parse((¦await req.json()) as unknown)
+  let body
+  try {
+    body = await req.json()
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return Response.json({ error: 'body is not JSON' }, { status: 400 })
+  }
+  const { id } = schema.parse(body as unknown)
   return Response.json({ id })
 }
`,
}

test.each(Object.entries(CASES))('%s', (_, diff) => {
  const { input, before, after } = caseOf(diff, JSON_CRASH)
  const answer = last(bodyParsing, input)
  expect(answer.ok ? answer.proposal.edits : answer.why).toEqual([{ path: 'src/routes/launch.ts', text: after }])
  expect(integrityOf({ 'src/routes/launch.ts': before }, { 'src/routes/launch.ts': after })).toEqual({ ok: true })
})
