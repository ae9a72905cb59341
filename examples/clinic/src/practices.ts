import type { DatabaseSync } from 'node:sqlite'
import { rows } from './database.ts'

export interface Practice {
  id: string
  name: string
  phone: string
}

export function allPractices(db: DatabaseSync) {
  return rows<Practice>(db, 'select * from practices order by id')
}

export function findPractice(db: DatabaseSync, id: string) {
  return rows<Practice>(db, 'select * from practices where id = ?', id)[0]
}
