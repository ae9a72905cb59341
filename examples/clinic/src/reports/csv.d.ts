/** One line per invoice under a line of headings. */
export function toCsv(invoices: { id: string; practiceId: string; pence: number }[]): string
