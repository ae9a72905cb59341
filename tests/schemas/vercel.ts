import { type EmulatedVercel, startVercel } from '../../emulators/vercel/start.ts'
import { overseen } from './overseen.ts'
import { vercelProblems } from './vercelProblems.ts'

/** Vercel as its vendor describes it: whoever asks otherwise, or is answered otherwise, fails the test that closes it. */
export const vercelAsDescribed = async (...given: Parameters<typeof startVercel>): Promise<EmulatedVercel> =>
  overseen('Vercel', await startVercel(...given), vercelProblems)
