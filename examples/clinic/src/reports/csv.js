const HEADINGS = ['invoice', 'practice', 'amount']

export function toCsv(invoices) {
  const lines = invoices.map((invoice) => [invoice.id, invoice.practiceId, pounds(invoice.pence)])
  return [HEADINGS, ...lines].map((cells) => cells.join(',')).join('\r\n')
}
