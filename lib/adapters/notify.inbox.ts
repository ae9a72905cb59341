import type { Sql } from 'postgres'
import { insertNotice, noticeArrived } from '../store/notices.ts'
import type { Notify } from '../world.ts'

/** The dashboard's inbox: a notice is a row, once per key. */
export function inboxNotify(sql: Sql): Notify {
  return {
    send: (project, notice) => insertNotice(sql, project.id, notice),
    arrived: (project, key) => noticeArrived(sql, project.id, key),
  }
}
