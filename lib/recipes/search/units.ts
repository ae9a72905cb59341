import ts from 'typescript'
import { calledBy } from './repository.ts'

/** A named piece of a file: a function, a method, a variable of the module. */
export interface Unit {
  path: string
  /** Null for what only has a place: an anonymous default export. */
  name: string | null
  /** First and last line, counted from one. */
  from: number
  to: number
  /** Names the piece mentions: what it may call or read. */
  mentions: Set<string>
  /** A class or a table of methods: its methods are looked at on their own. */
  holds: boolean
  exported: boolean
}

/** Named pieces of one file, outer before inner. */
export function unitsOf(path: string, file: ts.SourceFile): Unit[] {
  const found: Unit[] = []
  const line = (at: number): number => file.getLineAndCharacterOfPosition(at).line + 1
  const visit = (node: ts.Node, depth: number): void => {
    const name = nameOf(node, depth)
    if (name !== undefined) {
      found.push({
        path,
        name,
        from: line(node.getStart(file)),
        to: line(node.end),
        mentions: mentionsOf(node),
        holds: holds(node),
        exported: isExported(node),
      })
    }
    ts.forEachChild(node, (child) => visit(child, depth + (ts.isFunctionLike(node) ? 1 : 0)))
  }
  visit(file, 0)
  return found
}

/** The unit's name, null for one without, undefined where a node is none. */
function nameOf(node: ts.Node, depth: number): string | null | undefined {
  if (ts.isClassLike(node)) return node.name?.text ?? null
  if (ts.isFunctionLike(node) && 'body' in node)
    return calledBy(node) ?? (depth === 0 && isExported(node) ? null : undefined)
  if (ts.isVariableDeclaration(node) && depth === 0 && ts.isIdentifier(node.name)) return node.name.text
  return undefined
}

function holds(node: ts.Node): boolean {
  if (ts.isClassLike(node)) return true
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined
  if (!value || !ts.isObjectLiteralExpression(value)) return false
  return value.properties.some(
    (one) => ts.isMethodDeclaration(one) || (ts.isPropertyAssignment(one) && ts.isFunctionLike(one.initializer)),
  )
}

function mentionsOf(node: ts.Node): Set<string> {
  const found = new Set<string>()
  const visit = (at: ts.Node): void => {
    if (ts.isIdentifier(at)) found.add(at.text)
    ts.forEachChild(at, visit)
  }
  ts.forEachChild(node, visit)
  return found
}

/** `export default …`, `module.exports = …`, or a declaration with `export`. */
function isExported(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isExportAssignment(parent)) return true
  if (ts.isBinaryExpression(parent) && parent.right === node) return /exports\b/.test(parent.left.getText())
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}
