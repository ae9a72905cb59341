import { expect, test } from 'vitest'
import { parseFrame, parseStack } from '../../lib/parse/v8Stack.ts'

const stderr = `listening on 3000
/app/src/routes/launch.ts:32
  const recipients = patientsOf(db, practice.id)
                                             ^

TypeError: Cannot read properties of undefined (reading 'id')
    at launchCampaign (/app/src/routes/launch.ts:32:46)
    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)
    at async answer (file:///app/src/app%20one.ts:26:3)

Node.js v24.21.0
AppError [ERR_X]: could not
reach the directory
    at new Lookup (/app/src/lookup.ts:5:9) {
  [cause]: TypeError: fetch failed
      at node:internal/deps/undici/undici:1:2
      at async ask (/app/src/lookup.ts:9:1) {
    [cause]: Error: connect
        at TCPConnectWrap.afterConnect (node:net:1:2) {
      errno: -111,
      code: 'ECONNREFUSED',
    }
  }
}`

test('reads failures, frames and causes from what a program printed', () => {
  const [launch, lookup, ...more] = parseStack(stderr)
  expect(more).toEqual([])
  expect(launch).toMatchObject({
    type: 'TypeError',
    message: "Cannot read properties of undefined (reading 'id')",
    handled: false,
    frames: [
      { path: 'src/routes/launch.ts', function: 'launchCampaign', line: 32, column: 46, inApp: true },
      { path: null, function: 'process.processTicksAndRejections', inApp: false },
      { path: 'src/app one.ts', function: 'answer', line: 26, inApp: true },
    ],
  })
  expect(lookup).toMatchObject({ type: 'AppError', message: 'could not\nreach the directory' })
  expect(lookup?.causes).toEqual([
    { type: 'AppError', message: 'could not\nreach the directory' },
    { type: 'TypeError', message: 'fetch failed' },
    { type: 'Error', message: 'connect (ECONNREFUSED)' },
  ])
  expect(parseStack(stderr, new Set(['src/lookup.ts']))[0]?.frames[0]?.path).toBeNull()
})

test.each([
  ['    at f (/a/b.ts:1:2)', { function: 'f', file: '/a/b.ts', line: 1, column: 2 }],
  ['at /a/b.ts:1:2', { function: null, file: '/a/b.ts', line: 1, column: 2 }],
  ['    at async Promise.all (index 0)', { function: 'Promise.all', file: null, line: null }],
  ['    at Array.map (<anonymous>)', { function: 'Array.map', file: null }],
  ['    at Object.run [as handler] (/a/(x)/b.ts:1:2)', { function: 'Object.run [as handler]', file: '/a/(x)/b.ts' }],
  ['    at async f (/a/b.ts:1:2) {', { function: 'f', file: '/a/b.ts' }],
])('%s is a frame', (line, frame) => {
  expect(parseFrame(line)).toMatchObject(frame)
})

test.each(['at least three', 'that f (/a.ts:1:2)', '', 'at', 'at ', 'look at f (/a.ts:1:2)'])('%j is none', (line) => {
  expect(parseFrame(line)).toBeNull()
})

test('a message may have several lines, a code is said once, and endless lines are no frames', () => {
  const lines = 'AppError: first\nmiddle: x\nthe last line\n    at f (/app/a.ts:1:2)\n'
  expect(parseStack(lines)[0]).toMatchObject({ type: 'AppError', message: 'first\nmiddle: x\nthe last line' })
  const refused = "Error: connect ECONNREFUSED\n    at f (/app/a.ts:1:2) {\n  code: 'ECONNREFUSED'\n}"
  expect(parseStack(refused)[0]?.message).toBe('connect ECONNREFUSED')
  expect(parseStack(`Error: x\n    at f (/app/${'a'.repeat(5000)}:1:2)`)).toEqual([])
})

test('a message begins at most twenty lines above its frames', () => {
  const after = (lines: number) => parseStack(`Error: x\n${'more words\n'.repeat(lines)}    at f (/app/a.ts:1:2)`)
  expect([after(19).length, after(20).length]).toEqual([1, 0])
})

test('frames without a failure above them, and failures without frames, are nothing', () => {
  expect(parseStack('    at f (/app/a.ts:1:2)\n    at g (/app/b.ts:1:2)')).toEqual([])
  expect(parseStack('TypeError: x\n\nmore')).toEqual([])
})

test('messages are redacted, and the work is capped', () => {
  const one = 'Error: login ann@example.com password=x\n    at f (/app/a.ts:1:2)\n'
  expect(parseStack(one)[0]?.message).toBe('login [email] password=[password]')
  expect(parseStack(one.repeat(80))).toHaveLength(50)
  expect(parseStack(`Error: x\n${'    at f (/app/a.ts:1:2)\n'.repeat(90)}`)[0]?.frames).toHaveLength(64)
  const chained = parseStack(`${one}${'  [cause]: Error: x\n      at f (/app/a.ts:1:2)\n'.repeat(30)}`)
  expect(chained[0]?.causes).toHaveLength(10)
})

test.each([
  '    at aaaaaaaaaaaa!',
  'at (',
  'at a:1:',
  'Error: ',
  '[cause]: ',
  '    at f (/a.ts:1:2)\n',
  'Error: x\n at a:1:2\n',
  ' ((',
])('a megabyte of %j is worked through', (piece) => {
  expect(parseStack(piece.repeat(Math.ceil(1_000_000 / piece.length))).length).toBeLessThanOrEqual(50)
})
