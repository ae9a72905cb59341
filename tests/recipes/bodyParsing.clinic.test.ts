import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { integrityOf } from '../../lib/policy/integrity.ts'
import { bodyParsing } from '../../lib/recipes/bodyParsing.ts'
import { openTypes, type Types } from '../../lib/recipes/types.ts'
import { DISK, last } from './diff.ts'

const CLINIC = join(DISK.root, 'examples/clinic')
const PATH = 'src/routes/patients.ts'

/** The clinic's sources, with some words changed. */
function clinic(words: Record<string, string> = {}): Record<string, string> {
  const paths = readdirSync(join(CLINIC, 'src'), { recursive: true, encoding: 'utf8' })
  const texts = paths
    .filter((path) => /\.ts$/.test(path))
    .map((path) => [`src/${path}`, readFileSync(join(CLINIC, 'src', path), 'utf8')])
  const change = (text: string): string =>
    Object.entries(words).reduce((all, [from, to]) => all.replaceAll(from, to), text)
  const files = Object.fromEntries(texts.map(([path = '', text = '']) => [path, change(text)]))
  const read = (name: string): string => readFileSync(join(CLINIC, name), 'utf8')
  return { ...files, 'package.json': read('package.json'), 'tsconfig.json': read('tsconfig.json') }
}

const FAULT = '  const answers = JSON.parse(await readText(req))\n'
const REPAIRED = `  let answers
  try {
    answers = JSON.parse(await readText(req))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return json(res, 400, { error: 'body is not JSON' })
  }
`

test.each([
  ['as it is', {}, FAULT, REPAIRED],
  [
    'under other names',
    { answers: 'ticks', recordConsents: 'storeTicks', readText: 'textOf', "'no ticks given'": "'nothing ticked'" },
    FAULT.replace('answers', 'ticks').replace('readText', 'textOf'),
    REPAIRED.replaceAll('answers', 'ticks').replace('readText', 'textOf'),
  ],
])("the clinic's consents are repaired, %s", (_, words, fault, repaired) => {
  const files = clinic(words)
  const text = files[PATH] ?? ''
  expect(text).toContain(fault)
  const line = text.slice(0, text.indexOf(fault)).split('\n').length
  const column = fault.indexOf('parse') + 1
  const crash = {
    path: PATH,
    line,
    column,
    function: null,
    type: 'SyntaxError',
    message: 'Unexpected end of JSON input',
  }
  const answer = last(bodyParsing, { crash, frames: [crash], files })
  const after = text.replace(fault, repaired)
  expect(answer.ok ? answer.proposal.edits : answer.why).toEqual([{ path: PATH, text: after }])
  expect(integrityOf({ [PATH]: text }, { [PATH]: after })).toEqual({ ok: true })
})

/** Reading the language's library takes the compiler seconds on a busy machine. */
const PATIENCE_MS = 60_000

const wordsOf = (types: Types, path: string): string[] =>
  types.service
    .getSemanticDiagnostics(types.nameOf(path))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))

test("the clinic's repaired file passes its own type check", { timeout: PATIENCE_MS }, () => {
  const files = clinic()
  const after = files[PATH]?.replace(FAULT, REPAIRED) ?? ''
  expect(wordsOf(openTypes({ ...files, [PATH]: after }, DISK)(), PATH)).toEqual([])
})

const STRICT = `
interface Order { id: string; lines?: { price: number } }
declare function save(order: Order): Promise<string>
declare const schema: { parse(value: unknown): Order }
export async function typed(request: Request): Promise<Response> {
  const order: Order = await request.json()
  return Response.json({ id: await save(order) })
}
export async function cast(request: Request): Promise<Response> {
  const order = (await request.json()) as Order
  return Response.json({ id: await save(order) })
}
export async function checked(request: Request): Promise<Response> {
  const { id } = schema.parse(await request.json())
  return Response.json({ id })
}
export async function held(request: Request): Promise<Response> {
  const order = (await request.json()) as Order
  if (!order.lines) return Response.json({ error: 'lines are required' }, { status: 400 })
  const prices = () => order.lines.price
  return Response.json({ prices: prices() })
}
export async function plain(request: Request): Promise<Response> {
  const order = JSON.parse(await request.text())
  const ids = [1].map(() => order.id)
  return Response.json({ ids })
}
export async function address(request: Request): Promise<Response> {
  const url = new URL(request.headers.get('x-next') ?? '')
  return Response.json({ host: url.host })
}
`

test('what is written passes the strictest type check', { timeout: PATIENCE_MS }, () => {
  const files: Record<string, string> = {
    'tsconfig.json': JSON.stringify({ compilerOptions: { strict: true, lib: ['ES2023', 'DOM'], types: [] } }),
    'before.ts': STRICT,
  }
  const lines = STRICT.split('\n')
  const faults = lines.flatMap((text, at) => (/\.json\(\)|JSON\.parse|new URL/.test(text) ? [at + 1] : []))
  for (const line of faults) {
    const url = lines[line - 1]?.includes('new URL')
    const said = url ? ['TypeError', 'Invalid URL'] : ['SyntaxError', 'Unexpected end of JSON input']
    const crash = { path: 'before.ts', line, column: null, function: null, type: said[0]!, message: said[1]! }
    const answer = last(bodyParsing, { crash, frames: [crash], files })
    if (!answer.ok) throw new Error(answer.why)
    files[`after${line}.ts`] = answer.proposal.edits[0]?.text ?? ''
  }
  const types = openTypes(files, DISK)()
  expect(faults).toHaveLength(6)
  for (const line of faults) expect(wordsOf(types, `after${line}.ts`)).toEqual(wordsOf(types, 'before.ts'))
})
