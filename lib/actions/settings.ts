import { z } from 'zod'
import { isBranchName } from '../domain/branchName.ts'
import { Settings } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import { redactCredentials } from '../parse/redactText.ts'
import * as store from '../store/settings.ts'
import type { Verb } from './act.ts'
import { known, ruled } from './ruled.ts'

/** Settings are shown to everybody who may look, and kept in the audit: what opens something has no place in them. */
const Public = Settings.superRefine((settings, context) => {
  for (const [key, text] of leaves(settings))
    if (redactCredentials(text) !== text || /^[a-z+]+:\/\/[^/@\s]*:[^/@\s]*@/i.test(text))
      context.addIssue({ code: 'custom', path: key.split('.'), message: 'is a credential; those are never settings' })
  if (settings.repository.trim() === '') context.addIssue({ code: 'custom', path: ['repository'], message: 'is empty' })
  if (settings.app.trim() === '') context.addIssue({ code: 'custom', path: ['app'], message: 'is empty' })
  for (const [which, branch] of Object.entries(settings.branches)) {
    const path = ['branches', which]
    if (!isBranchName(branch)) context.addIssue({ code: 'custom', path, message: 'is no name of a branch' })
    // What is called so we make and delete ourselves.
    else if (branch.startsWith('agent/')) context.addIssue({ code: 'custom', path, message: 'is a name of ours' })
  }
  if (settings.branches.production === settings.branches.staging)
    context.addIssue({ code: 'custom', path: ['branches', 'staging'], message: 'is the production branch as well' })
})

function* leaves(value: unknown, at = ''): Generator<[string, string]> {
  if (typeof value === 'string') yield [at, value]
  else if (typeof value === 'object' && value !== null)
    for (const [name, below] of Object.entries(value)) yield* leaves(below, at ? `${at}.${name}` : name)
}

interface SettingsInput {
  project: string
  settings: Settings
  seen: string
}

/** Where a project's code and app live and whom it tells. The policy and its version stay as they are. */
export const settings: Verb<SettingsInput> = {
  roles: ['owner'],
  input: z.strictObject({ project: z.string(), settings: Public, seen: z.string().regex(/^[0-9a-f]{32}$/) }),
  password: async () => true,
  async run(world, who, { project: slug, settings: wanted, seen }) {
    const project = await known(world.sql, slug)
    const { answer } = ruled(await store.setSettings(world.sql, who, project.id, wanted, seen))
    for (const agent of ['watcher', 'releaser'] as const) world.ring(agent)
    return { state: 'settings', answer }
  },
}

/** A further project, at level 1; its DSN is on its settings page. */
export const project: Verb<store.Added> = {
  roles: ['owner'],
  input: z.strictObject({
    slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is lower-case letters, digits and hyphens, 40 at most'),
    name: z.string().trim().min(1).max(80),
    settings: Public,
  }),
  password: async () => true,
  async run(world, who, added) {
    // An SDK's key is made here and told on the page: answers are kept for repetitions, and it need not be among them.
    const { answer } = ruled(await store.addProject(world.sql, who, added))
    world.ring('watcher')
    if (answer !== 'done') throw new Fault('REFUSED')
    return { state: 'project', answer, project: added.slug }
  },
}
