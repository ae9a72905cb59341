import ts from 'typescript'
import { newError } from '../recipes/typed.ts'
import { openTypes } from '../recipes/types.ts'
import { readJson } from './stdin.ts'

/**
 * `node lib/harness/objections.ts`: `{ files, candidates }` on stdin, texts by path each; on stdout, for each candidate, the
 * first thing the compiler has against it that it had not against `files`, or null. Exit 0 when it answered.
 */
interface Asked {
  files: Record<string, string>
  candidates: Record<string, string>[]
}

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string')

function askedOf(value: unknown): Asked | null {
  if (typeof value !== 'object' || value === null || !('files' in value) || !('candidates' in value)) return null
  const { files, candidates } = value
  return isTexts(files) && Array.isArray(candidates) && candidates.every(isTexts) ? { files, candidates } : null
}

function objections({ files, candidates }: Asked): (string | null)[] {
  const before = openTypes(files, { root: process.cwd(), system: ts.sys })()
  return candidates.map((texts) => newError(before, before.with(texts), Object.keys(texts)))
}

const read = await readJson(process.stdin)
const asked = read.ok ? askedOf(read.value) : null
process.stdout.write(`${JSON.stringify(asked ? objections(asked) : [])}\n`, () => process.exit(asked ? 0 : 1))
