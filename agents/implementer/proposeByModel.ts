import { projectBudget } from '../../lib/actions/budget.ts'
import type { Diagnosis } from '../../lib/domain/diagnosis.ts'
import { detailsOf, type Fix, headlineOf } from '../../lib/domain/fix.ts'
import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { Issue } from '../../lib/domain/issue.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import { patchHash } from '../../lib/policy/patch.ts'
import { fixesOf, isRefusedPatch } from '../../lib/store/fixes.ts'
import type { Reader, Runner } from '../../lib/world.ts'
import { textsOf } from '../tools/desk.ts'
import { askFix, type Earlier, type FixEnd } from './ask.ts'
import type { Checkout } from './checkout.ts'
import { edited } from './examine.ts'
import { formatted } from './format.ts'
import type { Proposed } from './propose.ts'

const COMMAND_MS = 120_000

/**
 * The next rung where no recipe fits: a model, told the diagnosis and what became of every attempt before. What it says is
 * only a proposal; it is proven as a recipe's is, and its spend is the issue's.
 */
export async function proposeByModel(
  world: Reader & Runner,
  project: Project,
  issue: Issue,
  diagnosis: Diagnosis,
  base: Checkout,
  dependencies: string | null,
): Promise<Proposed & ({ ok: true } | { ok: false; end: FixEnd })> {
  const { facts } = diagnosis
  if (!world.model || !facts.crash) return { ok: false, why: 'no model was chosen', end: 'no-good' }
  const fixes = await fixesOf(world.sql, issue.id)
  const model = world.model(
    projectBudget(world.sql, { project: project.id, issue: issue.id }),
    `${project.slug}/issue-${issue.id}/attempt-${fixes.length}`,
  )
  const texts = textsOf(base.files)
  const code = world.code(project)
  const bench = {
    ...{ sandbox: world.sandbox, dependencies, files: base.files, texts },
    history: { blame: (path: string, line: number) => code.blame(facts.base, path, line) },
    command: { command: base.manifest.test.run, env: base.manifest.env, wallMs: COMMAND_MS, services: [] },
  }
  const asked = await askFix(
    model,
    bench,
    [failureOf(issue, diagnosis)],
    findingOf(diagnosis),
    fixes.flatMap(earlier),
    [],
    [],
  )
  if (!asked.edits) return { ok: false, why: `the model proposes nothing: ${asked.why}`, end: asked.end }
  const edits = await formatted(bench, asked.edits)
  const patch = patchHash(texts, edited(edits))
  if (await isRefusedPatch(world.sql, project.id, patch))
    return { ok: false, why: 'the model proposes a patch that was refused before', end: 'no-good' }
  const summary = asked.explanation || 'A change proposed by a model.'
  return { ok: true, patch, proposal: { recipe: 'model', edits, summary, assumes: [], modelledOn: null } }
}

/** Production's failure in the shape a failing test has. */
function failureOf({ route }: Issue, { facts }: Diagnosis): TestCase {
  const { type, message } = facts.crash!
  return {
    ...{ id: `in production: ${route ?? 'no route'}`, file: null, titles: [], state: 'failed', ms: null },
    failure: { type, message, expected: null, actual: null, frames: facts.spots },
  }
}

function findingOf({ cause, remedy, confidence, why, facts }: Diagnosis): Finding {
  return {
    ...{ cause, remedy, confidence, why, where: facts.spots.slice(0, 5) },
    ...{ suspect: facts.suspect, suspectBy: facts.suspect ? 'blame' : null, hypotheses: [], effort: 'small' },
    author: 'facts',
  }
}

/** What was refused, and why; the patch itself where it got so far. */
function earlier(fix: Fix): Earlier[] {
  if (fix.state !== 'refused') return []
  const rows = (fix.diff ?? []).flatMap(({ path, rows }) => [
    path,
    ...rows.map(({ kind, text }) => `${kind === 'add' ? '+' : kind === 'del' ? '-' : ' '}${text}`),
  ])
  return [{ diff: rows.join('\n'), why: [headlineOf(fix.why), ...detailsOf(fix.why).slice(0, 5)].join('\n') }]
}
