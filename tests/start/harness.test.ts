import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

describe.each([{ pooled: false }, { pooled: true }])('a fresh database (%o)', (options) => {
  let one: FreshDatabase
  let two: FreshDatabase

  beforeAll(async () => {
    ;[one, two] = await Promise.all([freshDatabase(options), freshDatabase(options)])
  })
  afterAll(async () => {
    await Promise.all([one.drop(), two.drop()])
  })

  it('is used as the role that owns nothing', async () => {
    const [row] = await one.sql`select current_user as role`
    expect(row).toEqual({ role: 'nightshift_app' })
  })

  it('has the migrations in it', async () => {
    const tables = await one.admin`select tablename from pg_tables where schemaname = 'nightshift'`
    expect(tables.map((row) => row.tablename)).toContain('projects')
  })

  it('finds the tables by their names alone', async () => {
    expect(await one.sql`select * from projects`).toEqual([])
  })

  it('is nobody else’s', async () => {
    await one.admin`create table nightshift.mine (id int)`
    const [row] = await two.admin`select to_regclass('nightshift.mine') as found`
    expect(row).toEqual({ found: null })
  })

  it('serves many sessions at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => one.sql.begin((tx) => tx`select ${i}::int as n`)),
    )
    expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 30 }, (_, i) => i))
  })
})
