import type { Sha } from '../../lib/domain/tree.ts'
import type { CodeReader, History } from '../../lib/world.ts'

/** What a project's repository tells of its past, as far as the port for reading code does. */
export const historyOf = (code: CodeReader, head: Sha): History => ({
  head,
  commit: (name) => (/^[0-9a-f]{40}$/.test(name) ? code.commit(name).catch(() => null) : Promise.resolve(null)),
  blame: (path, line) => code.blame(head, path, line),
  log: async () => [await code.commit(head)],
  diff: async () => '',
  since: async () => [],
  files: async () => [],
})
