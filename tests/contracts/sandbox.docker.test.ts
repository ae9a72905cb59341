import { describe, it } from 'vitest'
import { docker } from '../../lib/adapters/sandbox.docker.ts'
import { openEngine, whyNoEngine } from '../sandbox/docker/engine.ts'
import { openLab } from '../sandbox/lab.ts'
import { sandboxContract } from './sandbox.contract.ts'

const why = await whyNoEngine()
if (why === null) {
  sandboxContract('Docker', async () => {
    const engine = await openEngine()
    const lab = await openLab()
    const start = () => docker({ ...lab.options, socket: engine.socket })
    const close = async () => {
      await engine.close()
      await lab.close()
    }
    return { start, close }
  })
} else {
  describe('Docker as a sandbox', () => it.skip(`skipped: ${why}`, () => undefined))
}
