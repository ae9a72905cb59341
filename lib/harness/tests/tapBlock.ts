import type { RawFailure } from './failure.ts'

/** What stands below a point that failed. */
export type Block = RawFailure

const LINES = 200

/** The block of details below a point that failed; its places are read whatever field they stand in. */
export function blockAfter(lines: string[], at: number, message: string): Block {
  const fields = new Map<string, string>()
  const text: string[] = []
  if (!/^\s*---/.test(lines[at + 1] ?? '')) return { type: 'AssertionError', message, stack: '' }
  for (const line of lines.slice(at + 2, at + LINES)) {
    if (/^\s*\.\.\.\s*$/.test(line)) break
    const [, name, value] = /^\s{1,16}([\w-]{1,30}): (.*)$/.exec(line) ?? []
    if (name && value !== undefined && !/^[|>]-?$/.test(value.trim()) && !fields.has(name))
      fields.set(name, unquoted(value))
    // `at: <place>`, or a stack whose places lack the word.
    const place = /^\s*(?:at: )?(\S.*:\d+:\d+\)?)$/.exec(line)?.[1]
    text.push(place && !/^at /.test(place) ? `    at ${place.replace(/^at /, '')}` : line)
  }
  const first = (...names: string[]) =>
    names.map((name) => fields.get(name)).find((value) => value !== undefined) ?? null
  return {
    ...{ type: first('name') ?? 'AssertionError', message: first('message') ?? message, stack: text.join('\n') },
    ...{ expected: first('expected', 'wanted'), actual: first('actual', 'found') },
  }
}

const unquoted = (value: string): string => value.trim().replace(/^(['"])(.*)\1$/, '$2')
