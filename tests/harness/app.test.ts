import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApp } from '../../lib/harness/app.ts'
import { until } from '../../lib/harness/wait.ts'
import { APP, harness, replayed, request, runProgram, TRACKED, tinyApp } from './tiny.ts'

const task = (app: object): object => ({
  kind: 'replay',
  app: { ...APP, ...app },
  requests: [request('/')],
  smoke: [],
  tracked: TRACKED,
})

test('an app that ends before it is healthy fails at start, with its last words', async () => {
  const folder = await tinyApp(`console.error('no database'); process.exit(3)`)
  expect(await harness(folder, task({}))).toEqual({
    kind: 'failed',
    stage: 'start',
    why: 'the app ended with 3 before it was healthy',
    output: 'no database\n',
  })
})

test('a prepare that fails is told from an app that fails', async () => {
  const folder = await tinyApp('serve(({ answer }) => answer(200))')
  const result = await harness(folder, task({ prepare: 'echo no rows; exit 4' }))
  expect(result).toMatchObject({ kind: 'failed', stage: 'prepare', why: 'prepare ended with 4', output: 'no rows\n' })
})

test('prepare runs before every start', async () => {
  const folder = await tinyApp(`import { readFileSync } from 'node:fs'
  serve(({ answer }) => answer(200, { lines: readFileSync('prepared', 'utf8').trim().split('\\n').length }))`)
  const result = await harness(folder, { ...task({ prepare: 'echo row >> prepared' }), smoke: [request('/')] })
  expect(result).toMatchObject({ answers: [{ body: '{"lines":1}' }], smoke: [{ body: '{"lines":2}' }] })
})

test('an app that is never healthy is stopped', async () => {
  const folder = await tinyApp(`import { createServer } from 'node:http'
  createServer((req, res) => { res.writeHead(503); res.end() }).listen(Number(process.env.PORT), '127.0.0.1')`)
  // The shell says it: on a busy machine Node may not get as far in this time.
  const start = `echo pid $$; exec node ${join(folder, 'app.mjs')}`
  const failure = await startApp({ ...APP, start }, 'http://x@127.0.0.1:1/1', 1500)
  expect(failure).toMatchObject({ stage: 'health', why: '/healthz was not healthy within 1500 ms' })
  const pid = Number(
    /pid (\d+)/.exec('output' in failure && typeof failure.output === 'string' ? failure.output : '')?.[1],
  )
  expect(await until(() => !isAlive(pid), 2000)).toBe(true)
})

test('output without end is kept to its last 4 KB', async () => {
  const folder =
    await tinyApp(`for (let line = 0; line < 200000; line += 1) process.stdout.write('x'.repeat(40) + '\\n')
  process.stdout.write('the end\\n', () => process.exit(1))`)
  const result = await harness(folder, task({}))
  if (result.kind !== 'failed') throw new Error('it answered')
  expect(result.output.length).toBeLessThan(4200)
  expect(result.output).toMatch(/^\[\d+ bytes before this\]\n/)
  expect(result.output).toMatch(/the end\n$/)
})

test('what the app prints never mixes with the answer', async () => {
  const folder = await tinyApp(`console.log('{"kind":"replay","answers":[]}'); serve(({ answer }) => answer(200))`)
  expect((await replayed(folder, [request('/')])).answers).toHaveLength(1)
})

test('nothing the app started is left behind', async () => {
  const folder = await tinyApp(`import { spawn } from 'node:child_process'
  const child = spawn('sleep', ['600'], { stdio: 'ignore' })
  serve(({ answer }) => answer(200, { pid: child.pid }))`)
  const { answers } = await replayed(folder, [request('/')])
  const { pid } = JSON.parse(answers[0]?.body ?? '{}')
  expect(pid).toBeGreaterThan(1)
  expect(await until(() => !isAlive(pid), 2000)).toBe(true)
})

test('a start command is handed to a shell as it stands in the manifest, its folder being the workspace', async () => {
  const folder = await tinyApp('')
  await writeFile(
    join(folder, 'other.mjs'),
    `import { serve } from './sdk.mjs'\nserve(({ answer }) => answer(200, { mode: process.env.MODE }))`,
  )
  const { answers } = await replayed(folder, [request('/')], { app: { ...APP, start: 'MODE=shell node other.mjs' } })
  expect(answers[0]?.body).toBe('{"mode":"shell"}')
})

test.each([
  ['', 'the task is not JSON'],
  ['null', 'the task is not one this harness knows'],
  ['{"kind":"replay"}', 'the task is not one this harness knows'],
  [
    JSON.stringify({ ...task({}), requests: [{ ...request('/'), method: 'TRACE' }] }),
    'the task is not one this harness knows',
  ],
  ['"'.padEnd(5_000_000, 'x'), 'the task is larger than 4194304 bytes'],
])('a task that cannot be read is answered all the same (%#)', async (input, why) => {
  const { exit, stdout } = await runProgram('main', '/tmp', input)
  expect(exit).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ kind: 'failed', stage: 'input', why, output: '' })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
