import { expect, test } from 'vitest'
import type { Failure, Frame } from '../../lib/domain/event.ts'
import { fingerprintOf, functionName, normalMessage } from '../../lib/parse/fingerprint.ts'

const frame = (change: Partial<Frame> = {}): Frame => ({
  path: 'src/launch.ts',
  function: 'launch',
  line: 32,
  column: 46,
  inApp: true,
  context: '  const n = practice.id',
  ...change,
})
const foreign = frame({ path: null, function: 'emit', inApp: false, context: null })
const failure = (frames: Frame[], change: Partial<Failure> = {}): Failure => ({
  type: 'TypeError',
  message: "Cannot read properties of undefined (reading 'id')",
  frames,
  handled: false,
  extension: false,
  causes: [],
  ...change,
})
const print = (frames: Frame[], change: Partial<Failure> = {}) => fingerprintOf(failure(frames, change))
const usual = print([frame()])

test('is 24 hex digits', () => {
  expect(usual).toMatch(/^[0-9a-f]{24}$/)
})

test.each([
  ['another entry point', print([frame(), frame({ path: 'src/cli.ts', function: 'main' })])],
  ['a library frame on top', print([foreign, frame()])],
  ['moved lines', print([frame({ line: 99, column: 1 })])],
  ['another indentation', print([frame({ context: '\t\tconst n  =\tpractice.id  ' })])],
  ['another spelling of the function', print([frame({ function: 'async Object.launch [as handler]' })])],
  ['another message at the same statement', print([frame()], { message: 'x is undefined' })],
  ['other causes', print([frame()], { causes: [{ type: 'Error', message: 'x' }], handled: true })],
])('stays the same with %s', (_name, other) => {
  expect(other).toBe(usual)
})

test.each([
  ['type', print([frame()], { type: 'RangeError' })],
  ['file', print([frame({ path: 'src/other.ts' })])],
  ['function', print([frame({ function: 'cancel' })])],
  ['statement of the same function', print([frame({ context: 'const m = campaign.id' })])],
  ['frames of ours', print([foreign])],
])('differs by %s', (_name, other) => {
  expect(other).not.toBe(usual)
})

test('without a source line the message keeps faults of one function apart, without its data', () => {
  const bare = (message: string) => print([frame({ context: null })], { message })
  expect(bare('no practice p-97')).toBe(bare('no practice p-12'))
  expect(bare('no practice p-97')).not.toBe(bare('no campaign p-97'))
})

test('what was redacted and what was not agree', () => {
  const message = 'login of ann@example.com failed, token=abc123'
  expect(print([foreign], { message })).toBe(print([foreign], { message: 'login of [email] failed, token=[token]' }))
  const context = "const password = 'hunter2'"
  expect(print([frame({ context })])).toBe(print([frame({ context: "const password = '[password]'" })]))
})

test.each([
  ['practice 97 of 1,204.5 not found', 'practice # of # not found'],
  ['id 8c0f1a52-6a4e-4df2-9d59-9b5b7e2f0a11 gone', 'id # gone'],
  ['object deadbeefcafe0123 and 0xdeadbeef', 'object # and #'],
  [`key "a b" or 'c' or \`d\``, 'key "" or "" or ""'],
  ['mail ann@example.com', 'mail []'],
  ['a\n  b\t c', 'a b c'],
])('the message %j is %j', (message, normal) => {
  expect(normalMessage(message)).toBe(normal)
  expect(normalMessage('"a'.repeat(500_000)).length).toBeLessThanOrEqual(300)
})

test.each([
  ['launch', 'launch'],
  ['Campaigns.launch', 'Campaigns.launch'],
  ['async launch', 'launch'],
  ['Object.launch [as handler]', 'launch'],
  ['new Launch', 'Launch'],
  ['Object.<anonymous>', ''],
  ['<anonymous>', ''],
  ['?', ''],
  ['', ''],
  [null, ''],
])('the function %j is %j', (name, normal) => {
  expect(functionName(name)).toBe(normal)
})
