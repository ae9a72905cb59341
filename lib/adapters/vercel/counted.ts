import type { ISql } from 'postgres'
import { drainCounts } from '../../store/drains.ts'
import type { Counted } from './traffic.ts'

/** What the drains' door wrote down; nothing where no drain is set up. */
export const countedIn =
  (sql: ISql): Counted =>
  (project, since) =>
    drainCounts(sql, project.id, since)
