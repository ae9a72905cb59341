import ts from 'typescript'
import { quoted } from '../../source.ts'
import { stretch } from '../differences.ts'
import { type Change, type Operator, swapNode } from '../operator.ts'

/** A text that stands in the code and in the actual value, where the expected value has another. */
export const strings: Operator = {
  name: 'text',
  prior: 0.6,
  signs: { string: 1.5, space: 1.5, longer: 1.2, shorter: 1.2 },
  changes(node, { facts, source }) {
    if (ts.isStringLiteral(node) && ts.isImportDeclaration(node.parent)) return []
    const text = ts.isStringLiteralLike(node) || isPart(node) ? node.text : null
    if (text === null) return []
    const found = new Map<string, number>()
    for (const { actual, expected } of facts.pairs) {
      if (typeof actual !== 'string' || typeof expected !== 'string') continue
      for (const [other, odds] of corrected(text, actual, expected)) found.set(other, odds)
    }
    return [...found].map(
      ([other, odds]): Change => ({
        swaps: [swapNode(node, rewritten(node, other, source.style.quote))],
        summary: `Writes ${JSON.stringify(other)} instead of ${JSON.stringify(text)}`,
        odds,
      }),
    )
  },
}

const isPart = (node: ts.Node): node is ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail =>
  ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)

/** The text with the stretch put right in which actual and expected differ. */
function corrected(text: string, actual: string, expected: string): [string, number][] {
  if (text === actual) return [[expected, 1]]
  const found: [string, number][] = []
  const part = stretch(actual, expected)
  // With what stands around the difference, so that a missing character has something to be found by.
  for (let around = 0; around <= 3; around += 1) {
    const from = Math.max(0, part.from - around)
    const to = part.from + part.actual.length + around
    const wrong = actual.slice(from, to)
    const end = expected.slice(part.from + part.expected.length, part.from + part.expected.length + around)
    const right = expected.slice(from, part.from) + part.expected + end
    if (wrong !== '' && text.includes(wrong) && right.length < 40) found.push([text.replace(wrong, () => right), 0.9])
  }
  // What is only added may be a separator; letters and digits would be the test's data, written into the code.
  if (part.actual === '' && part.expected.length <= 3 && !/[\p{L}\d]/u.test(part.expected)) {
    if (text === '') found.push([part.expected, 0.6])
    else if (actual.includes(text)) found.push([text + part.expected, 0.6], [part.expected + text, 0.6])
  }
  if (text !== '' && part.actual === text && part.expected.length < 20) found.push([part.expected, 1])
  return found
}

function rewritten(node: ts.Node, text: string, quote: "'" | '"'): string {
  if (ts.isStringLiteral(node))
    return quoted(text, node.getText().startsWith('"') ? '"' : node.getText().startsWith("'") ? "'" : quote)
  const escaped = text.replace(/[\\`]|\$\{/g, (found) => `\\${found}`).replace(/\n/g, '\\n')
  if (ts.isNoSubstitutionTemplateLiteral(node)) return `\`${escaped}\``
  if (ts.isTemplateHead(node)) return `\`${escaped}\${`
  return ts.isTemplateMiddle(node) ? `}${escaped}\${` : `}${escaped}\``
}
