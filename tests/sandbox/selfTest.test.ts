import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bubblewrap } from '../../lib/adapters/sandbox.bubblewrap.ts'
import { isRoot, launcher, openLab, project, toolchain, without } from './lab.ts'

/** Each boundary switched off in turn, by a launcher that takes one option away: the self-test has to notice. */
describe('a self-test', { timeout: 120_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let folder: string
  beforeAll(async () => {
    lab = await openLab()
    folder = await mkdtemp(join(tmpdir(), 'ns-sandbox-launcher-'))
    await chmod(folder, 0o755)
  })
  afterAll(async () => {
    await lab.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('passes as it is, and leaves nothing behind', async () => {
    const answer = await lab.start().selfTest({ full: true })
    expect(answer.probes.filter(({ contained }) => !contained)).toEqual([])
    expect(answer).toMatchObject({ ok: true, boundary: expect.stringContaining('not a virtual machine') })
    expect(answer.boundary).toContain(isRoot ? 'a uid for every run' : 'every run as our own user')
    expect((await readdir(lab.home)).sort()).toEqual(['cache', 'toolchain', 'work'])
    expect(await lab.slots()).toEqual([])
  })

  it.each([
    ['the network namespace', 'tcp host', without('--unshare-net', 0)],
    ['nested user namespaces refused', 'nested user namespace', without('--disable-userns', 0)],
    ['capabilities dropped', 'capabilities', without('--cap-drop', 1, '--cap-add CAP_NET_ADMIN')],
    ['the process namespace', 'processes', without('--unshare-pid', 0)],
    ['the system call filter', 'system calls', without('--seccomp', 1)],
    ['an empty /tmp', 'host files', without('--chdir', 1, `--ro-bind ${tmpdir()} ${tmpdir()} --chdir /workspace`)],
    [
      'the state folder hidden',
      'host files',
      () => without('--chdir', 1, `--ro-bind ${lab.home} ${lab.home} --chdir /workspace`),
    ],
    ['/var/lib hidden', 'host files', without('--chdir', 1, '--ro-bind /var/lib /var/lib --chdir /workspace')],
    ['the environment cleared', 'environment', `SECRET=x exec bwrap "$@"`],
  ])('notices without %s', async (_, probe, body) => {
    const bwrap = await launcher(folder, typeof body === 'string' ? body : body())
    const answer = await lab.start({ bwrap }).selfTest()
    expect(answer.probes.filter(({ contained }) => !contained).map(({ name }) => name)).toContain(probe)
    expect(answer).toMatchObject({ ok: false, why: expect.stringContaining(probe) })
  })

  it('notices file systems without a size', async () => {
    const bwrap = await launcher(folder, without('--size', 1))
    const answer = await lab.start({ bwrap }).selfTest({ full: true })
    expect(answer.probes.filter(({ contained }) => !contained).map(({ name }) => name)).toEqual(['file flood'])
  })

  it('sends nothing outside when the host itself is in reach', async () => {
    const bwrap = await launcher(folder, without('--unshare-net', 0))
    const { probes } = await lab.start({ bwrap }).selfTest()
    for (const name of ['tcp outside', 'tcp metadata', 'udp', 'dns']) {
      expect(probes).toContainEqual({ name, contained: false, detail: 'not tried' })
    }
  })

  it.each([
    ['bubblewrap missing', null, 'bubblewrap is not installed.', 'apt-get install -y bubblewrap'],
    [
      'an old bubblewrap',
      'case $1 in --version) echo old;; *) echo "bwrap: Unknown option --disable-userns" >&2; exit 1;; esac',
      'older than 0.8',
      'apt-get',
    ],
    [
      'user namespaces forbidden',
      'case $1 in --version) echo 0.8;; *) echo "bwrap: No permissions to create new namespace" >&2; exit 1;; esac',
      'User namespaces are forbidden',
      /sysctl -w|docker run/,
    ],
  ])('says what to do about %s', async (_, body, why, remedy) => {
    const bwrap = body === null ? join(folder, 'nothing') : await launcher(folder, body)
    const sandbox = lab.start({ bwrap })
    const answer = await sandbox.selfTest()
    expect(answer).toMatchObject({ ok: false, boundary: 'none', why: expect.stringContaining(why) })
    expect(answer.ok ? '' : answer.remedy).toMatch(remedy)
    const refused = { code: 'SANDBOX_UNAVAILABLE', detail: expect.stringContaining(why) }
    await expect(sandbox.run({ files: [], argv: ['sh'] })).rejects.toMatchObject(refused)
    await expect(sandbox.install([], 'npm ci')).rejects.toMatchObject(refused)
  })

  it('is asked again after a failure, and remembered after a success', async () => {
    const bwrap = await launcher(folder, 'echo "bwrap: No permissions to create new namespace" >&2; exit 1')
    const sandbox = lab.start({ bwrap })
    expect(await sandbox.selfTest()).toMatchObject({ ok: false })
    await writeFile(bwrap, '#!/bin/sh\nexec bwrap "$@"\n')
    const first = await sandbox.selfTest()
    expect(first).toMatchObject({ ok: true })
    expect(await sandbox.selfTest()).toBe(first)
  })

  it('is not the last word: a launcher that fails later is ours to repair, not a failure of the guest', async () => {
    const bwrap = await launcher(folder, 'exec bwrap "$@"')
    const sandbox = lab.start({ bwrap })
    await sandbox.selfTest()
    await writeFile(bwrap, '#!/bin/sh\necho "bwrap: no more namespaces" >&2; exit 1\n')
    const refused = { code: 'SANDBOX_UNAVAILABLE', detail: 'bwrap: no more namespaces' }
    await expect(sandbox.run({ files: [], argv: ['sh', '-c', 'true'] })).rejects.toMatchObject(refused)
  })

  it.runIf(isRoot)('says so when the state folder cannot be reached by the uid of a run', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'ns-sandbox-closed-'))
    const home = join(closed, 'home')
    await mkdir(home)
    const answer = await bubblewrap({ home, toolchain, programs: project }).selfTest()
    expect(answer).toMatchObject({ ok: false, remedy: expect.stringContaining('NIGHTSHIFT_HOME') })
    await rm(closed, { recursive: true, force: true })
  })
})
