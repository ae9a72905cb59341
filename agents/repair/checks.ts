import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { problemsIn } from '../../lib/parse/checkOutput.ts'
import { worse } from '../../lib/policy/checks.ts'
import { withLocalPrograms } from '../../lib/runtimes/localPrograms.ts'
import { withEdits } from '../implementer/checkout.ts'
import type { Ground } from './ground.ts'

const LIMITS = { wallMs: 120_000, memoryBytes: 4 * 1024 ** 3, outputBytes: 4 * 1024 ** 2 }

/** Types and lint do not get worse (design, section 5): why they do with these edits, or null. */
export type Checks = (edits: Edit[]) => Promise<string | null>

/** The untouched copy is looked at once, when the first change gets so far. */
export function checksOf(ground: Pick<Ground, 'sandbox' | 'dependencies' | 'files' | 'checks'>): Checks {
  const before = new Map<string, Promise<number | null>>()
  return async (edits) => {
    for (const command of ground.checks) {
      const was = before.get(command) ?? check(ground, command, ground.files)
      before.set(command, was)
      const why = worse(command, await was, await check(ground, command, withEdits(ground.files, edits)))
      if (why) return why
    }
    return null
  }
}

/** Problems it names; null where it could not look. */
async function check(
  { sandbox, dependencies }: Pick<Ground, 'sandbox' | 'dependencies'>,
  command: string,
  files: SandboxFile[],
): Promise<number | null> {
  const argv = ['sh', '-c', withLocalPrograms(command)]
  const env = { npm_config_offline: 'true', NO_COLOR: '1' }
  const { exit, stdout, stderr } = await sandbox.run({ files, dependencies, argv, env, limits: LIMITS })
  return problemsIn({ exit, output: `${stdout}\n${stderr}` })
}
