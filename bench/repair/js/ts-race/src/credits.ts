import type { Accounts } from './accounts.ts'
import { Locks } from './lock.ts'

export class TooFew extends Error {}

export class Credits {
  private readonly accounts: Accounts
  private readonly locks = new Locks()

  constructor(accounts: Accounts) {
    this.accounts = accounts
  }

  /** Takes credits away; rejects with TooFew rather than go below zero. */
  async spend(id: string, amount: number): Promise<number> {
    return this.locks.with(id, async () => {
      const account = await this.accounts.read(id)
      if (account.credits < amount) throw new TooFew(`${id} has ${account.credits}`)
      const credits = account.credits - amount
      await this.accounts.write({ ...account, credits })
      return credits
    })
  }

  async add(id: string, amount: number): Promise<number> {
    const account = await this.accounts.read(id)
    const credits = account.credits + amount
    await this.accounts.write({ ...account, credits })
    return credits
  }
}
