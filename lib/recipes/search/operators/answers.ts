import ts from 'typescript'
import { walk } from '../../syntax.ts'

/** Answers by what the function returns elsewhere: a list makes an empty list likely. */
export function answersOf(fn: ts.FunctionLikeDeclaration, names: string[]): { text: string; odds: number }[] {
  const returned: ts.Expression[] = []
  if (fn.body) {
    walk(
      fn.body,
      (node) => {
        if (ts.isReturnStatement(node) && node.expression) returned.push(node.expression)
      },
      'own',
    )
  }
  const texts = returned.map((one) => one.getText())
  const found = new Map<string, number>()
  const add = (text: string, odds: number): void => {
    found.set(text, Math.max(found.get(text) ?? 0, odds))
  }
  for (const one of returned) {
    if (one.getText().length < 24 && (isLiteral(one) || names.includes(one.getText()))) add(` ${one.getText()}`, 0.8)
  }
  if (texts.length === 0) add('', 0.9)
  else if (
    texts.some((text) => /\.(?:map|filter|split|slice|sort|concat)\(|^\[|List|Array|result|items|out/.test(text))
  )
    add(' []', 0.6)
  if (texts.some((text) => /^[`'"]|\.(?:join|replace|trim|padStart|toLowerCase)\(|^\w*(?:str|text)\w*$/i.test(text)))
    add(" ''", 0.6)
  if (texts.some((text) => /[<>=!]=|^!|\.(?:has|test|some|every|includes)\(/.test(text))) add(' false', 0.7)
  if (texts.some((text) => /[-*/]|Math\.|length|sum|total|count/.test(text))) add(' 0', 0.6)
  for (const name of names.slice(0, 1)) add(` ${name}`, 0.35)
  if (texts.length > 0) {
    add(' undefined', 0.3)
    add(' null', 0.3)
  }
  return [...found].map(([text, odds]) => ({ text, odds }))
}

const isLiteral = (node: ts.Expression): boolean =>
  ts.isLiteralExpression(node) || /^(?:null|undefined|true|false|\[\]|\{\}|-1)$/.test(node.getText())
