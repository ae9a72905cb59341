import ts from 'typescript'
import { walk } from './syntax.ts'

/** Whether the app answers an error class with 400: where it is asked for by name, or by the status it carries. */
export function answeredWith400(files: Record<string, string>, name: string): boolean {
  return Object.entries(files).some(([path, text]) => {
    if (!/\.[cm]?[jt]sx?$/.test(path) || !text.includes(name) || !text.includes('400')) return false
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
    let found = false
    walk(file, (node) => {
      if (ts.isIfStatement(node) && asks(node.expression, name) && says400(node.thenStatement)) found = true
      if (ts.isClassDeclaration(node) && node.name?.text === name && says400(node)) found = true
    })
    return found
  })
}

/** `error instanceof BadRequest`, alone. */
const asks = (condition: ts.Expression, name: string): boolean =>
  ts.isBinaryExpression(condition) &&
  condition.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword &&
  condition.right.getText() === name

/** 400 and no other status of an error. */
function says400(node: ts.Node): boolean {
  const statuses = new Set<string>()
  walk(node, (at) => {
    if (ts.isNumericLiteral(at) && /^[45]\d\d$/.test(at.text)) statuses.add(at.text)
  })
  return statuses.size === 1 && statuses.has('400')
}
