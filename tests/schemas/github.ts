import { type EmulatedGithub, emulateGithub } from '../../emulators/github/server.ts'
import { githubProblems } from './githubProblems.ts'
import { overseen } from './overseen.ts'

/** GitHub as its vendor describes it: whoever asks otherwise, or is answered otherwise, fails the test that closes it. */
export const githubAsDescribed = async (): Promise<EmulatedGithub> =>
  overseen('GitHub', await emulateGithub(), githubProblems)
