import { afterAll, beforeAll, describe, test } from 'vitest'
import { processDeploy } from '../../lib/adapters/deploy.process.ts'
import type { DeployActor } from '../../lib/world.ts'
import { TOKEN } from '../../platform/tests/harness.ts'
import { countsRequests, deployContract, over } from './deploy.contract.ts'
import { answeringCommit, type DeployBench, openDeployBench, shop } from './deployBench.ts'

const actorOn = (bench: DeployBench) => processDeploy({ url: bench.api(), token: TOKEN }, shop())

deployContract('deploy.process', async () => {
  const bench = await openDeployBench()
  return {
    actor: actorOn(bench),
    good: () => bench.commitNew(),
    bad: (words) => bench.commitNew(words),
    answering: answeringCommit,
    address: bench.address,
    created: () => bench.deploymentsIn('deployment.created'),
    moved: () => bench.deploymentsIn('promoted', 'rolled-back'),
    close: () => bench.end(),
  }
})

describe('what deploy.process counts', () => {
  let bench: DeployBench
  let actor: DeployActor
  beforeAll(async () => {
    bench = await openDeployBench()
    actor = actorOn(bench)
    const { id } = await over(actor, (await actor.create(bench.commitNew(), 'production', 'first')).id)
    await actor.promote('production', id, null)
  })
  afterAll(() => bench?.end())

  test('requests, by route and minute', () => countsRequests({ actor, address: bench.address }))
})
