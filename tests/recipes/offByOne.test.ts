import { expect, test } from 'vitest'
import { integrityOf } from '../../lib/policy/integrity.ts'
import { offByOne } from '../../lib/recipes/offByOne.ts'
import { caseOf } from './diff.ts'

type Options = Parameters<typeof caseOf>[1]
const PATH = 'src/routes/launch.ts'

const CASES: Record<string, [string, Options?]> = {
  'a for loop': [
    `
 function total(lines) {
   let sum = 0
-  for (let i = 0; i <= lines.length; i++) sum += lines[i].¦price
+  for (let i = 0; i < lines.length; i++) sum += lines[i].price
   return sum
 }
`,
  ],
  'the other way round, in braces, with semicolons': [
    `
 function total(lines: Line[]): number {
     let sum = 0;
-    for (let i = 0; lines.length >= i; ++i) {
+    for (let i = 0; lines.length > i; ++i) {
         sum += lines[i]!.¦price;
     }
     return sum;
 }
`,
  ],
  'a length kept in the loop': [
    `
 function show(req, res) {
   const ids = []
-  for (let i = 0, n = req.body.rows.length; i <= n; i += 1) {
+  for (let i = 0, n = req.body.rows.length; i < n; i += 1) {
     ids.push(req.body.rows[i].¦id)
   }
   res.json(ids)
 }
`,
  ],
  'a length kept in front': [
    `
 app.get('/rows', async (c) => {
   const rows = await find(c.req.query('q'))
   const count = rows.length
   const names = []
-  for (let at = 0; at <= count; at++) {
+  for (let at = 0; at < count; at++) {
     names.push(rows[at].¦name)
   }
   return c.json(names)
 })
`,
  ],
  'an element given a name': [
    `
 function total(order) {
   let sum = 0
-  for (let i = 0; i <= order.lines.length; i++) {
+  for (let i = 0; i < order.lines.length; i++) {
     const line = order.lines[i]
     sum += line.¦price
   }
   return sum
 }
`,
  ],
  'an element taken apart': [
    `
 function total(lines) {
   let sum = 0
-  for (let i = 0; i <= lines.length; i++) {
+  for (let i = 0; i < lines.length; i++) {
     const { ¦price } = lines[i]
     sum += price
   }
   return sum
 }
`,
    { message: "Cannot destructure property 'price' of 'lines[i]' as it is undefined." },
  ],
  'an element that is called': [
    `
 async function run(steps) {
-  for (let i = 0; i <= steps.length; i++) {
+  for (let i = 0; i < steps.length; i++) {
     await steps¦[i]()
   }
 }
`,
    { message: 'steps[i] is not a function' },
  ],
  'an element that is written to': [
    `
 function number(rows) {
-  for (let i = 0; i <= rows.length; i++) rows[i].¦place = i
+  for (let i = 0; i < rows.length; i++) rows[i].place = i
 }
`,
    { message: "Cannot set properties of undefined (setting 'place')" },
  ],
  'a further condition': [
    `
 function find(rows, id) {
   let found = null
-  for (let i = 0; !found && i <= rows.length; i++) {
+  for (let i = 0; !found && i < rows.length; i++) {
     if (rows[i].¦id === id) found = rows[i]
   }
   return found
 }
`,
  ],
  'counted down': [
    `
 function last(rows) {
-  for (let i = rows.length; i >= 0; i--) {
+  for (let i = rows.length - 1; i >= 0; i--) {
     if (rows[i].¦open) return rows[i]
   }
   return null
 }
`,
  ],
  'counted down to minus one': [
    `
 function sum(rows) {
   let all = 0
-  for (let i = rows.length; i > -1; i -= 1) all += rows[i].¦size
+  for (let i = rows.length - 1; i > -1; i -= 1) all += rows[i].size
   return all
 }
`,
  ],
  'a while loop': [
    `
 function total(lines) {
   let sum = 0
   let i = 0
-  while (i <= lines.length) {
+  while (i < lines.length) {
     sum += lines[i].¦price
     i++
   }
   return sum
 }
`,
  ],
  'a while loop with something in between': [
    `
 router.post('/', (req, res) => {
   let at = 0
   const { rows } = req.body
-  while (rows.length >= at) {
+  while (rows.length > at) {
     save(rows[at].¦id)
     at += 1
   }
   res.end()
 })
`,
  ],
  'a list that was filtered by lookups, which leaves no holes': [
    `
 function show(req, res) {
   const rows = req.body.rows.filter((row) => known.get(row.id))
-  for (let i = 0; i <= rows.length; i++) save(rows[i].¦id)
+  for (let i = 0; i < rows.length; i++) save(rows[i].id)
   res.end()
 }
`,
  ],
  'the last of a list': [
    `
 export async function GET(request: Request) {
   const rows = await find(request.url)
-  return Response.json({ newest: rows[rows.length].¦id })
+  return Response.json({ newest: rows[rows.length - 1].id })
 }
`,
  ],
  'the last of a list deeper down': [
    `
 app.get('/:id', async (request, reply) => {
   const order = await orders.find(request.params.id)
-  const newest = order.lines[order.lines.length]
+  const newest = order.lines[order.lines.length - 1]
   return reply.send({ newest: newest.¦id })
 })
`,
  ],
  'the last of a list, called': [
    `
 router.get('/', (ctx) => {
   const steps = stepsOf(ctx.query.kind)
-  ctx.body = steps¦[steps.length](ctx)
+  ctx.body = steps[steps.length - 1](ctx)
 })
`,
    { message: 'steps[steps.length] is not a function' },
  ],
}

test.each(Object.entries(CASES))('%s', (_, [diff, options]) => {
  const { input, before, after } = caseOf(diff, options)
  const answer = offByOne(input)
  expect(answer.ok ? answer.proposal.edits : answer.why).toEqual([{ path: PATH, text: after }])
  expect(integrityOf({ [PATH]: before }, { [PATH]: after })).toEqual({ ok: true })
})

test('it says what it changed and what that rests on', () => {
  const loop = offByOne(caseOf(CASES['a for loop']![0]).input)
  expect(loop.ok && loop.proposal).toMatchObject({
    summary: 'Stops at the last element of lines: i <= lines.length takes < instead of <=.',
    assumes: [
      'lines[i] is read on every turn of the loop on line 3, so the turn past the end always failed and nothing relies on it',
    ],
  })
  const last = offByOne(caseOf(CASES['the last of a list']![0]).input)
  expect(last.ok && last.proposal).toMatchObject({
    summary: 'Stops at the last element of rows: it reads rows[rows.length - 1] instead of rows[rows.length].',
    assumes: ['rows[rows.length] is never there, so the last element is meant, and rows is not empty'],
  })
})
