import ts from 'typescript'
import { dropAwait } from './dropAwait.ts'
import { dropOptional } from './dropOptional.ts'
import { missingReturn } from './missingReturn.ts'
import { offByOne } from './offByOne.ts'
import { type Lister, type Operator, type Place, parsed } from './place.ts'
import { removeGuard } from './removeGuard.ts'
import { swapArguments } from './swapArguments.ts'
import { wrongImport } from './wrongImport.ts'
import { wrongOperator } from './wrongOperator.ts'

const LISTERS: Record<Operator, Lister> = {
  'drop-await': dropAwait,
  'drop-optional': dropOptional,
  'remove-guard': removeGuard,
  'wrong-import': wrongImport,
  'swap-arguments': swapArguments,
  'off-by-one': offByOne,
  'wrong-operator': wrongOperator,
  'missing-return': missingReturn,
}

/** Every place of a JavaScript or TypeScript file, in the order of the text, then of the operators. */
export function placesOf(path: string, text: string): Place[] {
  const source = parsed(path, text)
  const found: Place[] = []
  const visit = (node: ts.Node) => {
    for (const [operator, list] of Object.entries(LISTERS) as [Operator, Lister][])
      for (const one of list(node, source)) found.push({ operator, ...one })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
