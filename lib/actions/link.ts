import { z } from 'zod'
import { linkSlack } from '../store/people.ts'
import type { Verb } from './act.ts'
import { ruled } from './ruled.ts'

/** Who a member of Slack is here: they decide there with this person's role. `person`: oneself where nobody is named. */
export const link: Verb<{ slackId: string; person?: number | undefined }> = {
  roles: ['owner'],
  input: z.strictObject({
    slackId: z.string().regex(/^[UW][A-Z0-9]{2,20}$/, 'is a member id of Slack, such as U0123ABCD'),
    person: z.number().int().positive().optional(),
  }),
  password: async () => true,
  async run(world, who, { slackId, person = who.person }) {
    const { answer } = ruled(await linkSlack(world.sql, who, person, slackId))
    return { state: 'linked', answer, person, slackId }
  },
}
