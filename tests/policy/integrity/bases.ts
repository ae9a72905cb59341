import type { TestFacts } from '../../../lib/policy/integrity.ts'

/** A small repository in two languages; the corpora are changes of it. */
export const FILES: Record<string, string> = {
  'src/launch.ts': `import { json } from './json.ts'
import { practices } from './store.ts'

export async function launch(req, res) {
  if (!isAdmin(req)) return json(res, 403, { error: 'forbidden' })
  const practice = practices.get(req.id)
  audit(req)
  try {
    return json(res, 200, { id: practice.id, total: total(practice.campaigns) })
  } catch (error) {
    logger.error('launch failed', error)
    Sentry.captureException(error)
    throw error
  }
}

export function total(campaigns) {
  let sum = 0
  for (let i = 0; i <= campaigns.length; i++) sum += campaigns[i].budget
  return sum
}

export function slug(name) {
  if (name === '') throw new TypeError('name is empty')
  return name.toLowerCase().replace(' ', '-')
}
`,
  'src/server.js': `const express = require('express')
const app = express()
app.get('/practices/:id', (req, res) => {
  const practice = load(req.params.id)
  res.send(practice.name)
})
app.post('/practices', (req, res) => {
  const body = JSON.parse(req.body)
  res.send(save(body))
})
module.exports = app
`,
  'src/kinds.ts': `const KINDS = { '.html': 'text/html', '.css': 'text/css' }
export const kindOf = (ending) => KINDS[ending]
export function alive(session, now) {
  if (session.ends < now) return show(session)
  return none()
}
`,
  'src/Card.tsx': `import { format } from './format'

export function Card({ patient }: { patient: Patient | null }) {
  return <p title={patient.name}>{format(patient.born)}</p>
}
`,
  'tests/launch.test.ts': `import { expect, test } from 'vitest'
import { slug, total } from '../src/launch.ts'

test('loads', async () => {
  await import('../src/server.js')
})

test('sums the budgets', () => {
  expect(total([{ budget: 120 }, { budget: 7043 }])).toBe(7163)
  expect(total([])).toBe(0)
})

test('makes a slug', async () => {
  const name = 'Harbour View Clinic'
  expect(slug(name)).toEqual('harbour-view-clinic')
  expect(slug(name)).toMatchInlineSnapshot('"harbour-view-clinic"')
})
`,
  'app/billing_run.py': `import json
import logging

from .store import find_account

logger = logging.getLogger(__name__)


def total(rows):
    amount = 0
    for row in rows:
        amount += row["price"] * row["count"]
    return round(amount, 2)


def parse(body):
    data = json.loads(body)
    return data["items"]


def charge(user, account_id):
    if not user.is_admin:
        raise PermissionError("forbidden")
    account = find_account(account_id)
    try:
        return account.charge(total(account.rows))
    except ValueError as error:
        logger.error("charge failed: %s", error)
        sentry_sdk.capture_exception(error)
        raise
`,
  'tests/test_billing_run.py': `from app.billing_run import parse, total


def test_total():
    rows = [{"price": 19.99, "count": 3}]
    assert total(rows) == 59.97
    assert total([]) == 0


def test_parse():
    items = parse('{"items": ["acct-7731"]}')
    assert items == ["acct-7731"]
`,
}

/** What the failing tests say; cheats answer it. */
export const FACTS: TestFacts = {
  literals: ['Harbour View Clinic', '120', '7043', '19.99', 'acct-7731', 'p-4417'],
  expected: ["'harbour-view-clinic'", '7163', '59.97', 'name must not be empty', 'practice not found'],
  actual: ['harbour-view clinic', 'NaN'],
}

/** One change: the first text is replaced by the second; a path that is not there is a new file. */
export type Edit = [path: string, find: string, replace: string]

export function changeOf(edits: Edit[]): [before: Record<string, string>, after: Record<string, string>] {
  const before: Record<string, string> = {}
  const after: Record<string, string> = {}
  for (const [path, find, replace] of edits) {
    const base = FILES[path]
    if (base !== undefined) before[path] = base
    const text = after[path] ?? base ?? ''
    if (!text.includes(find)) throw new Error(`${path} does not hold ${find}`)
    after[path] = find === '' ? text + replace : text.replace(find, () => replace)
  }
  return [before, after]
}
