import { emulateSendGrid } from '../../emulators/sendgrid.ts'
import { emailNotify } from '../../lib/adapters/notify.email.ts'
import { notifyContract } from './notify.contract.ts'

notifyContract({
  name: 'email',
  askable: false,
  sending: /mail\/send$/,
  async open(sql) {
    const far = await emulateSendGrid()
    const options = { key: far.key, from: 'night@night.example', to: ['ada@night.example'], url: far.url }
    return {
      notify: emailNotify(sql, { ...options, pages: 'https://night.example' }),
      keys: () => far.mails.map(({ customArgs }) => customArgs.nightshift_key ?? ''),
      words: () => far.mails.flatMap(({ content }) => content.map(({ value }) => value)).join('\n'),
      faults: far.faults,
      close: () => far.close(),
    }
  },
})
