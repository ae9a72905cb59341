/** Read by one process at a time: starting one for each file of a checkout takes longer than reading them. */
const BATCH_BYTES = 32 * 1024 * 1024

/** As many at once as git may answer; one that is larger goes alone. */
export function batchesOf<T extends { size: number }>(entries: T[]): T[][] {
  const batches: T[][] = []
  for (let from = 0; from < entries.length; ) {
    let to = from
    for (let bytes = 0; to < entries.length && (to === from || bytes + entries[to]!.size <= BATCH_BYTES); to++)
      bytes += entries[to]!.size
    batches.push(entries.slice(from, to))
    from = to
  }
  return batches
}
