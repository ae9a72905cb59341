import type { Command } from '../command.ts'
import { USAGE } from '../repair/asked.ts'

export const repair: Command = {
  does: 'finds out why tests fail and repairs it, on any checkout, without a server',
  usage: USAGE,
  // Loaded when it runs: the other commands need nothing of it, and would wait a second for it.
  run: async (argv) => (await import('../repair/run.ts')).run(argv),
  // 2 says that it was diagnosed and not fixed.
  misused: 1,
}
