import { z } from 'zod'
import { Fault } from '../errors.ts'
import * as store from '../store/control.ts'
import { fix as fixById } from '../store/fixes.ts'
import { project as projectById } from '../store/projects.ts'
import type { Verb } from './act.ts'
import { connect } from './connect.ts'
import { level, policy } from './level.ts'
import { link } from './link.ts'
import { pause, resume } from './pause.ts'
import { invite, remove, role, uninvite } from './people.ts'
import { ruled } from './ruled.ts'
import { project, settings } from './settings.ts'

const DECIDES = ['owner', 'operator'] as const

/** Free text of a person, shown as text. */
const Why = z.string().trim().min(1).max(500)
const Fix = z.string().regex(/^[0-9a-f]{12}$/)
const Tree = z.string().regex(/^[0-9a-f]{40}$/)
const Target = z.enum(['staging', 'production'])

/** What the person saw is part of the yes: if it changed meanwhile, the yes is refused. */
const approve: Verb<{ fix: string; tree: string; target: 'staging' | 'production'; policyVersion: number }> = {
  roles: DECIDES,
  input: z.strictObject({ fix: Fix, tree: Tree, target: Target, policyVersion: z.number().int() }),
  async run(world, who, input) {
    const fix = await fixById(world.sql, input.fix)
    const project = fix && (await projectById(world.sql, fix.project))
    if (!project) throw new Fault('NOT_FOUND', `fix ${input.fix}`)
    const hours = project.policy.approvalHours
    const { answer } = ruled(await store.approve(world.sql, who, { ...input, hours }))
    world.ring('releaser')
    return { state: 'approved', answer, target: input.target, hours }
  },
}

const reject: Verb<{ fix: string; why: string }> = {
  roles: DECIDES,
  input: z.strictObject({ fix: Fix, why: Why }),
  async run(world, who, { fix, why }) {
    const { answer } = ruled(await store.reject(world.sql, who, fix, why))
    world.ring('releaser')
    world.ring('implementer')
    return { state: 'rejected', answer }
  },
}

/** Ordered, not done: the page and the CLI say "rolled back" when it was read back. */
const rollback: Verb<{ release: number; why: string }> = {
  roles: DECIDES,
  input: z.strictObject({ release: z.number().int().positive(), why: Why }),
  async run(world, who, { release, why }) {
    const { answer } = ruled(await store.orderRollback(world.sql, who, release, why))
    world.ring('releaser')
    return { state: 'rolling-back', answer, release }
  },
}

/** Every decision a person can make, by its name in the address and on the command line. */
export const VERBS = {
  ...{ pause, resume, approve, reject, rollback, level, policy, settings, project, connect },
  ...{ link, invite, uninvite, role, remove },
}
export type VerbName = keyof typeof VERBS
