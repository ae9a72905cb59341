import ts from 'typescript'

/** One way of reading text that a caller can make fail. */
export interface Parsing {
  /** The class that is thrown; nothing else may be caught. */
  error: 'SyntaxError' | 'URIError' | 'TypeError'
  /** The only message that may be caught, where the class says too little. */
  message: string | null
  /** What the answer says of the thing: `body` … `is not JSON`. */
  fault: string[]
  /** The call gives a promise, which has to be awaited for a `catch` to see its failure. */
  later(node: ts.Node): boolean
  fits(node: ts.Node): node is ts.CallExpression | ts.NewExpression
  /** The values that may be wrong. */
  given(node: ts.CallExpression | ts.NewExpression): ts.Expression[]
}

/** V8's wordings of Node 20 to 24, and the older ones with a position alone. */
const JSON_MESSAGE =
  /^(?:Unexpected (?:token|number|string|end of JSON input|non-whitespace)|Expected (?:property name|double-quoted|':'|',')|Unterminated (?:string|fractional)|Bad (?:control|escaped|Unicode)|No number after|Exponent part|")/
/** Longer than any message V8 writes, which quotes some twenty characters. */
const MESSAGE_MAX = 500

/** The kind of parsing a crash speaks of; null for any other crash. */
export function parsingOf(type: string, message: string): Parsing | null {
  const said = message.slice(0, MESSAGE_MAX).trim()
  if (type === 'SyntaxError') return JSON_MESSAGE.test(said) && /\bJSON\b/.test(said) ? JSON_TEXT : null
  if (type === 'URIError') return said === 'URI malformed' ? ENCODED : null
  if (type !== 'TypeError') return null
  if (said === 'Invalid URL') return URL_TEXT
  return /^(?:Content-Type was not one of|Failed to parse body as FormData)/.test(said) ? FORM : null
}

const isCall = (node: ts.Node, names: string[]): node is ts.CallExpression =>
  ts.isCallExpression(node) && !node.questionDotToken && names.includes(node.expression.getText())

/** `request.json()`: no arguments, so it is not an answer that is written. */
const isReading = (
  node: ts.Node,
  name: string,
): node is ts.CallExpression & { expression: ts.PropertyAccessExpression } =>
  ts.isCallExpression(node) &&
  node.arguments.length === 0 &&
  ts.isPropertyAccessExpression(node.expression) &&
  node.expression.name.text === name &&
  !ts.isOptionalChain(node)

const JSON_TEXT: Parsing = {
  error: 'SyntaxError',
  message: null,
  fault: ['is', 'not', 'JSON'],
  later: (node) => isReading(node, 'json'),
  fits: (node): node is ts.CallExpression =>
    (isCall(node, ['JSON.parse']) && node.arguments.length === 1) || isReading(node, 'json'),
  given: (node) => (isReading(node, 'json') ? [node.expression.expression] : [...(node.arguments ?? [])]),
}

const ENCODED: Parsing = {
  error: 'URIError',
  message: null,
  fault: ['is', 'malformed'],
  later: () => false,
  fits: (node): node is ts.CallExpression => isCall(node, ['decodeURIComponent', 'decodeURI']),
  given: (node) => [...(node.arguments ?? [])],
}

const URL_TEXT: Parsing = {
  error: 'TypeError',
  message: 'Invalid URL',
  fault: ['is', 'not', 'a', 'URL'],
  later: () => false,
  fits: (node): node is ts.NewExpression => ts.isNewExpression(node) && node.expression.getText() === 'URL',
  given: (node) => [...(node.arguments ?? [])],
}

const FORM: Parsing = {
  error: 'TypeError',
  message: null,
  fault: ['is', 'not', 'a', 'form'],
  later: () => true,
  fits: (node): node is ts.CallExpression => isReading(node, 'formData'),
  given: (node) => (isReading(node, 'formData') ? [node.expression.expression] : []),
}
