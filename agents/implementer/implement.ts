import type { Diagnosis } from '../../lib/domain/diagnosis.ts'
import type { Issue } from '../../lib/domain/issue.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Reader, Runner } from '../../lib/world.ts'
import type { Attempt } from './attempt.ts'
import { checkout } from './checkout.ts'
import { install } from './install.ts'
import { propose } from './propose.ts'
import { prove } from './prove.ts'
import { reproduce } from './reproduce.ts'

/**
 * diagnosis → fix: reproduce, repair, prove; nothing outside the sandbox is touched. `final` says that another attempt
 * would end the same way. The tick and the command line both call it.
 */
export async function implement(
  world: Reader & Runner,
  project: Project,
  issue: Issue,
  diagnosis: Diagnosis,
  fixId: string,
): Promise<Attempt> {
  const started = performance.now()
  const refuse = (why: string, final = true): Attempt => ({
    ok: false,
    why,
    proof: null,
    patch: null,
    diff: null,
    final,
  })
  const { facts } = diagnosis
  if (!facts.crash) return refuse('there is no line to start from')
  const base = await checkout(world.code(project), facts.base)
  const installed = await install(world.sandbox, base)
  if (!installed.ok) return refuse(`dependencies could not be installed: ${installed.why}`, false)
  // The recipes need nothing of the reproduction but that there is one.
  const [reproduction, proposed] = await Promise.all([
    reproduce(world.sandbox, base, installed.key, facts, issue.fingerprint),
    propose(world, project, base, installed.key, facts),
  ])
  if (!reproduction.ok) return refuse(`not reproduced: ${reproduction.why}`)
  if (!proposed.ok) return refuse(proposed.why)
  return prove(world, {
    project,
    issue,
    base,
    dependencies: installed.key,
    fixId,
    reproduction,
    proposal: proposed.proposal,
    patch: proposed.patch,
    started,
  })
}
