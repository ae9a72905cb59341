import type { RecipeAnswer, RecipeInput } from '../domain/repair.ts'
import { argumentOrder } from './argumentOrder.ts'
import { bodyParsing } from './bodyParsing.ts'

import { missingAwait } from './missingAwait.ts'
import { missingReturn } from './missingReturn.ts'
import { names } from './names.ts'
import { nullish } from './nullish.ts'
import { offByOne } from './offByOne.ts'
import type { Recipe } from './recipe.ts'
import { unhandledRejection } from './rejection.ts'
import { type Disk, openTypes } from './types.ts'

/** Every recipe, the surest first. */
export const RECIPES: Recipe[] = [
  { name: 'names', repair: names },
  { name: 'missing-await', repair: missingAwait },
  { name: 'body-parsing', repair: bodyParsing },
  { name: 'missing-return', repair: missingReturn },
  { name: 'off-by-one', repair: offByOne },
  { name: 'argument-order', repair: argumentOrder },
  { name: 'unhandled-rejection', repair: unhandledRejection },
  { name: 'nullish', repair: nullish },
]

/**
 * What each recipe says to a crash, in order; the first answer that can be proven is taken. One that trips over odd
 * source refuses instead of ending the run. `disk` holds the installed dependencies, for their types.
 */
export function repair(input: RecipeInput, disk: Disk): RecipeAnswer[] {
  const types = openTypes(input.files, disk)
  return RECIPES.flatMap(({ name, repair }) => {
    try {
      return repair(input, types)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return { ok: false, recipe: name, why: `the recipe failed: ${why}` }
    }
  })
}
