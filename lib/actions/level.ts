import { z } from 'zod'
import { type Level, Policy, type Project } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import { mayRaise } from '../policy/levelUp.ts'
import * as store from '../store/control.ts'
import { levelRecord } from '../store/record.ts'
import type { Control, Verb } from './act.ts'
import { known, ruled } from './ruled.ts'
import { verifyAudit } from './verifyAudit.ts'

const OWNER = ['owner'] as const

interface LevelInput {
  project: string
  level: Level
  policyVersion: number
}

/** Down at once; up with the password again; to 3 only with the record for it. */
export const level: Verb<LevelInput> = {
  roles: OWNER,
  input: z.strictObject({
    project: z.string(),
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    policyVersion: z.number().int(),
  }),
  password: async (world, { project, level: wanted }) => wanted > (await known(world.sql, project)).level,
  async run(world, who, { project: slug, level: wanted, policyVersion }) {
    const project = await known(world.sql, slug)
    const auditSeq = wanted === 3 && project.level !== 3 ? await earned(world, project) : 0
    const { answer } = ruled(await store.setLevel(world.sql, who, project.id, wanted, { policyVersion, auditSeq }))
    world.ring('releaser')
    return { state: 'level', level: wanted, answer }
  },
}

interface PolicyInput {
  project: string
  policy: Policy
  capPerDay: number
  policyVersion: number
}

/** A new version of the policy; the floor of protected files is no part of it. */
export const policy: Verb<PolicyInput> = {
  roles: OWNER,
  input: z.strictObject({
    project: z.string(),
    policy: Policy,
    capPerDay: z.number().int().min(0).max(1000),
    policyVersion: z.number().int(),
  }),
  password: async () => true,
  async run(world, who, { project: slug, policy: wanted, capPerDay, policyVersion }) {
    const project = await known(world.sql, slug)
    const { answer } = ruled(await store.setPolicy(world.sql, who, project.id, wanted, capPerDay, { policyVersion }))
    world.ring('releaser')
    return { state: 'policy', answer, policyVersion: policyVersion + (answer === 'done' ? 1 : 0) }
  },
}

/** The audit's position under which level 3 was earned, or a Fault with everything that is missing. */
async function earned({ sql, anchors }: Control, project: Project): Promise<number> {
  const { answer, head } = await verifyAudit(sql, project.id, await anchors.read(project))
  const { levels, ends, now } = await levelRecord(sql, project.id)
  const may = mayRaise({ levels, ends, chain: answer }, now)
  if (may.answer === 'may-not') throw new Fault('LEVEL_NOT_EARNED', may.reasons.join(' '))
  return head.seq
}
