import type { DatabaseSync } from 'node:sqlite'
import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { json } from '../http.ts'
import { pounds } from '../money.ts'

export interface Invoice {
  id: string
  practiceId: string
  pence: number
  /** Pence paid back so far. */
  refunded: number
}

export function allInvoices(db: DatabaseSync) {
  return rows<Invoice>(db, 'select * from invoices order by id')
}

export function findInvoice(db: DatabaseSync, id: string) {
  return rows<Invoice>(db, 'select * from invoices where id = ?', id)[0]
}

export function showInvoice({ db, res, params }: Call) {
  const invoice = findInvoice(db, params.id)
  if (!invoice) return json(res, 404, { error: 'invoice not found' })
  return json(res, 200, { id: invoice.id, amount: pounds(invoice.pence), refunded: pounds(invoice.refunded) })
}
