/** Every verb of a port, so that none is forgotten. */
export type Verbs<P> = Record<keyof P, true>

type Asked = (...asked: unknown[]) => Promise<unknown>

/**
 * A port whose module is loaded when one of its verbs is first used. SDKs are hundreds of modules and up to half a second of
 * a core; everything that starts (`nightshift gate`, a tick, the control room) would read them for nothing.
 */
export function later<P extends object>(open: () => Promise<P>, verbs: Verbs<P>): P {
  const port = once(open)
  const verb = (name: string): Asked => {
    return async (...asked) => ((await port()) as Record<string, Asked>)[name]!(...asked)
  }
  return Object.fromEntries(Object.keys(verbs).map((name) => [name, verb(name)])) as P
}

export const once = <T>(open: () => Promise<T>): (() => Promise<T>) => {
  let opened: Promise<T> | undefined
  return () => (opened ??= open())
}
