import { deployContract } from './deploy.contract.ts'
import { answeringCommit } from './deployBench.ts'
import { openVercelBench } from './vercelBench.ts'

deployContract('deploy.vercel', async () => {
  const { bench, vercel, actor, bypass, close } = await openVercelBench()
  const done = async (...what: string[]) =>
    vercel.effects.filter((effect) => what.includes(effect.what)).map((effect) => effect.deployment)
  return {
    actor,
    good: () => bench.commitNew(),
    bad: (words) => bench.commitNew(words),
    answering: (address) => answeringCommit(address, bypass),
    address: (environment) => `http://${vercel.domains[environment]}`,
    created: () => done('created'),
    moved: () => done('promoted', 'rolled-back'),
    close,
  }
})
