import { describe, expect, it } from 'vitest'
import { type Box, bwrapArgv, type Launcher, launcherArgv, resolveProgram } from '../../lib/adapters/sandbox/argv.ts'
import { DEFAULT_LIMITS } from '../../lib/domain/sandbox.ts'

const box: Box = {
  system: [
    { path: '/usr/bin', link: null },
    { path: '/bin', link: 'usr/bin' },
  ],
  etc: '/s/etc',
  node: '/s/node',
  programs: '/s/lib',
  typescript: '/s/typescript',
  workspace: { source: '/w/files', bytes: 1000 },
  dependencies: [],
  registry: null,
  shown: [],
  manager: null,
  seccomp: true,
  tmpBytes: 2000,
  env: {},
  argv: ['/bin/echo', 'hello; $(id)'],
}
/** The arguments as one line per option, so that a table can name them. */
const lines = (part: Partial<Box> = {}) => ` ${bwrapArgv({ ...box, ...part }).join(' ')} `

describe('what bwrap is told', () => {
  it.each([
    ['no network', '--unshare-net'],
    ['no processes of others', '--unshare-pid'],
    ['no shared memory of others', '--unshare-ipc'],
    ['no control groups of others', '--unshare-cgroup'],
    ['a user namespace', '--unshare-user'],
    ['and none below it', '--disable-userns'],
    ['no capability', '--cap-drop ALL'],
    ['no terminal', '--new-session'],
    ['no life after ours', '--die-with-parent'],
    ['no environment of ours', '--clearenv'],
    ['kernel settings read-only', '--proc /proc --ro-bind /proc/sys /proc/sys'],
    ['a device folder that cannot fill memory', '--dev /dev --size 67108864 --tmpfs /dev/shm --remount-ro /dev'],
    ['a bounded /tmp', '--size 2000 --tmpfs /tmp'],
    ['a bounded home', '--size 67108864 --tmpfs /home/agent'],
    ['a bounded workspace', '--size 1000 --tmpfs /workspace'],
    ['programs read-only', '--ro-bind /usr/bin /usr/bin'],
    ['links as they are', '--symlink usr/bin /bin'],
    ['our name server', '--ro-bind /s/etc/resolv.conf /etc/resolv.conf'],
    ['a read-only root', '--remount-ro / '],
    ['a filter', '--seccomp 5'],
  ])('%s', (_, option) => {
    expect(lines()).toContain(` ${option}`)
  })

  it('mounts the root read-only after everything that is mounted on it', () => {
    const argv = bwrapArgv({
      ...box,
      dependencies: [{ at: 'node_modules', folder: '/d', caches: ['.cache'] }],
      registry: '/w/sock',
    })
    const last = Math.max(...['--tmpfs', '--ro-bind', '--bind', '--dir'].map((option) => argv.lastIndexOf(option)))
    expect(argv.lastIndexOf('/')).toBeGreaterThan(last)
  })

  it('hands the program over as words, never as shell text', () => {
    const argv = bwrapArgv(box)
    expect(argv.slice(-2)).toEqual(['/bin/echo', 'hello; $(id)'])
    expect(argv[argv.indexOf('-c') + 1]).not.toContain('hello')
  })

  it('shows dependencies read-only, with a bounded folder over each cache', () => {
    const nested = { at: 'packages/a/node_modules', folder: '/d/1', caches: [] }
    const text = lines({
      dependencies: [{ at: 'node_modules', folder: '/d/node_modules', caches: ['.cache'] }, nested],
    })
    expect(text).toContain('--ro-bind /d/1 /workspace/packages/a/node_modules')
    expect(text).toContain('--ro-bind /d/node_modules /workspace/node_modules')
    expect(text).toContain('--size 67108864 --tmpfs /workspace/node_modules/.cache')
  })

  it('shows the registry socket only where there is one', () => {
    expect(lines()).not.toContain('registry.sock')
    expect(lines({ registry: '/w/sock' })).toContain('--ro-bind /w/sock /run/registry.sock')
  })

  it('shows toolchains and services read-only, before the workspace', () => {
    const text = lines({ shown: [{ folder: '/t/go-1.24', at: '/opt/go-1.24' }] })
    expect(text).toContain(' --ro-bind /t/go-1.24 /opt/go-1.24 --ro-bind /w/files')
  })

  it('leaves the filter out where there is none', () => {
    expect(lines({ seccomp: false })).not.toContain('--seccomp')
  })

  it.each(['A=B', '', '1A', 'A B', 'A\n'])('refuses %j as a variable name', (name) => {
    expect(() => bwrapArgv({ ...box, env: { [name]: 'x' } })).toThrow('not a variable name')
  })
})

describe('the program', () => {
  it.each([
    [
      ['node', 'a.js'],
      ['/opt/node/bin/node', 'a.js'],
    ],
    [
      ['npm', 'test'],
      ['/opt/node/bin/npm', 'test'],
    ],
    [
      ['sh', '-c', 'x'],
      ['/bin/sh', '-c', 'x'],
    ],
    [['/usr/bin/env'], ['/usr/bin/env']],
    [['bash'], null],
    [['./run'], null],
    [[], null],
  ])('%j runs as %j', (argv, expected) => {
    expect(resolveProgram(argv)).toEqual(expected)
  })
})

describe('what stands before bwrap', () => {
  const launcher: Launcher = {
    bwrap: 'bwrap',
    uid: 62_007,
    cgroups: ['/a', '/b'],
    doors: [],
    limits: DEFAULT_LIMITS,
    threads: 0,
  }

  it('as root: joins the groups, gives up root, sets the limits', () => {
    const argv = launcherArgv(launcher)
    expect(argv.slice(0, 2)).toEqual(['/bin/sh', '-c'])
    expect(argv.slice(3, 7)).toEqual(['sh', '2', '/a', '/b'])
    const text = argv.slice(7).join(' ')
    expect(text).toMatch(
      /^setpriv --reuid 62007 --regid 62007 --clear-groups .*--bounding-set=-all --no-new-privs -- prlimit/,
    )
    expect(text).toContain('--cpu=120:121 --nproc=256 --fsize=536870912')
    expect(text).not.toContain('--data')
    expect(argv.at(-1)).toBe('bwrap')
  })

  it('as root: mounts what a run’s uid has no way to, before it gives up root', () => {
    const text = launcherArgv({ ...launcher, cgroups: [], doors: [{ folder: '/root/py', at: '/s/0' }] }).join(' ')
    expect(text).toMatch(/^unshare --mount --propagation private \/bin\/sh -c .* sh 1 \/root\/py \/s\/0 setpriv /)
  })

  it('as an ordinary user: limits memory per process and counts the threads it already has', () => {
    const text = launcherArgv({ ...launcher, uid: null, cgroups: [], threads: 40 }).join(' ')
    expect(text).toMatch(/^prlimit /)
    expect(text).toContain('--nproc=296')
    // 2 GiB, and the 512 MiB that V8 reserves.
    expect(text).toContain('--data=2684354560')
  })

  it('as root without control groups: limits memory per process', () => {
    expect(launcherArgv({ ...launcher, cgroups: [] }).join(' ')).toContain('--data=')
  })
})
