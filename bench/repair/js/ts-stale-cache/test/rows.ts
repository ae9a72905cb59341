import type { Rows, Settings } from '../src/settings.ts'

/** Rows in memory that count how often they are read. */
export function memoryRows(): Rows & { reads: number } {
  const rows = new Map<string, Settings>()
  const memory = {
    reads: 0,
    async read(user: string) {
      memory.reads += 1
      return rows.get(user) ?? null
    },
    async write(user: string, settings: Settings) {
      rows.set(user, settings)
    },
    async remove(user: string) {
      rows.delete(user)
    },
  }
  return memory
}
