const NEEDS_QUOTES = /[",\r\n]/

function field(value) {
  if (value === null || value === undefined) return ''
  const text = value instanceof Date ? value.toISOString() : String(value)
  return NEEDS_QUOTES.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

/** Rows as RFC 4180 has them: lines end with CRLF, quotes are doubled. */
export function toCsv(rows, columns = Object.keys(rows[0] ?? {})) {
  const lines = [columns.map(field).join(',')]
  for (const row of rows) lines.push(columns.map((column) => field(row[column])).join(','))
  return `${lines.join('\r\n')}\r\n`
}

/** The records of a text, each a list of fields. */
export function parseCsv(text) {
  const records = []
  let record = []
  let value = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (quoted) {
      if (letter !== '"') value += letter
      else if (text[at + 1] === '"') {
        value += '"'
        at += 1
      } else quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === ',') {
      record.push(value)
      value = ''
    } else if (letter === '\n') {
      record.push(value)
      records.push(record)
      record = []
      value = ''
    } else if (letter !== '\r') value += letter
  }
  if (value !== '' || record.length > 0) records.push([...record, value])
  return records
}
