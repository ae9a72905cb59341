import ts from 'typescript'
import { expect, test } from 'vitest'
import { originOf } from '../../lib/recipes/origin.ts'
import { parseSource } from '../../lib/recipes/source.ts'
import { isIdentity, thingOf } from '../../lib/recipes/subject.ts'
import { walk } from '../../lib/recipes/syntax.ts'

function subjectIn(lines: string) {
  const source = parseSource('a.ts', `function launch(req, res) {\n${lines}\n}`)
  if ('why' in source) throw new Error(source.why)
  const found: ts.Expression[] = []
  walk(source.file, (node) => {
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'target') found.push(node.expression)
  })
  const origin = originOf(source, found[0]!)
  if ('why' in origin) throw new Error(origin.why)
  return origin
}

test.each([
  ['const billingAccount = find(req.id); billingAccount.target', 'billing account'],
  ['const row = findPractice(req.id); row.target', 'practice'],
  ['const row = practiceById(req.id); row.target', 'practice'],
  ['const row = practices.get(req.id); row.target', 'practice'],
  ['const row = await this.db.loadInvoice(req.id); row.target', 'invoice'],
  ["const { data } = await db.from('practices').select().single(); data.target", null],
  ['const rows = load(req); rows[0].target', null],
  ["const body = req.body; body['practice'].target", 'practice'],
  ['const practices = load(req); practices[req.id].target', 'practice'],
  ['const byId = load(req); const { practiceId } = req; byId[practiceId].target', 'practice'],
  ['const cache = load(req); const { id } = req; cache[id].target', null],
  ['(await findPractice(req.id)).target', 'practice'],
  ['req.body.practice.target', 'practice'],
  ['factory()(req).target', null],
])('%s speaks of: %s', (lines, thing) => {
  expect(thingOf(subjectIn(lines))?.join(' ') ?? null).toBe(thing)
})

test.each([
  ['const session = store.get(req.id); session.target', true],
  ['const token = tokens.get(req.id); token.target', true],
  ['req.user.target', true],
  ['const user = await auth.getUser(req); user.target', true],
  ['const user = users.get(req.params.id); user.target', false],
  ['const practice = practices.get(req.session.practice); practice.target', false],
])('%s is who is asking: %s', (lines, identity) => {
  const origin = subjectIn(lines)
  expect(isIdentity(thingOf(origin) ?? [], origin)).toBe(identity)
})
