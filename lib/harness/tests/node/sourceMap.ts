const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]))

/** The lines, from 0, of the first source that each generated line comes from: the `mappings` of a source map, version 3. */
export function originalLines(mappings: string): number[][] {
  let [source, original] = [0, 0]
  return mappings.split(';').map((line) => {
    const lines = new Set<number>()
    for (const segment of line.split(',')) {
      const [, toSource, toLine] = numbers(segment)
      if (toSource === undefined || toLine === undefined) continue
      source += toSource
      original += toLine
      if (source === 0 && original >= 0) lines.add(original)
    }
    return [...lines]
  })
}

/** Base-64 digits of five bits, the lowest first; the sixth says that more follow, the very first bit is the sign. */
function numbers(segment: string): number[] {
  const found: number[] = []
  let [value, shift] = [0, 0]
  for (const digit of segment) {
    const bits = VALUES.get(digit)
    if (bits === undefined) return found
    value += (bits & 31) << shift
    shift += 5
    if (bits & 32) continue
    found.push(value & 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return found
}
