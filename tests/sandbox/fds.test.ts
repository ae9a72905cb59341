import { execFileSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exactly } from '../../lib/adapters/sandbox/environment.ts'
import { inheritable } from '../../lib/adapters/sandbox/fds.ts'
import { project } from './lab.ts'

const program = `import { inheritable } from '${join(project, 'lib/adapters/sandbox/fds.ts')}'
console.log(JSON.stringify(await inheritable(6)))`

it('finds descriptors that a child would inherit', () => {
  const fd = openSync('/etc/hostname', 'r')
  // Above the first sixteen, which Node itself closes for its children.
  const stdio: ('ignore' | 'pipe' | number)[] = [...Array<'ignore'>(41)].map(() => 'ignore')
  stdio[1] = 'pipe'
  stdio[40] = fd
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    env: exactly({}),
    stdio,
  }).toString()
  closeSync(fd)
  expect(JSON.parse(out)).toContain(40)
})

it('leaves out those that close by themselves', async () => {
  const fd = openSync('/dev/null', 'r')
  expect(await inheritable(6)).not.toContain(fd)
  closeSync(fd)
})
