import { Policy, type Project, Settings } from '../../lib/domain/project.ts'

/** A project whose code is at this address. */
export const projectAt = (repository: string): Project => ({
  id: 1,
  slug: 'shop',
  name: 'Shop',
  level: 2,
  policy: Policy.parse({}),
  policyVersion: 1,
  capPerDay: 10,
  pausedAt: null,
  pausedBy: null,
  pausedWhy: null,
  settings: Settings.parse({ repository, app: 'shop' }),
  ingestNo: 1,
})
