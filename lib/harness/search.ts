import { lineEdit } from '../domain/lineEdit.ts'
import type { RecipeAnswer, SearchInput } from '../domain/repair.ts'
import type { Coverage } from '../domain/testRun.ts'
import { search } from '../recipes/search/search.ts'
import { suspectsOf } from '../recipes/search/suspicion.ts'
import { readJson } from './stdin.ts'

/**
 * `node lib/harness/search.ts`: a SearchInput on stdin, a RecipeAnswer[] on stdout whose edits are `LineEdit`s, exit 0 when
 * it answered. Where it is given no suspects it works them out, from `coverage: { failing, passing }` if that is there too.
 */
interface Asked {
  input: SearchInput
  failing: Coverage[]
  passing: Coverage[]
}

function askedOf(value: unknown): Asked | null {
  if (!isObject(value) || !isObject(value.files) || !Array.isArray(value.failures)) return null
  const { files, failures, suspects = [], most = 300, coverage } = value
  if (!Object.values(files).every((text) => typeof text === 'string') || !failures.every(isFailure)) return null
  if (!Array.isArray(suspects) || !suspects.every(isSuspect) || !Number.isInteger(most)) return null
  const runs = (name: string): Coverage[] =>
    isObject(coverage) && Array.isArray(coverage[name]) ? coverage[name].filter(isCoverage) : []
  const input = { files: files as Record<string, string>, failures, suspects, most: most as number }
  return { input, failing: runs('failing'), passing: runs('passing') }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSuspect = (value: unknown): value is SearchInput['suspects'][number] =>
  isObject(value) && typeof value.path === 'string' && Number.isInteger(value.line) && typeof value.weight === 'number'

const isText = (value: unknown): boolean => value === null || typeof value === 'string'

function isFailure(value: unknown): value is SearchInput['failures'][number] {
  if (!isObject(value) || typeof value.test !== 'string' || !isText(value.file) || !isObject(value.failure))
    return false
  const { type, message, expected, actual, frames } = value.failure
  const said = typeof type === 'string' && typeof message === 'string' && isText(expected) && isText(actual)
  return said && Array.isArray(frames) && frames.every((one) => isObject(one) && typeof one.path === 'string')
}

const isCoverage = (value: unknown): value is Coverage =>
  isObject(value) && Object.values(value).every((spans) => Array.isArray(spans))

const read = await readJson(process.stdin)
const asked = read.ok ? askedOf(read.value) : null

function answersTo({ input, failing, passing }: Asked): RecipeAnswer[] {
  // Given what single tests ran, names and calls say more than lines and counts alone.
  const own = failing.length > 0 || input.suspects.length === 0
  const suspects = own ? suspectsOf({ ...input, failing, passing }) : input.suspects
  return search({ ...input, suspects })
}

const answers: RecipeAnswer[] = asked
  ? answersTo(asked)
  : [{ ok: false, recipe: 'search', why: read.ok ? 'the input is not failures with files' : read.why }]
/** A file may be large and its candidates many: only the lines that differ are told. */
const told = answers.map((answer) => {
  if (!answer.ok || !asked) return answer
  const edits = answer.proposal.edits.map(({ path, text }) => lineEdit(path, asked.input.files[path] ?? '', text))
  return { ok: true, proposal: { ...answer.proposal, edits } }
})
process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit(0))
