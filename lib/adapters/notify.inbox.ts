import type { Sql } from 'postgres'
import { insertNotice, noticeArrived } from '../store/notices.ts'
import type { Notify } from '../world.ts'

/** The dashboard's inbox: a notice is a row, once per key. */
export function inboxNotify(sql: Sql): Notify {
  return {
    async send(project, notice) {
      await insertNotice(sql, project.id, notice)
      return undefined
    },
    arrived: (project, key) => noticeArrived(sql, project.id, key),
  }
}
