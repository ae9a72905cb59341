import { expect, test } from 'vitest'
import { runProgram } from './tiny.ts'

const FILE = `export function show(req, res) {
  const practice = practices.get(req.params.id)
  return json(res, 200, practice.name)
}
`
const CRASH = {
  path: 'src/show.ts',
  line: 3,
  column: null,
  function: 'show',
  type: 'TypeError',
  message: "Cannot read properties of undefined (reading 'name')",
}

test('a crash with its files gives the proposals of the recipes', async () => {
  const { exit, stdout } = await runProgram(
    'repair',
    '/tmp',
    JSON.stringify({ crash: CRASH, frames: [], files: { 'src/show.ts': FILE } }),
  )
  expect(exit).toBe(0)
  expect(JSON.parse(stdout).filter((answer: { ok: boolean }) => answer.ok)).toMatchObject([
    { ok: true, proposal: { recipe: 'nullish', edits: [{ path: 'src/show.ts' }] } },
  ])
  expect(stdout).toContain("if (!practice) return json(res, 404, { error: 'practice not found' })")
})

test.each([
  ['no json', 'the task is not JSON'],
  ['{}', 'the input is not a crash with files'],
  [JSON.stringify({ crash: CRASH, frames: [], files: { 'src/show.ts': 1 } }), 'the input is not a crash with files'],
  [JSON.stringify({ crash: { ...CRASH, line: '3' }, frames: [], files: {} }), 'the input is not a crash with files'],
  [JSON.stringify({ crash: CRASH, frames: [{ path: 1 }], files: {} }), 'the input is not a crash with files'],
])('input that cannot be read is refused with a reason (%#)', async (input, why) => {
  const { exit, stdout } = await runProgram('repair', '/tmp', input)
  expect([exit, JSON.parse(stdout)]).toEqual([0, [{ ok: false, recipe: 'all', why }]])
})
