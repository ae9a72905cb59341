import type { Operator } from './operator.ts'
import { argumentSwap } from './operators/argumentSwap.ts'
import { arithmetic } from './operators/arithmetic.ts'
import { binding } from './operators/binding.ts'
import { borrowed } from './operators/borrowed.ts'
import { branches, missingElse } from './operators/branches.ts'
import { chain } from './operators/chain.ts'
import { check } from './operators/check.ts'
import { clauses, wholeCondition } from './operators/clauses.ts'
import { comparison } from './operators/comparison.ts'
import { conditional } from './operators/conditional.ts'
import { constants } from './operators/constants.ts'
import { conversion } from './operators/conversion.ts'
import { copies, iteratedCopy } from './operators/copies.ts'
import { defaults } from './operators/defaults.ts'
import { guard } from './operators/guard.ts'
import { identifiers } from './operators/identifiers.ts'
import { imports } from './operators/imports.ts'
import { earlyReturn, leaving } from './operators/leaving.ts'
import { logical } from './operators/logical.ts'
import { looping } from './operators/looping.ts'
import { manyAwaits } from './operators/manyAwaits.ts'
import { missingArgument } from './operators/missingArgument.ts'
import { missingAwait } from './operators/missingAwait.ts'
import { missingNew } from './operators/missingNew.ts'
import { missingReturn } from './operators/missingReturn.ts'
import { missingThrow } from './operators/missingThrow.ts'
import { negation } from './operators/negation.ts'
import { numbers } from './operators/numbers.ts'
import { offByOne } from './operators/offByOne.ts'
import { operands } from './operators/operands.ts'
import { optional } from './operators/optional.ts'
import { packages } from './operators/packages.ts'
import { presence } from './operators/presence.ts'
import { properties } from './operators/properties.ts'
import { regularExpression } from './operators/regularExpression.ts'
import { scope } from './operators/scope.ts'
import { sharing } from './operators/sharing.ts'
import { sorting } from './operators/sorting.ts'
import { spread } from './operators/spread.ts'
import { statementOrder } from './operators/statements.ts'
import { strings } from './operators/strings.ts'

/** Every operator of the search. Their priors say which are asked for first; the order here says nothing. */
export const OPERATORS: Operator[] = [
  comparison,
  arithmetic,
  operands,
  logical,
  negation,
  offByOne,
  numbers,
  strings,
  constants,
  argumentSwap,
  identifiers,
  properties,
  missingReturn,
  missingAwait,
  manyAwaits,
  optional,
  missingNew,
  guard,
  conditional,
  clauses,
  wholeCondition,
  imports,
  packages,
  spread,
  leaving,
  earlyReturn,
  branches,
  missingElse,
  regularExpression,
  conversion,
  presence,
  copies,
  iteratedCopy,
  sorting,
  defaults,
  binding,
  statementOrder,
  scope,
  looping,
  borrowed,
  missingArgument,
  missingThrow,
  chain,
  sharing,
  check,
]
