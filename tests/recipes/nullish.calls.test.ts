import { expect, test } from 'vitest'
import { nullish } from '../../lib/recipes/nullish.ts'
import { caseOf } from './diff.ts'

type Options = Parameters<typeof caseOf>[1]

/** Functions found by a key of the request, and values taken apart. */
const CASES: Record<string, [string, Options]> = {
  'a handler by a key of the body': [
    `
 const handlers = { launch, stop }
 export async function run(req, res) {
   const { type } = await readJson(req)
   if (!type) return json(res, 400, { error: 'type is missing' })
+  if (!handlers[type]) return json(res, 404, { error: 'handler not found' })
   return json(res, 200, await handlers¦[type](req))
 }
`,
    { message: 'handlers[type] is not a function' },
  ],
  'a handler by a longer key': [
    `
 router.post('/', (req, res) => {
+  if (!handlers[req.body.type]) return res.status(404).json({ error: 'handler not found' })
   return res.status(200).json(handlers¦[req.body.type](req))
 })
`,
    { message: 'handlers[req.body.type] is not a function' },
  ],
  'a body taken apart': [
    `
 router.post('/', (req, res) => {
+  if (!req.body) return res.status(400).json({ error: 'body is required' })
   const { ¦id } = req.body
   return res.status(200).json({ id })
 })
`,
    { message: "Cannot destructure property 'id' of 'req.body' as it is undefined." },
  ],
  'a row taken apart into names that are there': [
    `
 router.get('/', async (req, res) => {
   let id
   const practice = await find(req.query.id);
+  if (!practice) return res.status(404).json({ error: 'practice not found' });
   ({ ¦id } = practice);
   return res.status(200).json({ id });
 });
`,
    { message: "Cannot destructure property 'id' of 'practice' as it is undefined." },
  ],
}

test.each(Object.entries(CASES))('%s', (_, [diff, options]) => {
  const { input, after } = caseOf(diff.replace('\n router', '\n const handlers = {}\n router'), options)
  const answer = nullish(input)
  expect(answer.ok ? answer.proposal.edits[0]?.text : answer.why).toBe(after)
})

/** A helper that fails on line 2 or 3, and the handler that calls it. */
const helped = (helper: string, call = 'json(res, 200, summary(practice))'): string => `
${helper}
 async function show(req, res) {
   const practice = await find(req.id)
+  if (!practice) return json(res, 404, { error: 'practice not found' })
   return ${call}
 }
`
const READ = ' function summary(practice) {\n   const at = now()\n   return { at, id: practice.¦id }\n }'

/** With the frame of the line that calls the helper, or without one. */
function repaired(diff: string, message = "Cannot read properties of undefined (reading 'id')", frame = true): string {
  const { input, before } = caseOf(diff, { message })
  const line = before.split('\n').findIndex((text) => text.includes('return json(res, 200, ')) + 1
  const column = (before.split('\n')[line - 1] ?? '').indexOf('summary(') + 1
  const answer = nullish({ ...input, frames: frame ? [input.crash, { ...input.crash, line, column }] : [input.crash] })
  return answer.ok ? (answer.proposal.edits[0]?.text ?? '') : answer.why
}

test.each([
  ['reads it', READ, undefined],
  ['is one expression', ' const summary = (practice) => ({ id: practice.¦id })', undefined],
  [
    'takes it apart as a parameter',
    ' function summary({ ¦id }) {\n   return { id }\n }',
    "Cannot destructure property 'id' of 'undefined' as it is undefined.",
  ],
])('a helper that %s is guarded where it is called', (_, helper, message) => {
  expect(repaired(helped(helper), message)).toBe(caseOf(helped(helper)).after)
})

test.each([
  ['no frame of the caller', READ, undefined, false],
  ['a helper that does not always read it', READ.replace('const at = now()', 'if (!now()) return {}'), undefined, true],
  [
    'a helper that reads it in a block',
    READ.replace('return { at, id: practice.¦id }', 'if (at) { note(practice.¦id) }'),
    undefined,
    true,
  ],
  ['a helper that reads it in a branch', READ.replace('practice.¦id', 'at ? practice.¦id : 0'), undefined, true],
  [
    'a parameter with a default',
    ' function summary({ ¦id } = {}) {\n   return { id }\n }',
    "Cannot destructure property 'id' of 'undefined' as it is undefined.",
    true,
  ],
  [
    'two parameters taken apart',
    ' function summary({ ¦id }, { at }) {\n   return { id, at }\n }',
    "Cannot destructure property 'id' of 'undefined' as it is undefined.",
    true,
  ],
])('not with %s', (_, helper, message, frame) => {
  expect(repaired(helped(helper), message, frame)).not.toContain('if (!practice)')
})

test.each([
  ['what is spread over the parameters', 'json(res, 200, summary(...practice))'],
  ['a helper that is called twice', 'json(res, 200, [summary(practice), summary(req.b)])'],
])('not with %s', (_, call) => {
  const diff = helped(READ, call)
  const { input, before } = caseOf(diff)
  const line = before.split('\n').findIndex((text) => text.includes('return json(res, 200, ')) + 1
  const answer = nullish({ ...input, frames: [input.crash, { ...input.crash, line, column: null }] })
  expect(answer.ok).toBe(false)
})

test.each([
  [
    'a key the request does not decide',
    'nothing in the request decides mode',
    " const handlers = {}\n router.get('/', (req, res) => {\n   const mode = modeOf('x')\n   if (!req.id) return res.status(400).json({})\n   res.json(handlers¦[mode](req))\n })",
    'handlers[mode] is not a function',
  ],
  [
    'a method that may be misspelt',
    'does not speak of a missing value',
    " router.get('/', (req, res) => {\n   const row = find(req.id)\n   res.json(row.¦save())\n })",
    'row.save is not a function',
  ],
  [
    'a pattern in a pattern',
    'out of a pattern in a pattern',
    " router.get('/', (req, res) => {\n   const { owner: { ¦id } } = find(req.body.id)\n   res.json(id)\n })",
    "Cannot read properties of undefined (reading 'id')",
  ],
])('refuses %s', (_, why, diff, message) => {
  const answer = nullish(caseOf(`\n${diff}\n`, { message }).input)
  expect(answer.ok ? '' : answer.why).toContain(why)
})
