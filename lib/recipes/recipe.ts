import type { RecipeAnswer, RecipeInput } from '../domain/repair.ts'
import type { Types } from './types.ts'

/**
 * A deterministic repair: pure, run inside the sandbox. It answers with proposals, the surest first, or with the reason
 * why it proposes nothing: every assumption of a recipe is shown or the recipe refuses. No recipe widens a type to
 * `any`, catches and forgets, or returns a value it made up.
 */
export interface Recipe {
  name: string
  /** `types` is opened by the first recipe that asks: it costs a second or two. */
  repair(input: RecipeInput, types: () => Types): RecipeAnswer | RecipeAnswer[]
}
