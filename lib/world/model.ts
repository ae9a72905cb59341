import type { ModelAnswer, ModelRequest, Reservation, Reserved, Usage } from '../domain/model.ts'

/** The port `model`, and the money its calls cost. */

/** Answers or says in a typed failure why not: it never throws. Money is reserved before a call and settled after it. */
export interface Model {
  ask(request: ModelRequest, signal?: AbortSignal): Promise<ModelAnswer>
}

/** Whose money a model's calls cost. Prices are its business, so that no adapter knows any. */
export interface Budget {
  /** Puts the upper bound of one call aside. `model` as in the route: `anthropic:claude-sonnet-5-5`. */
  reserve(request: ModelRequest, model: string): Promise<Reserved>
  /** Once a reservation; usage null: nobody knows, so it costs what was put aside. Returns what it cost, in US dollars. */
  settle(reservation: Reservation, usage: Usage | null): Promise<number>
}

/** A model for one budget; null where recipes work alone. What is said is kept under `name`, redacted. */
export type OpenModel = (budget: Budget, name: string) => Model
