/** At most `places` pieces of work at once in this process; others wait in the order they came. */
export function turns(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = places
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((go) => waiting.push(go))
    try {
      return await work()
    } finally {
      // Handed on rather than freed, so that nobody who comes just now goes first.
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
