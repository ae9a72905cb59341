import { execFile } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { exactly } from '../../lib/adapters/sandbox/environment.ts'
import { isRoot, openLab, project, toolchain } from '../sandbox/lab.ts'
import { sandboxCases } from './sandbox.cases.ts'
import { sandboxContract } from './sandbox.contract.ts'

sandboxContract(isRoot ? 'bubblewrap, started by root' : 'bubblewrap, started by an ordinary user', () => openLab())

const UID = 61_500
const Lines = z.array(z.strictObject({ name: z.string(), failure: z.string().nullable() }))

/** A copy of what the child needs: the checkout itself may lie where another user cannot read. */
async function copyProject(folder: string): Promise<void> {
  for (const path of [
    'lib',
    'tests/contracts',
    'tests/sandbox',
    'package.json',
    'node_modules/zod',
    'node_modules/typescript',
  ]) {
    await cp(join(project, path), join(folder, path), { recursive: true })
  }
  await mkdir(join(folder, 'node-24/bin'), { recursive: true })
  await cp(join(toolchain, 'bin/node'), join(folder, 'node-24/bin/node'))
  await promisify(execFile)('/bin/chmod', ['-R', 'a+rX', folder])
}

it.runIf(isRoot)('keeps the contract when an ordinary user starts it', { timeout: 600_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ns-sandbox-user-'))
  try {
    await chmod(folder, 0o755)
    await copyProject(folder)
    const home = join(folder, 'home')
    await mkdir(home)
    await chown(home, UID, UID)
    const { stdout } = await promisify(execFile)(
      'setpriv',
      [
        ...['--reuid', String(UID), '--regid', String(UID), '--clear-groups', '--', join(folder, 'node-24/bin/node')],
        ...[join(folder, 'tests/sandbox/ordinary.ts'), home, join(folder, 'node-24'), folder],
      ],
      { env: exactly({ PATH: '/usr/bin:/bin', SECRET_OF_THE_HOST: 'canary' }), cwd: '/' },
    )
    const lines = Lines.parse(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    )
    expect(lines.filter(({ failure }) => failure !== null)).toEqual([])
    expect(lines).toHaveLength(sandboxCases.length + 1)
    expect(await readdir(join(home, 'work'))).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
