import type { Call } from '../call.ts'
import { json, readFields } from '../http.ts'
import { pounds } from '../money.ts'
import { findInvoice } from './invoices.ts'

/** Pays an invoice back in full; a second time there is nothing left to pay. */
export async function refundInvoice({ db, req, res }: Call) {
  const { invoiceId } = await readFields(req, 'invoiceId')
  const invoice = findInvoice(db, invoiceId)
  const left = invoice.pence - invoice.refunded
  db.prepare('update invoices set refunded = pence where id = ?').run(invoice.id)
  return json(res, 200, { refunded: pounds(left) })
}
