import type { Item } from './items.ts'

/** What to remove, least recently used first, until `budget` bytes are kept. What is in use or fresh stays regardless. */
export function choose(
  items: Item[],
  bytes: Map<string, number>,
  inUse: Set<string>,
  budget: number,
  now: number,
): Item[] {
  const size = ({ path }: Item) => bytes.get(path) ?? 0
  let total = items.reduce((sum, item) => sum + size(item), 0)
  const chosen: Item[] = []
  for (const item of items.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (total <= budget) break
    if (inUse.has(item.path) || now - item.usedAt < item.keepMs) continue
    chosen.push(item)
    total -= size(item)
  }
  return chosen
}
