import ts from 'typescript'
import type { CrashSite, RecipeAnswer, RecipeInput, Spot } from '../domain/repair.ts'
import { repair } from '../recipes/all.ts'
import { readJson } from './stdin.ts'

/** `node lib/harness/repair.ts`: a RecipeInput on stdin, a RecipeAnswer[] on stdout, exit 0 when it answered. */
function inputOf(value: unknown): RecipeInput | null {
  if (!isObject(value) || !isObject(value.files) || !isCrash(value.crash)) return null
  if (!Array.isArray(value.frames) || !value.frames.every(isSpot)) return null
  const files: Record<string, string> = {}
  for (const [path, text] of Object.entries(value.files)) {
    if (typeof text !== 'string') return null
    files[path] = text
  }
  return { crash: value.crash, frames: value.frames, files }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSpot = (value: unknown): value is Spot =>
  isObject(value) &&
  typeof value.path === 'string' &&
  Number.isInteger(value.line) &&
  (value.column === null || Number.isInteger(value.column))

const isCrash = (value: unknown): value is CrashSite =>
  isSpot(value) &&
  'type' in value &&
  typeof value.type === 'string' &&
  'message' in value &&
  typeof value.message === 'string'

const read = await readJson(process.stdin)
const input = read.ok ? inputOf(read.value) : null
const answers: RecipeAnswer[] = input
  ? repair(input, { root: process.cwd(), system: ts.sys })
  : [{ ok: false, recipe: 'all', why: read.ok ? 'the input is not a crash with files' : read.why }]
process.stdout.write(`${JSON.stringify(answers)}\n`, () => process.exit(0))
