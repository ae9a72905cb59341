import type { Recipe, RecipeAnswer, RecipeInput } from '../domain/repair.ts'
import { nullish } from './nullish.ts'

/** Every recipe, the surest first: the first answer that can be proven is taken. */
export const RECIPES: Recipe[] = [nullish]

/** What each recipe says to a crash, in order. One that trips over odd source refuses instead of ending the run. */
export function repair(input: RecipeInput): RecipeAnswer[] {
  return RECIPES.map((recipe) => {
    try {
      return recipe(input)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return { ok: false, recipe: recipe.name, why: `the recipe failed: ${why}` }
    }
  })
}
