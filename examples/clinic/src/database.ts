import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

const TABLES = `
  create table if not exists practices (id text primary key, name text not null, phone text not null);
  create table if not exists patients (
    id text primary key, practiceId text not null, name text not null, email text not null, consent integer not null
  );
  create table if not exists campaigns (id text primary key, title text not null, audience text not null);
  create table if not exists launches (practiceId text not null, recipients integer not null);
  create table if not exists slots (
    id text primary key, practiceId text not null, day text not null, time text not null, patientId text
  );
  create table if not exists invoices (
    id text primary key, practiceId text not null, pence integer not null, refunded integer not null
  );
  create table if not exists clinicians (id text primary key, name text not null, practiceId text not null);
  create table if not exists referrals (
    id text primary key, patientId text not null, clinicianId text not null, reason text not null
  );
  create table if not exists visits (id text primary key, practiceId text not null, year integer not null);
`

/** Opens the file, making it and its tables where they are missing. */
export function openDatabase(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path)
  db.exec('pragma journal_mode = wal; pragma synchronous = normal')
  db.exec(TABLES)
  return db
}

/** Rows of a query, typed by the caller. */
export function rows<Row>(db: DatabaseSync, sql: string, ...values: SQLInputValue[]): Row[] {
  return db.prepare(sql).all(...values) as Row[]
}
