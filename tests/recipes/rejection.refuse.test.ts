import { expect, test, vi } from 'vitest'
import { unhandledRejection } from '../../lib/recipes/rejection.ts'
import { ask, COMMONJS, type Files, type Told, whyOf } from './project.ts'

const TABLE: Files = {
  'src/router.ts': `export interface Call { id: string; res: { end(text: string): void } }
export const route = (pattern: string, handler: (call: Call) => unknown) => ({ pattern, handler })
`,
  'src/routes.ts': `import { route } from './router.ts'
import { book } from './routes/book.ts'
export const routes = [route('POST /book', book)]
`,
}
const handler = (body: string, head = ' export async function book({ id, res }: Call) {', tail = ' }'): string => `
 import type { Call } from '../router.ts'
 declare function json(res: unknown, status: number): void
 async function save(id: string) {
   await null
   throw new Error(¦id)
 }
${head}
   ${body}
${tail}
`
const OWN = 'is meant to run on its own'

const CASES: Record<string, [string, Partial<Told> & { diff: string }, Files?]> = {
  'what is awaited': ['is waited for or has its errors caught', { diff: handler('await save(id)') }],
  'what is given back': ['is waited for or has its errors caught', { diff: handler('return save(id)') }],
  'what is caught': ['is waited for or has its errors caught', { diff: handler('save(id).catch(() => null)') }],
  'what is caught by then': ['has its errors caught', { diff: handler('save(id).then(() => 1, () => null)') }],
  'what is kept for later': [
    'is waited for or has its errors caught',
    { diff: handler('const saved = save(id); return [saved]') },
  ],
  'what is void': ['void says', { diff: handler('void save(id)') }],
  'what runs behind the answer': [OWN, { diff: handler("res.end('ok')\n   save(id)") }],
  'what runs behind an answer by a helper': [
    'behind the answer that line 8 sends',
    { diff: handler('json(res, 200)\n   save(id)') },
  ],
  'what runs behind an answer in a branch': [
    OWN,
    { diff: handler("if (id) {\n     res.end('ok')\n   }\n   save(id)") },
  ],
  'what a comment says runs in the background': [
    'a comment says',
    { diff: handler('// In the background: mail is slow.\n   save(id)') },
  ],
  'what a comment behind it says': ['a comment says', { diff: handler('save(id) // fire and forget') }],
  'what runs while the module loads': [
    'while the module loads',
    { diff: handler('return id').concat("\n save('1')\n") },
  ],
  'two of them': ['more than one call', { diff: handler('save(id)\n   if (id) save(id)') }],
  'a crash that its caller hears of': [
    'in no async function',
    { diff: '\n export function book(id: string) {\n   throw new Error(¦id)\n }\n' },
  ],
  'a crash at the top of a module': ['in no async function', { diff: "\n throw new Error(¦'no')\n" }],
  'a test': ['is a test', { path: 'tests/a.test.ts', diff: handler('save(id)') }],
  'a listener of an event': [
    'waits for its callback',
    {
      diff: handler(
        'save(id)',
        ' declare function on(name: string, to: (id: string) => void): void\n on("x", async (id) => {',
        ' })',
      ),
    },
  ],
  'a timer': [
    'waits for its callback',
    {
      diff: handler(
        'save(id)',
        ' declare function setTimeout(run: () => void): void\n const id = ""\n setTimeout(async () => {',
        ' })',
      ),
    },
  ],
  'a handler nobody waits for': [
    'calls book() without waiting',
    {
      diff: handler('save(id)'),
      files: {
        ...TABLE,
        'src/use.ts': "import { book } from './routes/book.ts'\nexport const use = () => { book({} as any) }\n",
      },
    },
  ],
  'Express 4, which waits for nobody': [
    'waits for its callback',
    {
      path: 'src/app.js',
      files: { 'package.json': '{"dependencies":{"express":"^4.21.0"}}' },
      diff: `
 const app = require('express')()
 async function save(id) {
   await null
   throw new Error(¦id)
 }
 app.post('/', async (req, res) => {
   save(req.body.id)
   res.end()
 })
`,
    },
    COMMONJS,
  ],
}

vi.setConfig({ testTimeout: 60_000 })

test.each(Object.entries(CASES))('refuses %s', (_, [why, told, project]) => {
  const path = 'src/routes/book.ts'
  const { answers } = ask(unhandledRejection, { path, type: 'Error', message: 'pt-1', files: TABLE, ...told }, project)
  expect(answers).toMatchObject([{ ok: false, recipe: 'unhandled-rejection' }])
  expect(whyOf(answers)).toContain(why)
})
