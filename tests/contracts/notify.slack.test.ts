import { emulateSlack } from '../../emulators/slack.ts'
import { slackNotify } from '../../lib/adapters/notify.slack.ts'
import { notifyContract } from './notify.contract.ts'

notifyContract({
  name: 'slack',
  askable: true,
  sending: /^chat\.postMessage$/,
  async open(sql) {
    const slack = await emulateSlack()
    const { messages } = slack.workspace
    return {
      notify: slackNotify(sql, { ...slack, pages: 'https://night.example' }),
      keys: () => messages.map(({ metadata }) => String(metadata?.event_payload.key)),
      words: () => JSON.stringify(messages.map(({ blocks }) => blocks)),
      faults: slack.faults,
      close: () => slack.close(),
    }
  },
})
