import { describe, expect, it } from 'vitest'
import { containerOptions, type Plan } from '../../../lib/adapters/sandbox/docker/container.ts'
import { skeleton } from '../../../lib/adapters/sandbox/docker/skeleton.ts'
import { DEFAULT_LIMITS } from '../../../lib/domain/sandbox.ts'

const system = [
  { path: '/usr/bin', link: null },
  { path: '/bin', link: 'usr/bin' },
]
const plan: Plan = {
  image: 'nightshift/sandbox:test',
  box: {
    ...{
      system,
      node: '/s/node',
      programs: '/s/lib',
      typescript: '/s/ts',
      workspace: { source: '/w/files', bytes: 1000 },
    },
    ...{
      dependencies: [],
      registry: null,
      manager: null,
      shown: [],
      tmpBytes: 2000,
      env: { PORT: '1' },
      argv: ['/bin/echo', '$(id)'],
    },
  },
  etc: { passwd: '/w/passwd' },
  same: [],
  uid: 62_001,
  limits: DEFAULT_LIMITS,
  labels: {},
}
const made = (box: Partial<Plan['box']> = {}) => containerOptions({ ...plan, box: { ...plan.box, ...box } })

describe('what the engine is told', () => {
  const { HostConfig: host, ...rest } = made()

  it('no network, no capability, no way to more, a read-only root, an account of its own', () => {
    expect(host).toMatchObject({ NetworkMode: 'none', CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] })
    expect(host).toMatchObject({ ReadonlyRootfs: true, Privileged: false, IpcMode: 'private' })
    expect(rest).toMatchObject({ User: '62001:62001', NetworkDisabled: true })
  })

  it('limits on memory without swap, processes, processor time, files', () => {
    expect(host).toMatchObject({ Memory: 2 ** 31, MemorySwap: 2 ** 31, PidsLimit: 256, ShmSize: 2 ** 26 })
    expect(host?.Ulimits).toContainEqual({ Name: 'cpu', Soft: 120, Hard: 121 })
    expect(host?.Ulimits).toContainEqual({ Name: 'fsize', Soft: 2 ** 29, Hard: 2 ** 29 })
  })

  it('everything of the host read-only, everything writable in memory and of limited size', () => {
    expect(host?.Binds?.filter((bind) => !bind.endsWith(':ro'))).toEqual([])
    expect(Object.keys(host?.Tmpfs ?? {}).sort()).toEqual(['/home/agent', '/tmp', '/workspace'])
    for (const options of Object.values(host?.Tmpfs ?? {})) expect(options).toMatch(/nosuid,nodev,size=\d+/)
  })

  it('words, never shell text, and an environment without the host', () => {
    const words = rest.Entrypoint as string[]
    expect(words.slice(-3)).toEqual(['--', '/bin/echo', '$(id)'])
    expect(words.slice(0, 2)).toEqual(['/usr/bin/env', '-i'])
    expect(words).toContain('PORT=1')
    expect(() => made({ env: { 'A=B': '' } })).toThrow('not a variable name')
  })

  it('a set at its place, with its caches; nested folders to be copied', () => {
    const { HostConfig: shown, Entrypoint: words } = made({
      dependencies: [
        { at: 'node_modules', folder: '/d/0', caches: ['.cache'] },
        { at: 'a/node_modules', folder: '/d/1', caches: [] },
      ],
    })
    expect(shown?.Binds).toContain('/d/0:/workspace/node_modules:ro')
    expect(Object.keys(shown?.Tmpfs ?? {})).toContain('/workspace/node_modules/.cache')
    expect(shown?.Binds).toContain('/d/1:/nightshift/nested-1:ro')
    expect((words as string[]).join(' ')).toContain('/nightshift/nested-1 a/node_modules -- /bin/echo')
  })

  it('the workspace itself and a way to the registry only while installing', () => {
    const installing = made({ workspace: { bind: '/w/files' }, registry: '/w/sock', manager: '/d/m' }).HostConfig?.Binds
    expect(installing?.filter((bind) => !bind.endsWith(':ro'))).toEqual(['/w/files:/workspace:rw'])
    expect(installing).toContain('/w/sock:/run/registry.sock:ro')
    expect(host?.Binds?.join()).not.toContain('registry.sock')
  })
})

describe('the image', () => {
  it('is places and links, the same for the same system', () => {
    const { tar, tag } = skeleton(system)
    expect(tar.length % 512).toBe(0)
    const names = Array.from({ length: tar.length / 512 }, (_, index) =>
      tar.toString('utf8', index * 512, index * 512 + 20).replace(/\0.*/s, ''),
    )
    expect(names).toEqual(expect.arrayContaining(['workspace/', 'usr/bin/', 'bin']))
    expect(tag).toBe(skeleton(system).tag)
    expect(tag).not.toBe(skeleton([]).tag)
  })
})
