import { described } from './described.ts'

export const vercelProblems = described('vercel.json', {
  prefix: /^$/,
  refusal: {
    statuses: (status) => status >= 400,
    schema: {
      ...{ type: 'object', required: ['error'] },
      properties: { error: { type: 'object', required: ['code', 'message'] } },
    },
  },
  // The service's own command line asks both: without the first there is no word of a move that is under way, and the second
  // looks for what we wrote into a build.
  undescribed: ['rollbackInfo', 'meta-nightshiftKey'],
  // A deployment has some eighty fields; the emulator has those that are read, and they are as described.
  saysLess: true,
})
