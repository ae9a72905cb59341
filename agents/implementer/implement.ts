import type { Diagnosis } from '../../lib/domain/diagnosis.ts'
import type { Issue } from '../../lib/domain/issue.ts'
import type { Project } from '../../lib/domain/project.ts'
import { isObstacle } from '../../lib/policy/later.ts'
import type { Reader, Runner } from '../../lib/world.ts'
import type { Attempt } from './attempt.ts'
import { checkout } from './checkout.ts'
import { install } from './install.ts'
import { propose } from './propose.ts'
import { proposeByModel } from './proposeByModel.ts'
import { prove } from './prove.ts'
import { reproduce } from './reproduce.ts'

/**
 * diagnosis → fix: reproduce, repair, prove; nothing outside the sandbox is touched. `final` says that another attempt
 * would end the same way.
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
  if (!installed.ok) {
    const why = `dependencies could not be installed: ${installed.why}`
    return installed.outage ? { ok: false, why, obstacle: 'registry' } : refuse(why, false)
  }
  // The recipes need nothing of the reproduction but that there is one.
  const [reproduction, proposed] = await Promise.all([
    reproduce(world.sandbox, base, installed.key, facts.requests, issue.fingerprint),
    propose(world, project, base, installed.key, facts),
  ])
  if (!reproduction.ok) return refuse(`not reproduced: ${reproduction.why}`)
  const found = proposed.ok ? proposed : await proposeByModel(world, project, issue, diagnosis, base, installed.key)
  if (!found.ok) {
    const why = proposed.ok ? found.why : `${proposed.why}\n${found.why}`
    if (isObstacle(found.end)) return { ok: false, why, obstacle: found.end }
    // A model may say something else when it is told what became of this attempt; recipes say the same again.
    return refuse(why, !world.model || found.end === 'no-repair' || found.end === 'spent')
  }
  return prove(world, {
    fingerprint: issue.fingerprint,
    route: issue.route,
    protect: project.policy.protect,
    base,
    dependencies: installed.key,
    fixId,
    reproduction,
    proposal: found.proposal,
    patch: found.patch,
    started,
  })
}
