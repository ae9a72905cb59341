import ts from 'typescript'
import type { Place } from './place.ts'
import type { Source } from './source.ts'
import { uncast, walk } from './syntax.ts'

/** An early answer for a function whose file has no guard, in the way the function answers elsewhere. */
export interface Idiom {
  statements: string[]
  /** 1-based line of the answer it follows. */
  line: number
}

interface Said {
  status: number
  /** A JavaScript object literal, such as `{ error: 'practice not found' }`. */
  payload: string
}

export function idiomFor(source: Source, place: Place, said: Said): Idiom | null {
  const { fn } = place
  if (!fn.body) return null
  const found: { idiom: Idiom; at: number }[] = []
  walk(
    fn.body,
    (node) => {
      const statements = answerLike(source, fn, node, said)
      if (!statements) return
      const line = source.file.getLineAndCharacterOfPosition(node.getStart()).line + 1
      found.push({ idiom: { statements, line }, at: node.getStart() })
    },
    'own',
  )
  const from = place.beside.getStart()
  found.sort((a, b) => Math.abs(a.at - from) - Math.abs(b.at - from))
  return found[0]?.idiom ?? null
}

function answerLike(source: Source, fn: ts.FunctionLikeDeclaration, node: ts.Node, said: Said): string[] | null {
  const end = source.style.semicolon
  if (ts.isBinaryExpression(node)) {
    const koa = bodyOf(fn, node)
    return koa ? [`${koa}.status = ${said.status}${end}`, `${koa}.body = ${said.payload}${end}`, `return${end}`] : null
  }
  if (!ts.isCallExpression(node) || !isAnswer(node, fn)) return null
  const raw = rawOf(fn, node, said, source)
  if (raw) return [...raw.map((line) => line + end), `return${end}`]
  const call = callLike(fn, node, said)
  if (!call) return null
  const returned = ts.isReturnStatement(node.parent) || node.parent === fn
  return returned ? [`return ${call}${end}`] : [`${call}${end}`, `return${end}`]
}

/** The call is a statement, a returned value or an arrow's value: it is the answer, not a part of one. */
const isAnswer = (call: ts.CallExpression, fn: ts.Node): boolean =>
  ts.isReturnStatement(call.parent) || ts.isExpressionStatement(call.parent) || call.parent === fn

/** The position of a parameter by its name; -1 for anything else. */
function position(fn: ts.FunctionLikeDeclaration, node: ts.Expression): number {
  const at = uncast(node)
  return ts.isIdentifier(at) ? fn.parameters.findIndex((parameter) => parameter.name.getText() === at.text) : -1
}

function bodyOf(fn: ts.FunctionLikeDeclaration, node: ts.BinaryExpression): string | null {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(node.left)) return null
  const { name, expression } = node.left
  return name.text === 'body' && position(fn, expression) === 0 ? expression.getText() : null
}

/** `res.writeHead(200, HEADERS)` and `res.end(JSON.stringify(…))`. */
function rawOf(fn: ts.FunctionLikeDeclaration, node: ts.CallExpression, said: Said, source: Source): string[] | null {
  if (!ts.isPropertyAccessExpression(node.expression) || node.expression.name.text !== 'end') return null
  if (position(fn, node.expression.expression) < 1 || !node.arguments[0]?.getText().startsWith('JSON.stringify('))
    return null
  const res = node.expression.expression.getText()
  let headers = ''
  walk(fn.body!, (at) => {
    if (!ts.isCallExpression(at) || at.expression.getText() !== `${res}.writeHead`) return
    const given = at.arguments[1]
    if (given && ts.isObjectLiteralExpression(given) && at.arguments[0]?.getText().startsWith('2'))
      headers = given.getText()
  })
  const { quote } = source.style
  const sent = headers || `{ ${quote}content-type${quote}: ${quote}application/json${quote} }`
  return [`${res}.writeHead(${said.status}, ${sent})`, `${res}.end(JSON.stringify(${said.payload}))`]
}

function callLike(fn: ts.FunctionLikeDeclaration, node: ts.CallExpression, said: Said): string | null {
  const { expression: callee } = node
  const { status, payload } = said
  if (ts.isPropertyAccessExpression(callee)) {
    const on = uncast(callee.expression)
    const verb = callee.name.text
    const text = on.getText()
    if (verb === 'json' && /^(?:NextResponse|Response)$/.test(text))
      return `${text}.json(${payload}, { status: ${status} })`
    const answered = ts.isCallExpression(on) && ts.isPropertyAccessExpression(on.expression) ? on.expression : null
    if (answered && /^(?:status|code)$/.test(answered.name.text) && position(fn, answered.expression) >= 0) {
      return `${answered.expression.getText()}.${answered.name.text}(${status}).${verb}(${payload})`
    }
    const at = position(fn, on)
    if (at === 0 && verb === 'json') return `${text}.json(${payload}, ${status})`
    if (at > 0 && verb === 'json') return `${text}.status(${status}).json(${payload})`
    if (at > 0 && verb === 'send')
      return `${text}.${/^reply/.test(text) ? 'code' : 'status'}(${status}).send(${payload})`
  }
  return helperLike(node, said)
}

/** `json(res, 200, {…})`: a helper that takes a success status and a payload next to each other. */
function helperLike(node: ts.CallExpression, said: Said): string | null {
  if (/(?:writeHead|sendStatus|status|code)$/.test(node.expression.getText())) return null
  const args = [...node.arguments]
  const status = args.findIndex((argument) => ts.isNumericLiteral(argument) && /^2\d\d$/.test(argument.text))
  if (status === -1 || args.length > 3) return null
  const others = args.map((_, index) => index).filter((index) => index !== status)
  const payload = others.at(-1)
  if (payload === undefined) return null
  const rest = others.slice(0, -1).every((index) => ts.isIdentifier(args[index]!))
  if (!rest) return null
  const texts = args.map((argument, index) =>
    index === status ? String(said.status) : index === payload ? said.payload : argument.getText(),
  )
  return `${node.expression.getText()}(${texts.join(', ')})`
}
