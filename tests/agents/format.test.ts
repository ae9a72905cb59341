import { expect, test } from 'vitest'
import { formatted } from '../../agents/implementer/format.ts'
import { textsOf } from '../../agents/tools/desk.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { groundOf } from './model/bench.ts'

/** The repository's formatter, here one of a few lines, runs in the sandbox on what a model wrote. */

const sandbox = testedSandbox()

/** Takes semicolons from the ends of lines of the file it is given; refuses one that says so. */
const PRETTIER = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs')
const path = process.argv.at(-1)
const text = readFileSync(path, 'utf8')
if (text.includes('unreadable')) process.exit(2)
writeFileSync(path, text.replace(/;$/gm, '').replace(/ +/g, ' '))
console.log('formatted ' + path)
`
const TIDY = 'const a = 1\n'
const CHANGED = 'const a = 2;\nconst b  = 3;\n'

async function left(files: Record<string, string>, edit: { path: string; text: string }): Promise<string> {
  const copy = Object.entries(files).map(([path, text]) => {
    return { path, bytes: Buffer.from(text), executable: path.includes('node_modules') }
  })
  const ground = { ...groundOf(sandbox(), null), files: copy, texts: textsOf(copy) }
  const [done] = await formatted(ground, [edit])
  return done!.text
}
const PACKAGE = { 'package.json': '{"devDependencies":{"prettier":"3.0.0"}}', '.prettierrc': '{}' }
const INSTALLED = { ...PACKAGE, 'node_modules/.bin/prettier': PRETTIER }

test('a file that is formatted stays formatted', async () => {
  expect(await left({ ...INSTALLED, 'src/a.js': TIDY }, { path: 'src/a.js', text: CHANGED })).toBe(
    'const a = 2\nconst b = 3\n',
  )
})

test('also in a package of its own, and by a name that looks like an option', async () => {
  const files = { 'web/package.json': PACKAGE['package.json'], 'web/.prettierrc': '{}', 'web/--write.js': TIDY }
  const installed = { ...files, 'web/node_modules/.bin/prettier': PRETTIER }
  expect(await left(installed, { path: 'web/--write.js', text: CHANGED })).toBe('const a = 2\nconst b = 3\n')
})

test.each<[why: string, files: Record<string, string>, edit: { path: string; text: string }]>([
  ['is not formatted as it stands', { ...INSTALLED, 'a.js': 'const a = 1;\n' }, { path: 'a.js', text: CHANGED }],
  ['is of no language the formatter reads', { ...INSTALLED, 'a.txt': TIDY }, { path: 'a.txt', text: CHANGED }],
  [
    'is of a repository whose formatter is not installed',
    { ...PACKAGE, 'a.js': TIDY },
    { path: 'a.js', text: CHANGED },
  ],
  [
    'is one the formatter ends with an error on',
    { ...INSTALLED, 'a.js': TIDY },
    { path: 'a.js', text: 'unreadable;\n' },
  ],
  [
    'would be as it was before once it is formatted',
    { ...INSTALLED, 'a.js': TIDY },
    { path: 'a.js', text: 'const a = 1;\n' },
  ],
])('a file is left as it was written when it %s', async (_, files, edit) => {
  expect(await left(files, edit)).toBe(edit.text)
})
