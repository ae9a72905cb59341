import { visible } from './visible.ts'

/** Which tests ran, from the TAP that `node --test` prints. What tests print themselves arrives there as comments. */

export interface TapTest {
  /** Names of the parents and its own, joined by ` > `; a repeated one ends in ` (2)`, ` (3)` … */
  name: string
  ok: boolean
  skipped: boolean
  todo: boolean
}

interface Node {
  name: string
  ok: boolean
  skipped: boolean
  todo: boolean
  suite: boolean
  children: Node[]
}

const TEXT_MAX = 8 * 1024 * 1024
const TESTS_MAX = 5000
const NAME_MAX = 300
const LINE_MAX = 4096
const DEPTH_MAX = 16
/** Spaces a level: what the runner indents subtests by. */
const INDENT = 4
const RESULT = /^( *)(not )?ok \d{1,9}(?: - | |$)(.*)$/

/**
 * Executed tests in the order of their results, parents after their children. Suites (`describe`) are no tests and are
 * left out, unless one failed by itself. Anything that is not TAP is passed over; output that ends early loses only
 * what it did not say. At most 5000 tests.
 */
export function parseTap(text: string): TapTest[] {
  const pending: Node[][] = [[]]
  let result: (Node & { depth: number }) | null = null
  let inBlock = false
  let seen = 0
  for (const line of linesOf(text)) {
    const margin = ' '.repeat((result?.depth ?? 0) * INDENT + 2)
    if (inBlock && result) {
      if (line === `${margin}...`) inBlock = false
      else if (line === `${margin}type: 'suite'`) result.suite = true
      continue
    }
    inBlock = result !== null && line === `${margin}---`
    if (inBlock) continue
    result = seen < TESTS_MAX ? nodeOf(line) : null
    if (!result) continue
    seen += 1
    adopt(pending, result.depth, result)
  }
  return named(pending)
}

function nodeOf(line: string): (Node & { depth: number }) | null {
  const match = RESULT.exec(line)
  const indent = match?.[1]?.length ?? 1
  if (!match || indent % INDENT !== 0 || indent / INDENT > DEPTH_MAX) return null
  const { name, directive } = described(match[3] ?? '')
  return {
    depth: indent / INDENT,
    name: visible(name).slice(0, NAME_MAX) || '(unnamed)',
    ok: match[2] === undefined,
    skipped: /^skip/i.test(directive),
    todo: /^todo/i.test(directive),
    suite: false,
    children: [],
  }
}

/** Results one level deeper that came since the last result of this level are this one's children. */
function adopt(pending: Node[][], depth: number, node: Node): void {
  node.children = pending[depth + 1] ?? []
  for (let at = pending.length; at <= depth; at++) pending[at] = []
  pending.length = depth + 1
  pending[depth]?.push(node)
}

/** Name and directive, parted at the first ` #` that is not escaped; `\#` and `\\` stand for themselves. */
function described(text: string): { name: string; directive: string } {
  let name = ''
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '\\' && (text[at + 1] === '#' || text[at + 1] === '\\')) {
      name += text[at + 1]
      at += 1
    } else if (char === '#' && (at === 0 || text[at - 1] === ' ')) {
      return { name: name.trim(), directive: text.slice(at + 1).trim() }
    } else name += char
  }
  return { name: name.trim(), directive: '' }
}

function named(pending: Node[][]): TapTest[] {
  const tests: TapTest[] = []
  const counts = new Map<string, number>()
  const visit = (node: Node, parent: string) => {
    const path = parent === '' ? node.name : `${parent} > ${node.name}`
    for (const child of node.children) visit(child, path)
    const failedAlone = !node.ok && node.children.every((child) => child.ok)
    if (node.suite && !failedAlone) return
    const count = (counts.get(path) ?? 0) + 1
    counts.set(path, count)
    const name = count === 1 ? path : `${path} (${count})`
    tests.push({ name, ok: node.ok, skipped: node.skipped, todo: node.todo })
  }
  for (const nodes of pending) for (const node of nodes) visit(node, '')
  return tests
}

function linesOf(text: string): string[] {
  const lines = text.slice(0, TEXT_MAX).split('\n')
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)).filter((line) => line.length <= LINE_MAX)
}
