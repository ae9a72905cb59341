import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launcher, openLab, without } from './lab.ts'

/** A toolchain in the state folder, which runs are not to see: a home would be written to otherwise. */
describe('a toolchain that lies where runs see nothing', { timeout: 120_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let tools: string
  let scripts: string
  beforeAll(async () => {
    lab = await openLab()
    // Closed to everybody else, as root's home is.
    const closed = join(lab.home, 'closed')
    tools = join(closed, 'tools')
    await mkdir(join(tools, 'bin'), { recursive: true })
    await writeFile(join(tools, 'bin/greet'), '#!/bin/sh\necho hello\n', { mode: 0o755 })
    await writeFile(join(closed, 'secret'), 'a secret')
    await chmod(closed, 0o700)
    scripts = await mkdtemp(join(tmpdir(), 'ns-sandbox-launcher-'))
    await chmod(scripts, 0o755)
  })
  afterAll(async () => {
    await lab.close()
    await rm(scripts, { recursive: true, force: true })
  })

  it('is run by its own path and by the PATH, and nothing beside it is there', async () => {
    const sandbox = lab.start({ toolchains: [tools] })
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
    const line = `${tools}/bin/greet; /opt/00-tools/bin/greet; ls -A ${lab.home} ${lab.home}/closed; touch ${tools}/x`
    const run = await sandbox.run({ files: [], argv: ['sh', '-c', line], limits: {} })
    expect(run.stdout).toBe(`hello\nhello\n${lab.home}:\nclosed\n\n${lab.home}/closed:\ntools\n`)
    expect(run.stderr).toContain('Read-only file system')
  })

  it('opens no more than that to a self-test', async () => {
    const stray = join(lab.home, 'toolchain')
    const bwrap = await launcher(scripts, without('--chdir', 1, `--ro-bind ${stray} ${stray} --chdir /workspace`))
    const answer = await lab.start({ bwrap, toolchains: [tools] }).selfTest()
    expect(answer).toMatchObject({ ok: false, why: expect.stringContaining('host files') })
  })
})
