/** How the database is reached. */
export interface SqlChoice {
  kind: 'postgres' | 'supabase'
  /** Login and place alone, without what else an address may say. */
  url: string
  /** Connections of one process at most. */
  max: number
  /** Seconds after which a connection that nobody uses is given back. */
  idleSeconds: number
  /** false: as the server offers. `require`: encrypted, whoever answers. With a CA: encrypted, and it is the one meant. */
  tls: false | 'require' | { ca: string }
  /** What is worth changing, in words; said once at boot. */
  advice: string[]
}
