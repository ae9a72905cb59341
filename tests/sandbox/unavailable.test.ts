import { describe, expect, it } from 'vitest'
import { explain } from '../../lib/adapters/sandbox/unavailable.ts'

describe('what stands in the way of a sandbox', () => {
  it.each([
    ['spawn bwrap ENOENT', 'not installed', 'apt-get install -y bubblewrap'],
    ['prlimit: failed to execute bwrap: No such file or directory', 'not installed', 'apt-get install'],
    ['bwrap: Unknown option --disable-userns', 'older than 0.8', 'bubblewrap'],
    ['bwrap: No permissions to create new namespace, likely because …', 'User namespaces', /sysctl -w|docker run/],
    ['bwrap: setting up uid map: Permission denied', 'User namespaces', /sysctl -w|docker run/],
    ["bwrap: Can't mount proc on /newroot/proc: Operation not permitted", 'User namespaces', /sysctl -w|docker run/],
    [
      "bwrap: Can't find source path /root/.nightshift/toolchain: Permission denied",
      'cannot be reached',
      'NIGHTSHIFT_HOME',
    ],
    ['something else', 'something else', 'nightshift doctor'],
    ['Error: namespace', 'Error: namespace', 'nightshift doctor'],
  ])('%s', async (said, why, remedy) => {
    const answer = await explain(said)
    expect(answer.why).toContain(why)
    expect(answer.remedy).toMatch(remedy)
    expect(answer.remedy).not.toContain('\n')
  })
})
