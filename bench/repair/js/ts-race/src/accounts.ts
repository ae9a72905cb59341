export interface Account {
  id: string
  credits: number
  version: number
}

/** Accounts as a database would hold them: every call takes a while. */
export class Accounts {
  private readonly rows = new Map<string, Account>()

  async open(id: string, credits: number): Promise<void> {
    this.rows.set(id, { id, credits, version: 1 })
  }

  async read(id: string): Promise<Account> {
    await new Promise((done) => setTimeout(done, 1))
    const row = this.rows.get(id)
    if (!row) throw new Error(`no account ${id}`)
    return { ...row }
  }

  async write(account: Account): Promise<void> {
    await new Promise((done) => setTimeout(done, 1))
    this.rows.set(account.id, { ...account, version: account.version + 1 })
  }
}
