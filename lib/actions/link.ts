import { z } from 'zod'
import { linkGithub, linkSlack } from '../store/people.ts'
import type { Verb } from './act.ts'
import { ruled } from './ruled.ts'

const Input = z
  .strictObject({
    slackId: z
      .string()
      .regex(/^[UW][A-Z0-9]{2,20}$/, 'is a member id of Slack, such as U0123ABCD')
      .optional(),
    github: z
      .string()
      .regex(/^[a-z0-9](?:-?[a-z0-9]){0,38}$/i, 'is a name on GitHub, without the @')
      .optional(),
    person: z.number().int().positive().optional(),
  })
  .refine(
    ({ slackId, github }) => (slackId === undefined) !== (github === undefined),
    'names one of slackId and github',
  )

/**
 * Who somebody of Slack or GitHub is here: they decide there with this person's role. `person`: oneself where nobody is
 * named.
 */
export const link: Verb<z.infer<typeof Input>> = {
  roles: ['owner'],
  input: Input,
  password: async () => true,
  async run(world, who, input) {
    const person = input.person ?? who.person
    const { slackId, github } = input
    if (github !== undefined) {
      const { answer } = ruled(await linkGithub(world.sql, who, person, github))
      world.ring('releaser')
      return { state: 'linked', answer, person, github }
    }
    const { answer } = ruled(await linkSlack(world.sql, who, person, slackId!))
    return { state: 'linked', answer, person, slackId: slackId! }
  },
}
