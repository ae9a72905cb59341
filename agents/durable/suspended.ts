/**
 * A step stops here and is taken up from its beginning by a later tick, which finds what was begun. It is thrown through
 * everything a step does: whoever catches errors lets it pass.
 */
export class Suspended extends Error {
  constructor() {
    super('The step goes on in a later tick.')
    this.name = 'Suspended'
  }
}

/** For a `catch` that takes everything else for an answer. */
export function passSuspended(error: unknown): void {
  if (error instanceof Suspended) throw error
}
