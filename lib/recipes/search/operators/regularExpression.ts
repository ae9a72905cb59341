import ts from 'typescript'
import { type Change, type Operator, swapNode } from '../operator.ts'

/** A regular expression that takes too much or too little: flags, anchors, quantifiers, an unescaped dot. */
export const regularExpression: Operator = {
  name: 'regular-expression',
  prior: 0.6,
  signs: { string: 1.7, longer: 1.2, shorter: 1.2, boolean: 1.2, case: 1.5, space: 1.5, nullish: 1.3, fewer: 1.2 },
  changes(node, { facts }) {
    if (!ts.isRegularExpressionLiteral(node)) return firstOnly(node)
    const text = node.getText()
    const end = text.lastIndexOf('/')
    const [body, flags] = [text.slice(1, end), text.slice(end + 1)]
    const found: Change[] = []
    const offer = (other: string, odds: number, with_ = flags): void => {
      if (isValid(other, with_) && (other !== body || with_ !== flags)) {
        found.push({ swaps: [swapNode(node, `/${other}/${with_}`)], summary: `Matches /${other}/${with_}`, odds })
      }
    }
    const once = isAskedOnce(node)
    for (const [flag, odds] of FLAGS) {
      // What is only asked whether it matches has no further matches to go through.
      if (flag === 'g' && once && !flags.includes('g')) continue
      const has = flags.includes(flag)
      const wanted = flag === 'i' && facts.signs.has('case') ? 2 : 1
      offer(body, odds * wanted * (has ? 0.5 : 1), has ? flags.replace(flag, '') : flags + flag)
    }
    const [start, stop] = [body.startsWith('^'), body.endsWith('$') && !body.endsWith('\\$')]
    offer(start ? body.slice(1) : `^${grouped(body)}`, 0.7)
    offer(stop ? body.slice(0, -1) : `${grouped(body)}$`, 0.7)
    if (!start && !stop) offer(`^${grouped(body)}$`, 0.6)
    for (const [at, letter] of pieces(body)) {
      const replaced = (other: string): string => body.slice(0, at) + other + body.slice(at + letter.length)
      if (letter === '+')
        for (const [other, odds] of [
          ['*', 1],
          ['+?', 0.6],
          ['', 0.5],
        ] as const)
          offer(replaced(other), odds)
      if (letter === '*')
        for (const [other, odds] of [
          ['+', 1],
          ['*?', 0.7],
        ] as const)
          offer(replaced(other), odds)
      if (letter === '?')
        for (const [other, odds] of [
          ['', 0.5],
          ['*', 0.4],
        ] as const)
          offer(replaced(other), odds)
      if (letter === '.')
        for (const [other, odds] of [
          ['\\.', 0.9],
          ['[\\s\\S]', 0.5],
          ['[^]', 0.2],
        ] as const)
          offer(replaced(other), odds)
      if (letter === '\\.') offer(replaced('.'), 0.3)
      if (CLASSES[letter]) for (const other of CLASSES[letter]) offer(replaced(other), 0.5)
      if (/^\\?[\w\])]$/.test(letter) && !/^[+*?{]/.test(body.slice(at + letter.length)) && letter !== 'w') {
        if (/^\\[dws]$|^[\])]$/.test(letter)) for (const add of ['+', '*', '?']) offer(replaced(letter + add), 0.35)
      }
    }
    return found
  },
}

const FLAGS: [string, number][] = [
  ['g', 1],
  ['i', 0.8],
  ['m', 0.4],
  ['s', 0.4],
  ['u', 0.3],
]

const CLASSES: Record<string, string[]> = {
  '\\d': ['\\w'],
  '\\w': ['\\d', '[\\w-]'],
  '\\s': ['\\S'],
  '\\S': ['\\s'],
  '\\D': ['\\d'],
  '\\W': ['\\w'],
  '\\b': ['\\B'],
  '[^': ['['],
}

/** The pieces a pattern is made of with their offsets; what stands in brackets is one piece per bracket. */
function pieces(body: string): [number, string][] {
  const found: [number, string][] = []
  let inside = false
  for (const match of body.matchAll(/\\.|\[\^|\(\?(?:<?[=!]|:|<\w+>)|[\s\S]/g)) {
    const [piece] = match
    if (!inside || /^\\[dwsDWS]$|^\]$/.test(piece)) found.push([match.index, piece])
    if (piece === '[' || piece === '[^') inside = true
    if (piece === ']') inside = false
  }
  return found
}

const grouped = (body: string): string => (/(?:^|[^\\])\|/.test(body) ? `(?:${body})` : body)

function isValid(body: string, flags: string): boolean {
  try {
    new RegExp(body, flags)
    return body !== ''
  } catch {
    return false
  }
}

/** `text.replace('a', …)` replaces the first alone. */
function firstOnly(node: ts.Node): Change[] {
  if (!ts.isStringLiteral(node) || !ts.isCallExpression(node.parent)) return []
  const call = node.parent
  if (
    !ts.isPropertyAccessExpression(call.expression) ||
    call.expression.name.text !== 'replace' ||
    call.arguments[0] !== node
  )
    return []
  const body = node.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return [{ swaps: [swapNode(node, `/${body}/g`)], summary: `Replaces every ${node.getText()}`, odds: 0.9 }]
}

/** `/…/.test(x)` */
const isAskedOnce = ({ parent }: ts.Node): boolean =>
  ts.isPropertyAccessExpression(parent) && /^(?:test|exec)$/.test(parent.name.text)
