import { Cache } from './cache.ts'

export interface Settings {
  theme: 'light' | 'dark'
  newsletter: boolean
}

export interface Rows {
  read(user: string): Promise<Settings | null>
  write(user: string, settings: Settings): Promise<void>
  remove(user: string): Promise<void>
}

const DEFAULTS: Settings = { theme: 'light', newsletter: false }

export class SettingsService {
  private readonly rows: Rows
  private readonly cache: Cache<Settings>

  constructor(rows: Rows, now: () => number = Date.now) {
    this.rows = rows
    this.cache = new Cache(60_000, now)
  }

  async of(user: string): Promise<Settings> {
    return this.cache.get(user, async () => (await this.rows.read(user)) ?? DEFAULTS)
  }

  async update(user: string, change: Partial<Settings>): Promise<Settings> {
    const settings = { ...(await this.of(user)), ...change }
    await this.rows.write(user, settings)
    this.cache.drop(user)
    return settings
  }

  async forget(user: string): Promise<void> {
    await this.rows.remove(user)
    this.cache.drop(user)
  }
}
