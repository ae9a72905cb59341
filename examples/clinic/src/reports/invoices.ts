import { allInvoices } from '../billing/invoices.ts'
import type { Call } from '../call.ts'
import { json } from '../http.ts'
import { toCsv } from './csv.js'

/** All invoices, as JSON or, with `?format=csv`, for a spreadsheet. */
export function reportInvoices({ db, res, query }: Call) {
  const invoices = allInvoices(db)
  if (query.get('format') !== 'csv') return json(res, 200, { invoices })
  const csv = toCsv(invoices)
  res.writeHead(200, { 'content-type': 'text/csv' })
  res.end(csv)
}
