import { inboxNotify } from '../../lib/adapters/notify.inbox.ts'
import { notifyContract } from './notify.contract.ts'

notifyContract({
  name: 'inbox',
  askable: true,
  sending: /never/,
  async open(sql) {
    const rows = () =>
      sql<{ key: string; title: string; body: string }[]>`select key, title, body from notices order by at`
    return {
      notify: inboxNotify(sql),
      keys: async () => (await rows()).map(({ key }) => key),
      words: async () => (await rows()).map(({ title, body }) => `${title} ${body}`).join('\n'),
      faults: null,
      close: async () => undefined,
    }
  },
})
