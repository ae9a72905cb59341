import type { Command } from '../command.ts'
import { parseRepair, USAGE } from '../repair/asked.ts'
import { narrate } from '../repair/narrate.ts'

export const repair: Command = {
  does: 'finds out why tests fail and repairs it, on any checkout, without a server',
  usage: USAGE,
  async run(argv) {
    const asked = parseRepair(argv)
    const { progress, stop } = narrate((line) => console.error(line))
    // Said before the rest is loaded, which takes a second or two, and only now: the other commands need nothing of it.
    progress('read', asked.repo)
    const { run } = await import('../repair/run.ts')
    return run(asked, progress).finally(stop)
  },
  // 2 says that it was diagnosed and not fixed.
  misused: 1,
}
