import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch } from '../../lib/adapters/sandbox/run.ts'
import { launcher } from './lab.ts'

/** Small programs stand in for bwrap: they speak on descriptor 3 and wait at descriptor 4 as it does. */
describe('watching a launcher', () => {
  let folder: string
  const watch = async (body: string, wallMs = 20_000, stdin: string | null = null) =>
    launch({ argv: [await launcher(folder, body)], stdin, wallMs, outputBytes: 1_000, seccomp: null })
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ns-sandbox-run-'))
    await chmod(folder, 0o755)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('waits for the counters, lets the guest in, and takes its status from the status line alone', async () => {
    const body = `printf '{"child-pid": %d, "net-namespace": 1}\\n' $$ >&3; read -r go <&4; echo "in $go"
      printf '{"exit-' >&3; sleep 0.1; printf 'code": 7}\\n' >&3; exit 99`
    expect(await watch(body)).toMatchObject({ started: true, status: 7, killed: null, stdout: { text: 'in 1\n' } })
  })

  it('lets nobody in whose counters cannot be opened', async () => {
    const body = `printf '{"child-pid": 1073741824}\\n' >&3; read -r go <&4; echo in; sleep 50`
    expect(await watch(body)).toMatchObject({ killed: 'uncounted', status: null, stdout: { text: '' } })
  })

  it('says that nothing started', async () => {
    const ended = await watch('echo "bwrap: no" >&2; exit 1')
    expect(ended).toMatchObject({ started: false, status: null, killed: null, stderr: { text: 'bwrap: no\n' } })
  })

  it('stops a launcher that never starts anything', async () => {
    expect(await watch('exec sleep 50', 300)).toMatchObject({ started: false, killed: 'timed-out' })
  })

  it("stops the sandbox's first process and leaves its launcher to bury it", async () => {
    const body = `sleep 50 >&- 2>&- & printf '{"child-pid": %d}\\n' $! >&3; wait; echo buried`
    expect(await watch(body, 2_000)).toMatchObject({ killed: 'timed-out', stdout: { text: 'buried\n' } })
  })

  it('hands stdin over, also to one that does not read it', async () => {
    expect((await watch('cat', 20_000, 'typed')).stdout.text).toBe('typed')
    expect(await watch('exit 0', 20_000, 'x'.repeat(1_000_000))).toMatchObject({ killed: null })
  })

  it('gives the launcher a path and nothing else', async () => {
    const { stdout } = await watch('exec /usr/bin/env')
    const names = stdout.text
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0])
    expect(names.filter((name) => name !== 'PWD' && name !== '_' && name !== 'OLDPWD')).toEqual(['PATH'])
  })

  it('rejects a launcher that is not there', async () => {
    const argv = [join(folder, 'nothing')]
    await expect(launch({ argv, stdin: null, wallMs: 1, outputBytes: 1, seccomp: null })).rejects.toThrow('ENOENT')
  })
})
