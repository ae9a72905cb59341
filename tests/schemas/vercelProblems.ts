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
  // The service's own command line asks for it; without it there is no word of a move that is under way.
  undescribed: ['rollbackInfo'],
  // A deployment has some eighty fields; the emulator has those that are read, and they are as described.
  saysLess: true,
})
