import { expect, test } from 'vitest'
import { integrityOf } from '../../lib/policy/integrity.ts'
import { missingReturn } from '../../lib/recipes/missingReturn.ts'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

const PATH = 'src/routes/launch.ts'
const TWICE = { type: 'Error', message: 'Cannot set headers after they are sent to the client' }

/** The second answer fails. */
const SECOND: Record<string, string> = {
  'node:http with a helper, in the manner of the file': `
 export function show({ res, params }: Call) {
   const practice = find(params.id)
-  if (!practice) json(res, 404, { error: 'practice not found' })
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   ¦json(res, 200, { practice })
 }
 export function list({ res, params }: Call) {
   if (!params.id) return json(res, 400, { error: 'id is required' })
   json(res, 200, [])
 }
`,
  'node:http without another guard: braces': `
 function show(req, res) {
   const practice = find(req.id)
-  if (!practice) json(res, 404, {})
+  if (!practice) {
+    json(res, 404, {})
+    return
+  }
   ¦json(res, 200, { practice })
 }
`,
  'node:http raw, in a block': `
 http.createServer((req, res) => {
     if (req.method !== 'POST') {
         res.writeHead(405);
         res.end();
+        return;
     }
     res.¦writeHead(200);
     res.end('ok');
 });
`,
  'Express, a block and a comment': `
 router.get('/:id', async (req, res) => {
   const row = await rows.find(req.params.id)
   if (!row) {
     res.status(404).json({ error: 'Not found' }) // nobody has it
+    return
   }
   res.¦json(row)
 })
`,
  'Express, others return the call': `
 router.get('/:id', async (req, res) => {
   if (!req.params.id) {
     return res.status(400).json({ error: 'No id' })
   }
   const row = await rows.find(req.params.id)
   if (row.hidden) {
-    res.status(410).json({ error: 'Hidden' })
+    return res.status(410).json({ error: 'Hidden' })
   }
   res.¦json(row)
 })
`,
  'Express, a check of rights keeps its line': `
 router.get('/:id', async (req, res) => {
   if (!req.params.id) return res.status(400).json({ error: 'No id' })
   if (!req.session.admin) {
     res.status(403).json({ error: 'Forbidden' })
+    return
   }
   res.¦json({})
 })
`,
  'Express, a function that gives nothing': `
 async function show(req: Request, res: Response): Promise<void> {
   const row = await rows.find(req.params.id)
-  if (!row) res.status(404).json({ error: 'Not found' })
+  if (!row) {
+    res.status(404).json({ error: 'Not found' })
+    return
+  }
   res.¦json(row)
 }
 function list(req: Request, res: Response) {
   if (!req.query) return res.status(400).json({ error: 'No query' })
   return res.json([])
 }
`,
  'Express, its error handler': `
 app.get('/rows', (req, res, next) => {
   db.all('select * from rows', (error, rows) => {
-    if (error) next(error)
+    if (error) {
+      next(error)
+      return
+    }
     res.¦json(rows)
   })
 })
`,
  'Express, its error handler returned elsewhere': `
 app.get('/rows', (req, res, next) => {
   if (!req.query.page) return next(new BadRequest('page'))
-  if (!req.query.size) next(new BadRequest('size'))
+  if (!req.query.size) return next(new BadRequest('size'))
   res.¦send([])
 })
`,
  'Express, the catch of the same try answers a third time': `
 app.post('/rows', async (req, res) => {
   try {
     if (!req.body.name) {
       res.status(400).json({ error: 'No name' })
+      return
     }
     res.status(201).json(await rows.add(req.body))
   } catch (error) {
     res.status(500).¦json({ error: 'internal' })
   }
 })
`,
  'a block on one line': `
 function show(req, res) {
-  if (!req.id) { log('no id'); json(res, 400, {}) }
+  if (!req.id) { log('no id'); json(res, 400, {}); return }
   ¦json(res, 200, {})
 }
`,
  'something is done after the answer': `
 function show(req, res) {
   if (!req.id) {
     res.status(400).send('no id');
     log('no id');
+    return;
   }
   res.¦send('ok');
 }
 function list(req, res) {
   if (!req.id) return res.status(400).send('no id');
 }
`,
  'Fastify, a reply': `
 app.get('/:id', async (request, reply) => {
   const row = await rows.find(request.params.id)
-  if (!row) reply.code(404).send({ error: 'not found' })
+  if (!row) return reply.code(404).send({ error: 'not found' })
   return reply.¦send(row)
 })
`,
  'the same call as other guards make, whatever its status': `
 function show(req, res) {
   if (!req.id) return missing(res)
-  if (!req.size) missing(res)
+  if (!req.size) return missing(res)
   ¦json(res, 200, {})
 }
`,
  'a lone body on its own line': `
 function show(req, res) {
-  if (!req.id)
-    json(res, 400, {})
+  if (!req.id) {
+    json(res, 400, {})
+    return
+  }
   ¦json(res, 200, {})
 }
`,
  'a second answer that is a callback': `
 function show(req, res) {
   if (!req.id) return json(res, 400, {})
-  if (!req.size) json(res, 400, {})
+  if (!req.size) return json(res, 400, {})
   find(req.id, (row) => ¦json(res, 200, row))
 }
`,
  'the second answer only prepared': `
 function show(req, res) {
-  if (!req.id) res.status(400).send('no id')
+  if (!req.id) {
+    res.status(400).send('no id')
+    return
+  }
   res.¦setHeader('x-a', '1')
   res.send('ok')
 }
`,
}

