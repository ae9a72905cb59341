import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'

// node compile.mjs <lib> <folder>: what runs in a sandbox, without its types. A program of its own, because Node warns
// of the function it uses, and no command should begin with a warning.

/** What our programs inside are made of; what decides and what holds secrets stays outside. */
const PARTS = ['adapters/sandbox', 'domain', 'harness', 'parse', 'recipes', 'runtimes', 'errors.ts']
const SPECIFIER = /(\bfrom |\bimport\(|^import )'(\.[^'\n]*)\.ts'/gm

const [from, to] = process.argv.slice(2)
const files = PARTS.filter((part) => existsSync(join(from, part))).flatMap((part) =>
  part.endsWith('.ts')
    ? [part]
    : readdirSync(join(from, part), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(from.length + 1)),
)
for (const path of files) {
  mkdirSync(dirname(join(to, path)), { recursive: true })
  if (!path.endsWith('.ts')) cpSync(join(from, path), join(to, path))
  else {
    const text = stripTypeScriptTypes(readFileSync(join(from, path), 'utf8'))
    writeFileSync(join(to, path.replace(/\.ts$/, '.js')), text.replace(SPECIFIER, "$1'$2.js'"))
  }
}
writeFileSync(join(to, 'package.json'), '{"type":"module"}\n')
