import { evict } from '../../../lib/adapters/sandbox/budget/evict.ts'

/** Another process that evicts everything it may, over and over. Argument: the state folder. */
const home = process.argv[2] ?? ''
process.send?.('begun')
for (;;) {
  // Two hours on, so that nothing is too young; only leases hold it back.
  await evict(home, 0, Date.now() + 2 * 3_600_000).catch(() => undefined)
}