/** The value the guard found missing fails. */
const VALUE: Record<string, string> = {
  'node:http': `
 function show(req, res) {
   const practice = find(req.id)
-  if (!practice) json(res, 404, { error: 'practice not found' })
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return json(res, 200, { id: practice.¦id })
 }
`,
  'Koa, status and body': `
 router.get('/:id', async (ctx) => {
   const row = await rows.find(ctx.params.id)
   if (!row) {
     ctx.status = 404
     ctx.body = { error: 'not found' }
+    return
   }
   ctx.body = row.¦name
 })
`,
  'Hono, an answer that was thrown away': `
 app.get('/:id', (c) => {
   const row = rows.get(c.req.param('id'))
-  if (row == null) c.json({ error: 'not found' }, 404)
+  if (row == null) return c.json({ error: 'not found' }, 404)
   return c.json({ name: row.¦name })
 })
`,
  'Next.js, an answer that was thrown away': `
 export async function GET(request: Request) {
   const row = await find(request.url)
   if (!row) {
-    NextResponse.json({ error: 'not found' }, { status: 404 })
+    return NextResponse.json({ error: 'not found' }, { status: 404 })
   }
   return NextResponse.json({ name: row.¦name })
 }
`,
  'an empty list': `
 function first(req, res) {
   const rows = find(req.id)
   if (rows.length === 0) {
     res.status(404).json({ error: 'none' })
+    return
   }
   res.json({ name: rows[0].¦name })
 }
`,
  'an error of a callback': `
 app.get('/rows', (req, res) => {
   db.get('select 1', (error, row) => {
     if (error) {
       res.status(500).json({ error: 'internal' })
+      return
     }
     res.json(row.¦name)
   })
 })
`,
}

test.each(Object.entries(SECOND))('a second answer: %s', (_, diff) => {
  const { input, before, after } = caseOf(diff, TWICE)
  expect(missingReturn(input)).toMatchObject([{ ok: true, proposal: { edits: [{ path: PATH, text: after }] } }])
  expect(integrityOf({ [PATH]: before }, { [PATH]: after })).toEqual({ ok: true })
})

test.each(Object.entries(VALUE))('a value found missing: %s', (_, diff) => {
  const { input, after } = caseOf(diff)
  expect(missingReturn(input)).toMatchObject([{ ok: true, proposal: { edits: [{ path: PATH, text: after }] } }])
  expect(nullish(input)).toMatchObject({ ok: false, why: expect.stringContaining('does not return') })
})
