const HEADINGS = ['invoice', 'practice', 'pence']

export function toCsv(invoices) {
  const lines = invoices.map((invoice) => [invoice.id, invoice.practiceId, invoice.pence])
  return [HEADINGS, ...lines].map((cells) => cells.join(',')).join('\r\n')
}
