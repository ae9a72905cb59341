import ts from 'typescript'
import { walk } from './syntax.ts'

const SAYS = /^(?:error|errors|message|msg|detail|details|reason|title|description|statusMessage)$/i
const CODES = /^(?:code|type|kind|slug)$/i
const QUIET = /(?:setHeader|header|type|set|writeHead|append|get)$/

/** The strings of an answer that people or programs read as its reason. */
export function messagesIn(statement: ts.Statement): (ts.StringLiteralLike | ts.TemplateExpression)[] {
  const found: (ts.StringLiteralLike | ts.TemplateExpression)[] = []
  walk(statement, (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return
    const { parent } = node
    if (ts.isPropertyAssignment(parent) && parent.initializer === node) {
      const key = ts.isStringLiteral(parent.name) ? parent.name.text : parent.name.getText()
      if (SAYS.test(key) || CODES.test(key)) found.push(node)
    } else if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.arguments?.includes(node)) {
      if (!QUIET.test(parent.expression.getText())) found.push(node)
    } else if (
      ts.isBinaryExpression(parent) &&
      parent.right === node &&
      /(?:body|error|message)$/.test(parent.left.getText())
    ) {
      found.push(node)
    }
  })
  return found
}

/** What a message says; of a template its fixed words, since what it fills in belongs to the model. */
export function textOf(message: ts.StringLiteralLike | ts.TemplateExpression): string {
  if (ts.isStringLiteralLike(message)) return message.text
  const words = [message.head.text, ...message.templateSpans.map((span) => span.literal.text)]
  return words.join(' ').replace(/\s+/g, ' ').trim()
}
