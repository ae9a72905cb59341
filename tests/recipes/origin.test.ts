import ts from 'typescript'
import { expect, test } from 'vitest'
import { originOf } from '../../lib/recipes/origin.ts'
import { parseSource } from '../../lib/recipes/source.ts'
import { walk } from '../../lib/recipes/syntax.ts'

/** Where the object of `….target` comes from, in a handler of these lines. */
function originIn(lines: string, parameters = 'req, res'): ReturnType<typeof originOf> {
  const source = parseSource(
    'a.ts',
    `import { imported } from './b.ts'\nclass A extends B { launch(${parameters}) {\n${lines}\n} }`,
  )
  if ('why' in source) throw new Error(source.why)
  const found: ts.Expression[] = []
  walk(source.file, (node) => {
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'target') found.push(node.expression)
  })
  return originOf(source, found[0]!)
}

test.each([
  ['const a = find(req.id); use(a.target)', 'lookup', true],
  ['const a = await find(req.id); use(a.target)', 'lookup', true],
  ['const a = (await find(req.id)) as Row; use(a!.target)', 'lookup', true],
  ['const { data: a } = await query(); use(a.target)', 'lookup', false],
  ['const [a] = rows(req); use(a.target)', 'lookup', true],
  ['const a = cache.get(req.id) ?? find(req.id); use(a.target)', 'lookup', true],
  ["const a = find('clinic') || find('other'); use(a.target)", 'lookup', false],
  ['const b = find(req.id); const a = b; use(a.target)', 'lookup', true],
  ['const result = query(req.id); const a = result.data; use(a.target)', 'lookup', true],
  ['const a = query(req.id).rows[0]; use(a.target)', 'lookup', true],
  ['use(table[req.id].target)', 'lookup', true],
  ['use(imported[req.id].target)', 'lookup', true],
  ['let a; a = find(req.id); use(a.target)', 'lookup', true],
  ['let a = null; if (req.id) a = find(req.id); use(a.target)', 'lookup', true],
  ['const a = req.body.practice; use(a.target)', 'input', true],
  ['use(req.body.practice.target)', 'input', true],
  ["use(req.query['a'].target)", 'input', true],
  ['const body = await req.json(); use(body.target)', 'input', true],
  ['const body = await readJson(req); use(body.a.target)', 'input', true],
  ['const body = JSON.parse(await read(req)); use(body.target)', 'input', true],
  ['const { practice } = await readBody(req); use(practice.target)', 'input', true],
])('%s', (lines, kind, fromRequest) => {
  if (lines.includes('table[')) lines = `const table = load()\n${lines}`
  expect(originIn(lines)).toMatchObject({ kind, fromRequest })
})

test.each([
  ['use(practice.target)', 'res, practice', 'lookup'],
  ['use(thing.target)', 'thing: Request', 'input'],
  ['use(params.target)', '{ params }', 'input'],
  ['use(practice.target)', '{ practice }', 'lookup'],
])('a parameter: %s of (%s) is %s', (lines, parameters, kind) => {
  expect(originIn(lines, parameters)).toMatchObject({ kind, fromRequest: true })
})

test.each([
  ['use(imported.target)', 'imported is not a variable or a parameter'],
  ['use(imported.rows.target)', 'imported is not a variable or a parameter'],
  ['use(unknown.target)', 'unknown is a global'],
  ['use(this.row.target)', "this.row is the object's own state, not a lookup"],
  ['const a = this.row; use(a.target)', "this.row is the object's own state, not a lookup"],
  ['const a = this.rows[0]; use(a.target)', "this.rows[0] is the object's own state, not a lookup"],
  ['const a = super(); use(a.target)', 'super() is not a lookup'],
  ['const a = {}; use(a.target)', '{} is not looked up: it is made on the spot'],
  ['const a = new Map(); use(a.target)', 'new Map() is not looked up: it is made on the spot'],
  ['let a; use(a.target)', 'a is never given a value'],
  ['const a = b, b = a; use(a.target)', 'where a comes from is too far to follow'],
  ['const a = await fetch(req.url); use(a.target)', "fetch() is another service's answer, not a lookup"],
  [
    'const answer = call(); const a = await answer.json(); use(a.target)',
    "answer.json() is another service's answer, not a lookup",
  ],
  ['use(req?.a.b.target)', 'req?.a.b is read with ?., so its author expects it to be missing'],
  ['for (const a in req) use(a.target)', 'a is one of many: answering for one would hide the others'],
])('no answer fits: %s', (lines, why) => {
  expect(originIn(lines)).toEqual({ why })
})
