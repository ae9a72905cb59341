export interface Config {
  port: number
  /** Path of the SQLite file. */
  database: string
  /** The national directory of clinicians, another team's service. */
  directoryUrl: string
  production: boolean
}

export function readConfig(env: Record<string, string | undefined>): Config {
  return {
    port: Number(env.PORT ?? 8080),
    database: env.CLINIC_DB ?? './data/clinic.db',
    directoryUrl: env.DIRECTORY_URL ?? 'http://127.0.0.1:4100',
    production: env.CLINIC_ENV === 'production',
  }
}
