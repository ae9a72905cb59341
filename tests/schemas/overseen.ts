import type { Emulated, Exchange } from '../../emulators/service.ts'

export type Overseen = Pick<Emulated, 'watchers' | 'close'>

/** An emulated service whose `close` throws when anything that was asked or answered is not as its vendor describes it. */
export function overseen<E extends Overseen>(
  name: string,
  service: E,
  problemsOf: (exchange: Exchange) => Promise<string[]> | string[],
): E {
  const looks: Promise<string[]>[] = []
  service.watchers.push((exchange) => {
    looks.push((async () => problemsOf(exchange))().catch((error) => [`it cannot be read: ${String(error)}`]))
  })
  const { close } = service
  return Object.assign(service, {
    close: async () => {
      await close()
      const found = [...new Set((await Promise.all(looks)).flat())]
      if (found.length > 0) throw new Error(`${name} is not as described:\n${found.join('\n')}`)
    },
  })
}
