import { codeContract } from './code.contract.ts'
import { openHub } from './hub.ts'

codeContract('code.github on an emulated GitHub', async () => {
  const hub = await openHub()
  let n = 0
  return {
    ...hub,
    head: async (branch) => hub.head(branch),
    commitElsewhere: async (branch) =>
      hub.origin.commit(branch, { 'src/app.ts': `export const fixed = ${++n}\n` }, `Work ${n}`),
  }
})
