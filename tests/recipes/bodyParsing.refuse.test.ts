import { expect, test } from 'vitest'
import { bodyParsing } from '../../lib/recipes/bodyParsing.ts'
import { parsingOf } from '../../lib/recipes/parsing.ts'
import { caseOf, last } from './diff.ts'

type Options = Parameters<typeof caseOf>[1]
const handler = (body: string, parameters = 'req, res'): string => `
 async function show(${parameters}) {
${body}
   return json(res, 200, {})
 }
`

/** What the caller did not send is not the caller's mistake; what has no place for an answer gets none. */
const CASES: Record<string, [string, string, Options?]> = {
  'another error': [
    'does not speak of text',
    handler('   JSON.¦parse(req.body)'),
    { message: 'Invalid regular expression' },
  ],
  'another type': ['does not speak of text', handler('   JSON.¦parse(req.body)'), { type: 'RangeError' }],
  'a file that was not given': ['is not among the files', handler('   JSON.¦parse(req.body)'), { path: 'src/x.py' }],
  'a line that parses nothing': ['reads nothing that can fail', handler('   note¦(req.body)')],
  'two on a line and no column': [
    'more than one thing',
    handler('   pair(JSON.¦parse(req.query.a), JSON.parse(req.query.b))'),
    { column: false },
  ],
  'a file': [
    'reads a file',
    handler("   const text = await readFile('rota.json', 'utf8')\n   const rota = JSON.¦parse(text)"),
  ],
  'the environment': ['read from the environment', handler('   const limits = JSON.¦parse(process.env.LIMITS)')],
  "another service's answer": [
    "fetch() is another service's answer",
    handler('   const answer = await fetch(directory + req.params.id)\n   const entry = ¦await answer.json()'),
  ],
  "another service's text": [
    "is another service's answer",
    handler('   const entry = JSON.¦parse(await (await fetch(req.query.url)).text())'),
  ],
  'a row of the database': [
    'what findRow() gives is not shown',
    handler('   const row = findRow(req.params.id)\n   const options = JSON.¦parse(row.options)'),
  ],
  'a cache': [
    'what open() gives is not shown',
    handler('   const cache = open()\n' + '   const hit = JSON.¦parse(await cache.get(req.url))'),
  ],
  'what middleware put on the request': ['put there by the app', handler('   const me = JSON.¦parse(req.session.me)')],
  'what middleware put on the request, taken apart': [
    'user is put on the request by the app',
    handler('   const { user } = req\n   const me = JSON.¦parse(user)'),
  ],
  "Koa's own answer": ['put there by the app', handler('   const me = JSON.¦parse(ctx.body)', 'ctx, res')],
  "Hono's own state": ['what c.get() gives', handler("   const me = JSON.¦parse(c.get('me'))", 'c, res')],
  "the object's state": ["object's own state", handler('   const me = JSON.¦parse(this.text)')],
  'a constant': ['reads a constant', handler("   const me = JSON.¦parse('{')")],
  'a global': ['not a variable or a parameter', handler('   const me = JSON.¦parse(name)')],
  'what was caught': ['what was caught', handler('   try { run() } catch (error) { JSON.¦parse(error.message) }')],
  'a value of the module': [
    'belongs to the module',
    `
 const text = load()
 function show(req, res) {
   return json(res, 200, JSON.¦parse(text))
 }
`,
  ],
  'partly from elsewhere': [
    'is read from the environment',
    handler('   const me = JSON.¦parse(req.body || process.env.BODY)'),
  ],
  'what somebody assigned later': [
    'reads a file',
    handler("   let text = req.body\n   if (!text) text = fs.readFileSync('x')\n   const me = JSON.¦parse(text)"),
  ],
  'a parameter nobody shows the caller of': [
    'text is a parameter',
    handler('   const me = JSON.¦parse(text)', 'res, text'),
  ],
  'a promise nobody awaits': ['not awaited', handler('   const later = req.¦json()')],
  'a condition inside an expression': [
    'on a condition',
    handler('   const a = req.query.a ? JSON.¦parse(req.query.a) : {}'),
  ],
  'one turn of a loop': [
    'hide the others',
    handler('   for (const part of req.body.parts) {\n     save(JSON.¦parse(part))\n   }'),
  ],
  'something that runs before it': ['runs before the parsing', handler('   save(open(), JSON.¦parse(req.body))')],
  'a name of the same statement': [
    'declared in the same statement',
    handler('   const text = req.body, me = JSON.¦parse(text)'),
  ],
  'an error that is caught already': [
    'already caught',
    handler(
      '   try {\n     const me = JSON.¦parse(req.body)\n   } catch (error) {\n     if (error instanceof SyntaxError) note(error)\n     throw error\n   }',
    ),
  ],
  'a text of several lines that would be moved': [
    'several lines would be moved',
    '\n const show = (req, res) => json(res, 200, html(`<p>\n   <b>` + JSON.¦parse(req.query.a)))\n',
  ],
  'a constructor': [
    'constructor',
    `
 class Call {
   constructor(req) {
     this.body = JSON.¦parse(req.body)
   }
 }
`,
  ],
  'a generator': ['generator', '\n function* show(req, res) {\n   yield JSON.¦parse(req.body)\n }\n'],
  'a helper that cannot answer': [
    'gives no answer',
    '\n function bodyOf(req) {\n   return JSON.¦parse(req.body)\n }\n',
  ],
}

test.each(Object.entries(CASES))('refuses %s', (_, [why, diff, options]) => {
  const { input } = caseOf(diff, { type: 'SyntaxError', message: 'Unexpected end of JSON input', ...options })
  const answer = last(bodyParsing, options?.path ? { ...input, files: {} } : input)
  expect(answer).toMatchObject({ ok: false, recipe: 'body-parsing' })
  expect(answer.ok ? '' : answer.why).toContain(why)
})

test.each([
  'Unexpected end of JSON input',
  'Unexpected token < in JSON at position 0',
  'Unexpected token \'<\', "<html>" is not valid JSON',
  'Unexpected token \'\n\', "{"a": "\n"}" is not valid JSON',
  '"undefined" is not valid JSON',
  '"[object Object]" is not valid JSON',
  "Expected property name or '}' in JSON at position 1 (line 1 column 2)",
  'Expected double-quoted property name in JSON at position 7',
  "Expected ':' after property name in JSON at position 4 (line 1 column 5)",
  "Expected ',' or ']' after array element in JSON at position 3",
  'Unexpected number in JSON at position 1 (line 1 column 2)',
  'Unexpected string in JSON at position 5',
  'Unterminated string in JSON at position 4 (line 1 column 5)',
  'Unterminated fractional number in JSON at position 2 (line 1 column 3)',
  'Bad control character in string literal in JSON at position 2 (line 1 column 3)',
  'Bad escaped character in JSON at position 2',
  'Bad Unicode escape in JSON at position 5',
  'No number after minus sign in JSON at position 1',
  'Exponent part is missing a number in JSON at position 2',
  'Unexpected non-whitespace character after JSON at position 5 (line 1 column 6)',
])('V8 says: %s', (message) => {
  expect(parsingOf('SyntaxError', message)?.error).toBe('SyntaxError')
})

test.each([
  ['SyntaxError', "Unexpected token 'export'"],
  ['SyntaxError', 'Cannot convert x to a BigInt'],
  ['URIError', 'other'],
  ['TypeError', 'Invalid URL protocol'],
])('is not about parsing: %s %s', (type, message) => {
  expect(parsingOf(type, message)).toBeNull()
})
