import type { Edit } from '../../lib/domain/tree.ts'
import { integrityOf, type TestFacts } from '../../lib/policy/integrity.ts'
import type { Checkout } from './checkout.ts'

/** Texts of the base commit by path. */
export function textsOf(base: Pick<Checkout, 'files'>): Record<string, string> {
  return Object.fromEntries(base.files.map((file) => [file.path, Buffer.from(file.bytes).toString('utf8')]))
}

export const edited = (edits: Edit[]): Record<string, string> =>
  Object.fromEntries(edits.map((edit) => [edit.path, edit.text]))

/**
 * Why a patch is no repair however green it is: it weakens what judges it, or hides what it does. Null when it is one.
 * @param facts what stands in the failing tests, where there are any.
 */
export function integrityProblem(base: Pick<Checkout, 'files'>, edits: Edit[], facts?: TestFacts): string | null {
  const texts = textsOf(base)
  const before = Object.fromEntries(
    edits.flatMap((edit) => (edit.path in texts ? [[edit.path, texts[edit.path]!]] : [])),
  )
  const integrity = integrityOf(before, edited(edits), facts)
  if (integrity.ok) return null
  const list = integrity.findings.slice(0, 3).map((finding) => `${finding.path}:${finding.line} ${finding.why}`)
  return `it is no repair: ${list.join(' ')}`
}
