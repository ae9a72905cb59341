import type { ISql } from 'postgres'
import type { Asked } from '../domain/notice.ts'
import type { Who } from '../domain/person.ts'
import type { Project } from '../domain/project.ts'
import { openAsks } from '../store/notices.ts'
import type { Answer, Control } from './act.ts'
import { decideFix } from './bySlack.ts'

const NAME = /^[0-9a-f]{12}$/

/**
 * `approve <fix>` and `reject <fix> <why>`, typed. A yes is bound to exactly what was asked for and told: its tree, how far,
 * and the policy of then; where nothing is asked there is nothing to say yes to. A sentence where nothing was decided.
 */
export async function aboutFix(
  world: Control,
  who: Who,
  key: string,
  projects: Project[],
  verb: 'approve' | 'reject',
  [fix = '', ...why]: string[],
): Promise<Answer | string> {
  if (!NAME.test(fix)) return 'Which fix? Its twelve characters are on the message that asks for it.'
  const ask = await askedOf(world.sql, projects, fix)
  if (!ask) return `Nothing is asked about fix ${fix}.`
  if (verb === 'reject') {
    if (why.length === 0) return `Why? /nightshift reject ${fix} <why>: it goes to the next attempt.`
    return decideFix(world, who, 'reject', key, { fix, why: why.join(' ').slice(0, 500) })
  }
  const { tree, target, policyVersion } = ask
  return decideFix(world, who, 'approve', key, { fix, tree, target, policyVersion })
}

/** The newest question about a fix that nobody has answered. */
async function askedOf(sql: ISql, projects: Project[], fix: string): Promise<Asked | null> {
  for (const { id } of projects) {
    const ask = (await openAsks(sql, id)).findLast((one) => one.fix === fix)
    if (ask) return ask
  }
  return null
}
