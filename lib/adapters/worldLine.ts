import type { AuthChoice } from '../domain/authChoice.ts'
import type { CodeChoice } from '../domain/codeChoice.ts'
import type { ModelChoice } from '../domain/modelChoice.ts'
import { CHANNELS } from '../domain/notice.ts'
import type { NotifyChoice } from '../domain/notifyChoice.ts'
import { programOf } from './code/assemble.ts'
import { modelWord } from './model/assemble.ts'

/** What was chosen, as far as a line can say it. */
export interface WorldChoices {
  world: string
  sql: { kind: string }
  sentry: { writeToken: string | null } | null
  supabase: object | null
  code: CodeChoice
  model: ModelChoice | null
  sandbox: { kind: string }
  deploy: { kind: string }
  notify: NotifyChoice
  auth: AuthChoice
}

/** Printed at boot: which adapter answers for each port. It says `people`, for redaction takes what follows `auth=` away. */
export const worldLine = (config: WorldChoices): string =>
  [
    `world ${config.world}:`,
    `sql=${config.sql.kind}`,
    `sources=sentry-sdk${config.sentry ? ',sentry' : ''}${config.supabase ? ',supabase' : ''}`,
    `code=${codeWord(config)}`,
    `model=${modelWord(config.model)}`,
    `sandbox=${config.sandbox.kind}`,
    `deploy=${config.deploy.kind}`,
    `notify=${notifyWord(config)}`,
    ...(config.sentry?.writeToken ? ['tracker=sentry'] : []),
    `people=${authWord(config)}`,
  ].join(' ')

const codeWord = ({ code }: WorldChoices): string =>
  code.kind !== 'github' && programOf(code) === 'isomorphic' ? `${code.kind}:isomorphic` : code.kind

const authWord = ({ auth }: WorldChoices): string =>
  auth.kind === 'supabase' && auth.signup === 'open' ? 'supabase,open' : auth.kind

const notifyWord = ({ notify }: WorldChoices): string =>
  ['inbox', ...CHANNELS.filter((name) => notify[name] !== null)].join(',')
