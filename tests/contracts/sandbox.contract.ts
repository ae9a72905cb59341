import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../lib/world.ts'
import { sandboxCases } from './sandbox.cases.ts'

export interface SandboxUnderTest {
  /** A new adapter on the same state each time, not tested yet. */
  start(): Sandbox
  close(): Promise<void>
}

/** Every sandbox adapter passes this, whatever holds its runs. */
export function sandboxContract(name: string, make: () => Promise<SandboxUnderTest>): void {
  describe(`${name} as a sandbox`, { timeout: 120_000 }, () => {
    let subject: SandboxUnderTest
    let sandbox: Sandbox
    beforeAll(async () => {
      subject = await make()
      sandbox = subject.start()
      expect(await sandbox.selfTest()).toEqual({ ok: true, boundary: expect.any(String), probes: expect.any(Array) })
    }, 120_000)
    afterAll(() => subject.close())
    it.each(sandboxCases)('$name', ({ check }) => check(sandbox, subject.start))
  })
}
