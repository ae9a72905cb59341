import { describe, it } from 'vitest'
import { openHouse, whyNoMachines } from '../sandbox/vercel/house.ts'
import { sandboxContract } from './sandbox.contract.ts'

const why = await whyNoMachines()
if (why === null) sandboxContract('Vercel Sandbox, emulated', () => openHouse())
else describe('Vercel Sandbox as a sandbox', () => it.skip(`skipped: ${why}`, () => undefined))
