/** Values as test runners print them (`util.inspect`, JSON, pretty-format), read back as far as they can be. */

/** What cannot be read back: `Promise { <pending> }`, `[Function: f]`, a date. */
export class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Value = string | number | boolean | null | undefined | Raw | Value[] | { [key: string]: Value }

/** At most this many characters are read; the rest of a long value tells nothing more. */
const MOST = 4000

/** Linear in the text: every step consumes at least one character or ends. */
export function parseValue(text: string): Value {
  const reader = new Reader(text.trim().slice(0, MOST))
  const value = reader.value(0)
  return reader.atEnd() ? value : new Raw(text)
}

const WORDS: Record<string, Value> = {
  undefined: undefined,
  null: null,
  true: true,
  false: false,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
}

class Reader {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  atEnd(): boolean {
    this.skip(/\s*/y)
    return this.at >= this.text.length
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  value(depth: number): Value {
    this.skip(/\s*/y)
    this.skip(/\[Object: null prototype\] /y)
    const named = this.skip(/\[(?:Function|AsyncFunction|class|Getter|Setter|Circular|Symbol)\b[\s\S]*/y)
    if (named) return new Raw(named)
    const quote = this.text[this.at]
    if (quote === "'" || quote === '"' || quote === '`') return this.string(quote)
    const number = this.skip(/-?(?:Infinity|0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?n?)(?![\w.])/iy)
    if (number) return Number(number.replace(/n$/, ''))
    const word = this.skip(/[A-Za-z_$][\w$]*(?:\(\d+\))?/y)
    if (word in WORDS) return WORDS[word]
    this.skip(/\s*/y)
    if (depth < 8 && /^(?:Array|Object)?(?:\(\d+\))?$/.test(word)) {
      if (this.text[this.at] === '[') return this.list(depth)
      if (this.text[this.at] === '{') return this.record(depth)
    }
    return new Raw(word + this.skip(/[\s\S]*/y))
  }

  private string(quote: string): string {
    let out = ''
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const letter = this.text[this.at]!
      if (letter === quote) break
      if (letter !== '\\') {
        out += letter
        continue
      }
      this.at += 1
      const escaped = this.text[this.at] ?? ''
      out += { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped
    }
    this.at += 1
    // A long string is printed in pieces: 'a' + \n 'b'.
    const joined = this.skip(/\s*\+\s*(?=['"`])/y)
    return joined ? out + this.string(this.text[this.at]!) : out
  }

  private list(depth: number): Value[] {
    const items: Value[] = []
    this.at += 1
    while (!this.skip(/[\s,]*\]/y) && this.at < this.text.length) {
      this.skip(/[\s,]*/y)
      const before = this.at
      items.push(this.value(depth + 1))
      if (this.at === before) this.at += 1
    }
    return items
  }

  private record(depth: number): { [key: string]: Value } {
    const found: { [key: string]: Value } = {}
    this.at += 1
    while (!this.skip(/[\s,]*\}/y) && this.at < this.text.length) {
      this.skip(/[\s,]*/y)
      const quote = this.text[this.at] ?? ''
      const key = /['"]/.test(quote) ? this.string(quote) : this.skip(/[^\s:,}]+/y)
      this.skip(/\s*:/y)
      const before = this.at
      found[key] = this.value(depth + 1)
      if (this.at === before) this.at += 1
    }
    return found
  }
}
