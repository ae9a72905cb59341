import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const CSS = readFileSync(join(import.meta.dirname, '../../app/globals.css'), 'utf8')
const COLOURS = new Map(
  [...CSS.matchAll(/--(\S+): light-dark\((#\w{6}), (#\w{6})\);/g)].map((match) => [
    match[1] ?? '',
    [match[2] ?? '', match[3] ?? ''],
  ]),
)

/** Text on what it stands on, as the rules and classes use them. */
const GROUNDS = ['paper', 'panel', 'sunk']
const PAIRS: [text: string, ground: string][] = [
  ...['ink', 'soft', 'accent', 'good', 'bad', 'ask'].flatMap((text) =>
    GROUNDS.map((ground): [string, string] => [text, ground]),
  ),
  ['accent', 'accent-wash'],
  ['ink', 'accent-wash'],
  ['soft', 'accent-wash'],
  ['good', 'good-wash'],
  ['soft', 'good-wash'],
  ['bad', 'bad-wash'],
  ['soft', 'bad-wash'],
  ['ink', 'bad-wash'],
  ['ink', 'good-wash'],
  ['ask', 'ask-wash'],
  ['soft', 'ask-wash'],
  ['ink', 'ask-wash'],
  // The main button.
  ['panel', 'accent'],
]

/** WCAG 2.2, relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

test.each(PAIRS)('%s on %s reads at 4.5 to 1 by day and by night', (text, ground) => {
  for (const time of [0, 1]) {
    const [front, back] = [COLOURS.get(text)?.[time], COLOURS.get(ground)?.[time]]
    expect(contrast(front ?? '#000000', back ?? '#000000')).toBeGreaterThanOrEqual(4.5)
  }
})

test('every colour is declared once, for day and night', () => {
  expect(COLOURS.size).toBe(CSS.match(/light-dark\(/g)?.length)
  expect(CSS.match(/#[0-9a-f]{3,8}\b/gi)).toHaveLength(COLOURS.size * 2)
})

test('nothing moves for those who asked for stillness, and nothing is fetched from elsewhere', () => {
  const still = CSS.slice(0, CSS.indexOf('@media (prefers-reduced-motion: no-preference)'))
  expect(still).not.toMatch(/animation|transition/)
  expect(CSS).not.toMatch(/https?:|url\(/)
})
