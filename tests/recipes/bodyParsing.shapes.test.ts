import { expect, test } from 'vitest'
import { bodyParsing } from '../../lib/recipes/bodyParsing.ts'
import { caseOf, last } from './diff.ts'

/** The same fault in other shapes of code. */
const CASES: Record<string, string> = {
  'a name an inner function holds stays a const': `
 export async function POST(req: Request) {
-  const order = ¦await req.json()
+  let body
+  try {
+    body = await req.json()
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return Response.json({ error: 'body is not JSON' }, { status: 400 })
+  }
+  const order = body
   const total = order.lines.map((line) => line.price * order.rate)
   return Response.json({ total })
 }
`,
  'a name that is already there': `
 function show(req, res) {
   let view = {}
-  if (req.query.view) view = JSON.¦parse(req.query.view)
+  if (req.query.view) {
+    try {
+      view = JSON.parse(req.query.view)
+    } catch (error) {
+      if (!(error instanceof SyntaxError)) throw error
+      return json(res, 400, { error: 'view is not JSON' })
+    }
+  }
   return json(res, 200, view)
 }
`,
  'one expression': `
-app.get('/echo', (c) => c.json(JSON.¦parse(c.req.query('value'))))
+app.get('/echo', (c) => {
+  let body
+  try {
+    body = JSON.parse(c.req.query('value'))
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return c.json({ error: 'body is not JSON' }, 400)
+  }
+  return c.json(body)
+})
`,
  'a helper that throws, returned at once': `
 async function readBody(req) {
   if (!req.headers['content-type']) throw new HttpError(415, 'type is missing')
-  return JSON.¦parse(await readText(req))
+  try {
+    return JSON.parse(await readText(req))
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    throw new HttpError(400, 'body is not JSON')
+  }
 }
`,
  'inside a try with another catch': `
 export async function POST(req: Request) {
   try {
-    const body = ¦await req.json()
+    let body
+    try {
+      body = await req.json()
+    } catch (error) {
+      if (!(error instanceof SyntaxError)) throw error
+      return Response.json({ error: 'body is not JSON' }, { status: 400 })
+    }
     return Response.json(await save(body))
   } catch (error) {
     report(error)
     return Response.json({ error: 'internal' }, { status: 500 })
   }
 }
`,
  'several lines, a comment above and a var': `
 function show(req, res) {
   // What the page remembers of itself.
-  var state = JSON.¦parse(
-    req.cookies.state || '{}',
-  )
+  var state
+  try {
+    state = JSON.parse(
+      req.cookies.state || '{}',
+    )
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return json(res, 400, { error: 'state is not JSON' })
+  }
   return json(res, 200, state)
 }
`,
  'a name of its own where the file says error already': `
 function show(req, res) {
   const error = messages.of(req.query.lang)
   if (!req.query.view) return json(res, 400, { error })
-  const view = JSON.¦parse(req.query.view)
+  let view
+  try {
+    view = JSON.parse(req.query.view)
+  } catch (failure) {
+    if (!(failure instanceof SyntaxError)) throw failure
+    return json(res, 400, { error })
+  }
   return json(res, 200, view)
 }
`,
}

test.each(Object.entries(CASES))('%s', (_, diff) => {
  const { input, after } = caseOf(diff, { type: 'SyntaxError', message: 'Unexpected end of JSON input' })
  const answer = last(bodyParsing, input)
  expect(answer.ok ? answer.proposal.edits : answer.why).toEqual([{ path: 'src/routes/launch.ts', text: after }])
})

const URL_TAKEN = `
 function show(req, res) {
-  const url = ¦new URL(req.query.next, \`https://\${req.headers.host}\`)
+  let url
+  try {
+    url = new URL(req.query.next, \`https://\${req.headers.host}\`)
+  } catch (error) {
+    if (!(error instanceof TypeError) || error.message !== 'Invalid URL') throw error
+    return json(res, 400, { error: 'next is not a URL' })
+  }
   return json(res, 200, url.pathname)
 }
`
const NAME_TAKEN = `
 function show(req, res) {
-  return json(res, 200, find(¦decodeURIComponent(req.params.name)))
+  let name
+  try {
+    name = decodeURIComponent(req.params.name)
+  } catch (error) {
+    if (!(error instanceof URIError)) throw error
+    return json(res, 400, { error: 'name is malformed' })
+  }
+  return json(res, 200, find(name))
 }
`
const FORM_TAKEN = `
 export async function POST(request: Request) {
-  const form = ¦await request.formData()
+  let form
+  try {
+    form = await request.formData()
+  } catch (error) {
+    if (!(error instanceof TypeError)) throw error
+    return Response.json({ error: 'body is not a form' }, { status: 400 })
+  }
   return Response.json({ name: form.get('name') })
 }
`
const PARSE_TAKEN = `
 const parse = (text) => JSON.parse(text)
 function show(req, res) {
-  const filter = ¦parse(req.query.filter)
+  let filter
+  try {
+    filter = parse(req.query.filter)
+  } catch (error) {
+    if (!(error instanceof SyntaxError)) throw error
+    return json(res, 400, { error: 'filter is not JSON' })
+  }
   return json(res, 200, rows.find(filter))
 }
`

test.each([
  ['an address', URL_TAKEN, 'TypeError', 'Invalid URL'],
  ['an encoded name', NAME_TAKEN, 'URIError', 'URI malformed'],
  ['a form', FORM_TAKEN, 'TypeError', 'Failed to parse body as FormData.'],
])('%s', (_, diff, type, message) => {
  const { input, after } = caseOf(diff, { type, message })
  const answer = last(bodyParsing, input)
  expect(answer.ok ? answer.proposal.edits[0]?.text : answer.why).toEqual(after)
})

test('a helper that only parses is tried by its caller, who knows what it is given', () => {
  const { input, after } = caseOf(PARSE_TAKEN, { type: 'SyntaxError', message: '"undefined" is not valid JSON' })
  const crash = { ...input.crash, line: 1, column: 31 }
  const answer = last(bodyParsing, { ...input, crash, frames: [crash, input.crash] })
  expect(answer.ok ? answer.proposal.edits[0]?.text : answer.why).toEqual(after)
  expect(last(bodyParsing, { ...input, crash, frames: [crash] })).toMatchObject({
    ok: false,
    why: expect.stringContaining('text is a parameter'),
  })
})

test.each([
  ['a part of the path, as Next.js hands it over', 'JSON.¦parse((await params).filter)'],
  ['with a constant beside it', 'JSON.¦parse(req.body || undefined)'],
  ['a clone of the request', '(¦await req.clone().json())'],
  ['an encoded text', "JSON.¦parse(Buffer.from(req.query.view, 'base64').toString())"],
  ['a decoded stream', 'JSON.¦parse(new TextDecoder().decode(await req.arrayBuffer()))'],
  ['a part of an address', "JSON.¦parse(new URL(req.url, 'http://x').searchParams.get('view'))"],
  ['a choice of two fields', 'JSON.¦parse(req.query.full ? req.body.a : req.body.b)'],
  ['a request by its type', 'JSON.¦parse(message.headers.view)', 'message: IncomingMessage'],
])('the caller sent it: %s', (_, parsing, parameters = 'req, { params }') => {
  const diff = `
 export async function show(${parameters}) {
   const value = ${parsing}
   return Response.json({ value })
 }
`
  const answer = last(bodyParsing, caseOf(diff, { type: 'SyntaxError', message: 'Unexpected end of JSON input' }).input)
  expect(answer.ok ? '' : answer.why).toBe('')
})
