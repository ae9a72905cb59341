/** As much of ClickHouse's SQL as questions about logs take: one table, columns, a map, comparisons, and, or, in, like. */

export interface Row {
  id: string
  /** Microseconds since 1970. */
  micros: number
  event_message: string
  severity_text: string
  source: string
  log_attributes: Record<string, string>
}

export type Answered = { rows: Record<string, unknown>[] } | { error: string }

type Value = string | number | null
type Look = (row: Row) => Value

const TOKENS = /\s*(?:('(?:[^'\\]|\\.|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|<>|!=|[=<>(),[\]*]))/y

/** The column with the source goes by one name, and the other is not known. */
export function ask(sql: string, rows: Row[], column: string, cap: number): Answered {
  try {
    return new Question(sql, column).answer(rows, cap)
  } catch (error) {
    return { error: (error as Error).message }
  }
}

export const spelt = (micros: number): string =>
  `${new Date(Math.floor(micros / 1e6) * 1000).toISOString().slice(0, 19).replace('T', ' ')}.${String(micros % 1e6).padStart(6, '0')}`

class Question {
  private readonly words: string[] = []
  private readonly column: string
  private at = 0

  constructor(sql: string, column: string) {
    this.column = column
    TOKENS.lastIndex = 0
    const text = sql.trim()
    while (TOKENS.lastIndex < text.length) {
      const match = TOKENS.exec(text)
      if (!match) throw new Error('Syntax error: cannot parse the query')
      this.words.push(match[1] ?? match[2] ?? match[3] ?? match[4]!)
    }
  }

  answer(rows: Row[], cap: number): Answered {
    this.take('select')
    const columns: [string, Look][] = []
    do columns.push([this.peek(), this.value()])
    while (this.has(','))
    this.take('from')
    if (this.next() !== 'logs') throw new Error('Unknown table expression identifier')
    const wanted = this.has('where') ? this.either() : () => true
    this.take('order')
    this.take('by')
    this.take('timestamp')
    const down = this.has('desc')
    const limit = this.has('limit') ? Number(this.next()) : cap
    if (this.at < this.words.length) throw new Error(`Syntax error: failed at ${this.peek()}`)
    const found = rows.filter(wanted).sort((a, b) => (down ? b.micros - a.micros : a.micros - b.micros))
    const shown = (row: Row, name: string, look: Look) => (name === 'log_attributes' ? row.log_attributes : look(row))
    return {
      rows: found
        .slice(0, Math.min(limit, cap))
        .map((row) => Object.fromEntries(columns.map(([name, look]) => [name, shown(row, name, look)]))),
    }
  }

  private either(): (row: Row) => boolean {
    const all = [this.both()]
    while (this.has('or')) all.push(this.both())
    return (row) => all.some((one) => one(row))
  }
  private both(): (row: Row) => boolean {
    const all = [this.test()]
    while (this.has('and')) all.push(this.test())
    return (row) => all.every((one) => one(row))
  }
  private test(): (row: Row) => boolean {
    if (this.has('(')) {
      const inner = this.either()
      this.take(')')
      return inner
    }
    const left = this.value()
    if (this.has('in')) {
      const among = this.list()
      return (row) => among.some((one) => one(row) === left(row))
    }
    const operator = this.next()
    const right = this.value()
    // A comparison with nothing is nothing, which is not true.
    return (row) => {
      const [a, b] = [left(row), right(row)]
      if (a === null || b === null) return false
      if (operator === '=') return a === b
      return operator === '<'
        ? a < b
        : operator === '<='
          ? a <= b
          : operator === '>'
            ? a > b
            : operator === '>=' && a >= b
    }
  }

  private list(): Look[] {
    this.take('(')
    const among = [this.value()]
    while (this.has(',')) among.push(this.value())
    this.take(')')
    return among
  }

  private value(): Look {
    const word = this.next()
    if (word.startsWith("'")) return () => word.slice(1, -1).replaceAll("''", "'")
    if (/^\d/.test(word)) return () => Number(word)
    if (word.toLowerCase() === 'toint32ornull') {
      const [inner] = this.list()
      return (row) => (/^-?\d+$/.test(String(inner!(row))) ? Number(inner!(row)) : null)
    }
    if (word === 'log_attributes') {
      if (!this.has('[')) return () => null
      const key = this.value()
      this.take(']')
      return (row) => row.log_attributes[String(key(row))] ?? ''
    }
    if (word === 'timestamp') return (row) => spelt(row.micros)
    if (word === this.column) return (row) => row.source
    if (word === 'id' || word === 'event_message' || word === 'severity_text') return (row) => row[word]
    throw new Error(`Unknown expression identifier \`${word}\` in scope SELECT`)
  }

  private peek = (): string => this.words[this.at] ?? ''
  private next(): string {
    const word = this.words[this.at++]
    if (word === undefined) throw new Error('Syntax error: unexpected end of query')
    return word
  }
  private has(word: string): boolean {
    if (this.peek().toLowerCase() !== word) return false
    this.at += 1
    return true
  }
  private take(word: string): void {
    if (!this.has(word)) throw new Error(`Syntax error: expected ${word}, found ${this.peek()}`)
  }
}
