import type { DiagnosisFacts } from '../../lib/domain/diagnosis.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Proposal } from '../../lib/domain/repair.ts'
import { patchHash } from '../../lib/policy/patch.ts'
import { isRefusedPatch } from '../../lib/store/fixes.ts'
import type { Reader, Runner } from '../../lib/world.ts'
import type { Checkout } from './checkout.ts'
import { runRecipes } from './harness.ts'

export type Proposed = { ok: true; proposal: Proposal; patch: string } | { ok: false; why: string }

const SOURCE = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/
/** How the sources are compiled and found. */
const SETTINGS = /(?:^|\/)(?:package|tsconfig|jsconfig)\.json$/
/** Recipes read the crash file and its neighbours; larger trees are cut, the crash file never. */
const MAX_FILES = 400
const MAX_BYTES = 200_000

/** The first recipe whose patch was not refused before. */
export async function propose(
  world: Reader & Runner,
  project: Project,
  base: Checkout,
  dependencies: string | null,
  { crash, spots }: DiagnosisFacts,
): Promise<Proposed> {
  if (!crash) return { ok: false, why: 'there is no line to start from' }
  const sources = base.files
    .filter(({ path, bytes }) => (SOURCE.test(path) || SETTINGS.test(path)) && bytes.length < MAX_BYTES)
    .sort((a, b) => Number(b.path === crash.path) - Number(a.path === crash.path))
    .slice(0, MAX_FILES)
  const files = Object.fromEntries(sources.map((file) => [file.path, Buffer.from(file.bytes).toString('utf8')]))
  const reasons: string[] = []
  for (const answer of await runRecipes(world.sandbox, dependencies, { crash, frames: spots ?? [], files })) {
    if (!answer.ok) {
      reasons.push(`${answer.recipe}: ${answer.why}`)
      continue
    }
    const known = answer.proposal.edits.every((edit) => edit.path in files)
    if (!known) {
      reasons.push(`${answer.proposal.recipe}: it edits a file that does not exist`)
      continue
    }
    const patch = patchHash(files, Object.fromEntries(answer.proposal.edits.map((edit) => [edit.path, edit.text])))
    if (await isRefusedPatch(world.sql, project.id, patch))
      reasons.push(`${answer.proposal.recipe}: this patch was refused before`)
    else return { ok: true, proposal: answer.proposal, patch }
  }
  return {
    ok: false,
    why: reasons.length ? ['no recipe fits', ...reasons].join('\n') : 'no recipe knows this kind of error',
  }
}
